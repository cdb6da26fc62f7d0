/** What must be in sight until it is over: things not sent, nobody reading, something lost. */
import { signal } from "@preact/signals";

import { go } from "../check/places.ts";
import { unreadPastDue } from "../sending/follow-up.ts";
import { unreadableRows, waiting } from "../sending/outbox.ts";
import { lossWasSeen, type Loss } from "../storage/watch.ts";
import { t, tn } from "../words/translate.ts";
import { Notice } from "./notice.tsx";
import { PastDue } from "./past-due.tsx";

/** What the phone's browser emptied; null when all is well. */
export const loss = signal<Loss | null>(null);
/** The browser gives this app nothing to keep things in. */
export const noStore = signal(false);

export function NotSent() {
  const count = waiting.value.length;
  if (!count) return null;
  return (
    <Notice>
      <p>
        <b>{tn("{n} not sent yet, on this phone only.", "{n} not sent yet, on this phone only.", count)}</b>{" "}
        {t("It is tried again whenever there is signal and the app is open.")}
      </p>
      <button type="button" class="link" onClick={() => go({ name: "waiting" })}>
        {t("See what waits")}
      </button>
    </Notice>
  );
}

export function AllPastDue() {
  return (
    <>
      {unreadPastDue.value.map((receipt) => (
        <PastDue key={receipt.id} receipt={receipt} />
      ))}
    </>
  );
}

export function Lost() {
  const damaged = unreadableRows.value;
  const lost = loss.value;
  return (
    <>
      {noStore.value && (
        <Notice danger>
          <p>
            <b>{t("This browser keeps nothing.")}</b>{" "}
            {t("It may be a private window, or the phone is full. What you do here is lost when you close it.")}
          </p>
        </Notice>
      )}
      {lost && (
        <Notice danger alert>
          <p>
            <b>{t("This phone has deleted what the app kept.")}</b>{" "}
            {lost.unsent > 0 &&
              tn("{n} check was not sent and is gone.", "{n} checks were not sent and are gone.", lost.unsent)}{" "}
            {t("Ring your team if you had something to tell them. You may need to join again.")}
          </p>
          <button type="button" class="btn" onClick={() => void seen()}>
            {t("I have seen this")}
          </button>
        </Notice>
      )}
      {damaged > 0 && (
        <Notice danger>
          <p>
            {tn(
              "{n} check on this phone can no longer be opened or sent. Ring your team.",
              "{n} checks on this phone can no longer be opened or sent. Ring your team.",
              damaged,
            )}
          </p>
        </Notice>
      )}
    </>
  );
}

async function seen(): Promise<void> {
  await lossWasSeen().catch(() => undefined);
  loss.value = null;
}
