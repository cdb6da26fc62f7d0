/** Nobody has read it in time: said by the phone itself, with the number to ring. */
import type { Receipt } from "../sending/follow-up.ts";
import { t } from "../words/translate.ts";
import { Call } from "./contact.tsx";
import { Notice } from "./notice.tsx";

export function PastDue({ receipt: { reference, team } }: { receipt: Receipt }) {
  return (
    <Notice danger>
      <p>
        <b>{t("Nobody has read it in time: {reference}.", { reference })}</b>{" "}
        {t("Ring {team} and say the reference.", { team: team.name })}
      </p>
      <Call number={team.urgent_number} now />
    </Notice>
  );
}
