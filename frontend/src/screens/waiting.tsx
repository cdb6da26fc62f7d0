/** Sent and waiting: what is still only on this phone, and what became of the rest. */
import { useSignal } from "@preact/signals";

import { go } from "../check/places.ts";
import { Notice } from "../parts/notice.tsx";
import { Screen } from "../parts/screen.tsx";
import { SentDeeds } from "../parts/sent-deeds.tsx";
import { Lost } from "../parts/standing.tsx";
import { Progress } from "../parts/steps.tsx";
import { WaitingRow } from "../parts/waiting-row.tsx";
import { receipts } from "../sending/follow-up.ts";
import { askForNews, followUpTrouble } from "../sending/news.ts";
import { waiting } from "../sending/outbox.ts";
import { moment } from "../words/dates-and-numbers.ts";
import { saidTrouble } from "../words/said-trouble.ts";
import { t } from "../words/translate.ts";

export function Waiting() {
  const isEmpty = !waiting.value.length && !receipts.value.length;
  return (
    <Screen heading={t("Sent and waiting")} tabs>
      <Lost />
      {isEmpty && (
        <section class="panel empty">
          <p>
            <b>{t("Nothing was sent from this phone yet.")}</b>
          </p>
          <p>{t("What you send stands here, with its reference and what became of it.")}</p>
        </section>
      )}
      {waiting.value.length > 0 && (
        <section class="rows wide" aria-live="polite">
          <h2>{t("Not sent yet")}</h2>
          {waiting.value.map((row) => (
            <article key={row.id} class="panel amber">
              <Title reference={row.reference} team={row.team.name} at={row.made_at} />
              <WaitingRow row={row} />
            </article>
          ))}
          <button type="button" class="btn" onClick={() => go({ name: "save" })}>
            {t("Save as a file")}
          </button>
        </section>
      )}
      <button type="button" class="link" onClick={() => go({ name: "take-in" })}>
        {t("Take in a saved file")}
      </button>
      {receipts.value.length > 0 && (
        <section class="rows wide" aria-live="polite">
          <h2>{t("Sent")}</h2>
          <News />
          {receipts.value.map((receipt) => (
            <article key={receipt.id} class="panel">
              <Title reference={receipt.reference} team={receipt.team.name} at={receipt.began} />
              <Progress receipt={receipt} />
              <SentDeeds receipt={receipt} />
            </article>
          ))}
        </section>
      )}
    </Screen>
  );
}

function Title({ reference, team, at }: { reference: string; team: string; at: number }) {
  return (
    <h3 class="title">
      <bdi dir="ltr">{reference}</bdi>
      <small>
        {team}
        {" · "}
        {moment(at)}
      </small>
    </h3>
  );
}

function News() {
  const asking = useSignal(false);
  const trouble = followUpTrouble.value;
  const heard = Math.max(...receipts.value.map(({ checked_at }) => checked_at));
  const look = async (): Promise<void> => {
    asking.value = true;
    await askForNews();
    asking.value = false;
  };
  return (
    <div class="news">
      <p class="small">{t("Last heard from the server: {moment}.", { moment: moment(heard) })}</p>
      <button type="button" class="btn" disabled={asking.value} onClick={() => void look()}>
        {asking.value ? t("Looking …") : t("Look for news")}
      </button>
      {trouble && (
        <Notice>
          <p>
            {t("News could not be fetched.")} {saidTrouble(trouble.code)}
          </p>
        </Notice>
      )}
    </div>
  );
}
