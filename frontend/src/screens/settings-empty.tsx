/** Emptying this phone by the worker's own hand: what waits is sent first, and what cannot go is said before it is lost. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

import { go, instead } from "../check/places.ts";
import { letGo } from "../check/running.ts";
import { Notice } from "../parts/notice.tsx";
import { tryNow } from "../sending/clock.ts";
import { outboxRows, waiting } from "../sending/outbox.ts";
import { startAfresh } from "../state/at-rest.ts";
import { readSetting } from "../storage/settings.ts";
import { emptyPhone } from "../storage/wipe.ts";
import { t, tn } from "../words/translate.ts";

export function EmptyPanel() {
  const isAsked = useSignal(false);
  return (
    <section class="panel">
      <h2>{t("Empty this phone")}</h2>
      <p>{t("Deletes everything the app has kept here: checks, what was sent, your team. What was sent stays with the team.")}</p>
      {isAsked.value ? (
        <Sure onNo={() => (isAsked.value = false)} />
      ) : (
        <button type="button" class="btn" onClick={() => (isAsked.value = true)}>
          {t("Empty this phone")}
        </button>
      )}
    </section>
  );
}

type Fault = "goes_out" | "not_kept";

function Sure({ onNo }: { onNo: () => void }) {
  const stay = useRef<HTMLButtonElement>(null);
  const busy = useSignal(false);
  const fault = useSignal<Fault | undefined>(undefined);
  useEffect(() => stay.current?.focus({ preventScroll: true }), []);
  const empty = async (): Promise<void> => {
    busy.value = true;
    fault.value = await emptied().catch((): Fault => "not_kept");
    busy.value = false;
  };
  const unsent = waiting.value.length;
  return (
    <Notice danger alert>
      {unsent > 0 && (
        <>
          <p>
            <b>
              {tn(
                "{n} is not sent yet. It is lost if it cannot be sent now.",
                "{n} are not sent yet. They are lost if they cannot be sent now.",
                unsent,
              )}
            </b>
          </p>
          <button type="button" class="btn" onClick={() => go({ name: "save" })}>
            {t("Save as a file first")}
          </button>
        </>
      )}
      <p>{t("To send from this phone again, you need a new invitation.")}</p>
      <div class="pair">
        <button type="button" class="btn" disabled={busy.value} onClick={() => void empty()}>
          {busy.value ? t("One moment") : t("Yes, delete everything")}
        </button>
        <button type="button" class="btn" ref={stay} disabled={busy.value} onClick={onNo}>
          {t("Keep it")}
        </button>
      </div>
      <p class="error">
        {fault.value === "goes_out" && t("Something still has to go out first. Try again where there is signal.")}
        {fault.value === "not_kept" && t("This phone could not be emptied. Try again.")}
      </p>
    </Notice>
  );
}

/** The page starts anew afterwards: its first contact tells the server that this phone is empty. */
async function emptied(): Promise<Fault | undefined> {
  await tryNow();
  // Who tried too many PINs, and then this, must not be able to hold back what the worker had sent.
  const unshown = (await readSetting("unshown")) ?? [];
  if ((await outboxRows()).some(({ id }) => unshown.includes(id))) return "goes_out";
  await letGo();
  const devices = Object.values((await readSetting("devices"))?.by_team ?? {});
  await emptyPhone(devices.map(({ device_token }) => device_token));
  instead({ name: "home" });
  startAfresh();
  return undefined;
}
