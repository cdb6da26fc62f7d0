/** After sending: the reference to say, and the plain truth about where it is. */
import { go } from "../check/places.ts";
import { Call } from "../parts/contact.tsx";
import { Notice } from "../parts/notice.tsx";
import { Screen } from "../parts/screen.tsx";
import { SentDeeds } from "../parts/sent-deeds.tsx";
import { Progress } from "../parts/steps.tsx";
import { WaitingRow } from "../parts/waiting-row.tsx";
import { receipts } from "../sending/follow-up.ts";
import { unkept, waiting } from "../sending/outbox.ts";
import { referenceOf } from "../sending/reference.ts";
import { saidReading } from "../words/hours.ts";
import { t } from "../words/translate.ts";

export function Sent({ id, strong }: { id: string; strong: boolean }) {
  const receipt = receipts.value.find((one) => one.id === id);
  const row = waiting.value.find((one) => one.id === id);
  const team = receipt?.team ?? row?.team;
  const isUnkept = unkept.value.includes(id);
  return (
    <Screen
      heading={receipt || isUnkept ? t("Sent") : row ? t("Kept, and not sent yet") : t("Sent and waiting")}
      foot={
        <>
          <button type="button" class="btn" onClick={() => go({ name: "waiting" })}>
            {t("Sent and waiting")}
          </button>
          <button type="button" class="btn main" onClick={() => go({ name: "home" })}>
            {t("Done")}
          </button>
        </>
      }
    >
      <section class="panel big">
        <p class="eyebrow">{t("Reference, to say on the phone")}</p>
        <p class="reference">
          <bdi dir="ltr">{referenceOf(id)}</bdi>
        </p>
      </section>
      {(receipt || row || isUnkept) && (
        <section class="panel" aria-live="polite">
          {receipt && <Progress receipt={receipt} />}
        {receipt && <SentDeeds receipt={receipt} />}
          {row && <WaitingRow row={row} />}
          {isUnkept && (
            <>
              <p>
                <b>{t("Stored. No person has read it yet.")}</b>
              </p>
              <p>{t("Nothing of it is kept on this phone. This reference is shown only now.")}</p>
            </>
          )}
        </section>
      )}
      {team && (
        <section class="panel">
          <h2>{team.name}</h2>
          <p>{saidReading(team)}</p>
          <p>{t("If it cannot wait, ring:")}</p>
          <Call number={team.urgent_number} />
        </section>
      )}
      {strong && (
        <Notice icon="person" calm>
          <p>{t("This can stay with you. Talk to someone you trust at work.")}</p>
        </Notice>
      )}
    </Screen>
  );
}
