/** How far a referral has come: stored, read, acted on, closed. Said in words beside the drawing. */
import type { Receipt } from "../sending/follow-up.ts";
import { isUnreadPastDue } from "../sending/follow-up.ts";
import { minute } from "../state/minute.ts";
import { moment } from "../words/dates-and-numbers.ts";
import { saidOutcome, saidState } from "../words/said.ts";
import { t } from "../words/translate.ts";
import { PastDue } from "./past-due.tsx";

const ORDER = ["stored", "read", "acted", "closed"];

function saidStep(step: string): string {
  switch (step) {
    case "stored":
      return t("Stored");
    case "read":
      return t("Read");
    case "acted":
      return t("Acted on");
    default:
      return t("Closed");
  }
}

export function Progress({ receipt }: { receipt: Receipt }) {
  const { state, note, closed_as, due_here } = receipt;
  const reached = ORDER.indexOf(state);
  return (
    <>
      <ol class="steps" aria-hidden="true">
        {ORDER.map((one, at) => (
          <li key={one} class={at <= reached ? "on" : undefined}>
            {saidStep(one)}
          </li>
        ))}
      </ol>
      <p>
        <b>{saidState(state)}</b> {closed_as && saidOutcome(closed_as)}
      </p>
      {isUnreadPastDue(receipt, minute.value) ? (
        <PastDue receipt={receipt} />
      ) : (
        state === "stored" && (
          <p class="small">{t("The team should read it by {moment}.", { moment: moment(due_here) })}</p>
        )
      )}
      {note === "waiting" && <p class="small">{t("Your note still waits on this phone.")}</p>}
    </>
  );
}
