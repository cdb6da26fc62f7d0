/** How far a referral has come: stored, read, acted on, closed. Said in words beside the drawing. */
import { isNoteAnother, isUnreadPastDue, type Receipt } from "../sending/follow-up.ts";
import { WITHDRAWN } from "../sending/withdraw.ts";
import { minute } from "../state/minute.ts";
import { moment } from "../words/dates-and-numbers.ts";
import { saidOutcome, saidState } from "../words/said.ts";
import { t } from "../words/translate.ts";
import { Call } from "./contact.tsx";
import { Notice } from "./notice.tsx";
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
  // Nobody read what was taken back: the drawing would say that somebody did.
  if (closed_as === WITHDRAWN) {
    return (
      <p>
        <b>{saidOutcome(closed_as)}</b>
      </p>
    );
  }
  const reached = ORDER.indexOf(state);
  const isAnother = isNoteAnother(receipt);
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
      {isAnother && <NoteIsAnother receipt={receipt} />}
      {note === "waiting" && !isAnother && <p class="small">{t("Your note still waits on this phone.")}</p>}
    </>
  );
}

/** The server has another note than the one it confirmed, or none: somebody had their hands in it. */
function NoteIsAnother({ receipt: { team } }: { receipt: Receipt }) {
  return (
    <Notice danger>
      <p>
        <b>{t("The note at your team is not the one you sent.")}</b> {t("Ring them.")}
      </p>
      <Call number={team.urgent_number} now />
    </Notice>
  );
}
