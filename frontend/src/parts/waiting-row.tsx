/** One referral, or its note, that is still only on this phone: why, and when it is tried again. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

import { go } from "../check/places.ts";
import { putAway, tryNow } from "../sending/clock.ts";
import { HOPELESS } from "../sending/asking.ts";
import type { Waiting } from "../sending/outbox.ts";
import { minute } from "../state/minute.ts";
import { saidSending } from "../words/said-sending.ts";
import { t, tn } from "../words/translate.ts";
import { ChooseAgain } from "./choose-again.tsx";
import { Call } from "./contact.tsx";
import { Notice } from "./notice.tsx";

export function WaitingRow({ row }: { row: Waiting }) {
  const { part, state, trouble, next_try_at } = row;
  const left = next_try_at === undefined ? 0 : Math.ceil((next_try_at - minute.value) / 60_000);
  return (
    <div class="rows">
      <p>
        <b>
          {part === "note"
            ? t("The answers have arrived. The note is still on this phone only.")
            : t("Not sent yet. It is on this phone only.")}
        </b>{" "}
        {state === "sending" && t("Sending …")}
      </p>
      {state === "needs_key" ? (
        <>
          <p>{t("This phone has no key of the team. Ask them for a new invitation; the note then goes by itself.")}</p>
          <button type="button" class="btn" onClick={() => go({ name: "join" })}>
            {t("Open an invitation")}
          </button>
        </>
      ) : (
        <>
          {trouble && <p>{saidSending(trouble)}</p>}
          {state === "waiting" && (
            <p class="small">
              {left > 1
                ? tn("It is tried again in {n} minute.", "It is tried again in {n} minutes.", left)
                : t("It is tried again soon, while the app is open.")}
            </p>
          )}
          {trouble?.code === "team_not_offered" && <ChooseAgain row={row} />}
          {trouble?.code === "device_refused" && (
            <button type="button" class="btn" onClick={() => go({ name: "join" })}>
              {t("Open an invitation")}
            </button>
          )}
          <button type="button" class="btn" disabled={state === "sending"} onClick={() => void tryNow()}>
            {t("Try now")}
          </button>
          {trouble && HOPELESS.includes(trouble.code) && <PutAway key={row.id} row={row} />}
        </>
      )}
    </div>
  );
}

/** What no server will take may be let go of: in two taps, with what arrived and what did not. */
function PutAway({ row: { id, part, team } }: { row: Waiting }) {
  const isSure = useSignal(false);
  const failed = useSignal(false);
  const keep = useRef<HTMLButtonElement>(null);
  const letGo = async (): Promise<void> => {
    try {
      await putAway(id);
      document.querySelector<HTMLElement>("h1")?.focus(); // What was tapped is gone.
    } catch {
      failed.value = true;
    }
  };
  useEffect(() => {
    if (isSure.value) keep.current?.focus({ preventScroll: true });
  }, [isSure.value]);
  if (!isSure.value) {
    return (
      <button type="button" class="link" onClick={() => (isSure.value = true)}>
        {
          // words: to stop trying to send this one; it is deleted from the phone after one more tap
          t("Put it away")
        }
      </button>
    );
  }
  return (
    <Notice alert>
      <p>
        {part === "note"
          ? t("Your answers arrived. The note on this phone did not, and is deleted if you put it away.")
          : t("Nothing of this is confirmed. Your answers and the note are deleted if you put it away.")}
      </p>
      <p>{t("If it still matters, ring first:")}</p>
      <Call number={team.urgent_number} />
      <div class="pair">
        <button type="button" class="btn" onClick={() => void letGo()}>
          {t("Yes, put it away")}
        </button>
        <button type="button" class="btn" ref={keep} onClick={() => (isSure.value = false)}>
          {t("Keep it")}
        </button>
      </div>
      <p class="error" role="alert">
        {failed.value && t("This phone could not keep the change. Try again.")}
      </p>
    </Notice>
  );
}
