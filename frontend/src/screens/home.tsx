/** Home: begin a check, carry one on, and see what has not been sent. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { device } from "../check/adds-up.ts";
import { go, type Place } from "../check/places.ts";
import { begin, carryOn, checklistHere } from "../check/running.ts";
import { definition, library } from "../content/library.ts";
import { Contents } from "../parts/contents.tsx";
import { Icon, type IconName } from "../parts/icon.tsx";
import { AllPastDue, Lost, NotSent } from "../parts/standing.tsx";
import { Screen } from "../parts/screen.tsx";
import type { Checklist } from "../screening/types.ts";
import { readyOffline } from "../service-worker/registration.ts";
import { leftOf, readDrafts, type Draft } from "../storage/drafts.ts";
import { seen } from "../storage/seen.ts";
import { day, moment } from "../words/dates-and-numbers.ts";
import { content, t, tn } from "../words/translate.ts";

const ENDS_SOON_HOURS = 3;

function start(id: string): void {
  const fresh = begin(id);
  if (fresh) go({ name: "before", check: fresh.id });
}

export function Home() {
  const first = checklistHere("first-look");
  return (
    <Screen heading={t("Start a check")} tabs>
      <Lost />
      <AllPastDue />
      <NotSent />
      {!first && <Contents />}
      {first && (
        <button type="button" class="hero" onClick={() => start(first.id)}>
          <span class="rows">
            <b>{content(first.title)}</b>
            <span>
              {tn("{n} sign", "{n} signs", signsIn(first))}
              {" · "}
              {tn("about {n} minute", "about {n} minutes", first.minutes)}
            </span>
          </span>
          <span class="go">
            <Icon name="on" />
          </span>
        </button>
      )}
      <div class="tiles">
        <Tile id="adult" icon="person" hint={t("18 or over, and you can talk alone")} />
        <Tile id="place" icon="place" hint={t("no one person: a site, a house, papers")} />
      </div>
      <button type="button" class="row" onClick={() => go({ name: "lists" })}>
        <b>{t("All lists")}</b>
        <span class="go">
          <Icon name="on" />
        </span>
      </button>
      <Begun />
      {!device.value && <JoinFirst />}
      <p class="small">
        {readyOffline.value === "ready" && t("Ready without signal.")}{" "}
        {readyOffline.value === "impossible" && t("This browser works with signal only.")}{" "}
        {library.value &&
          t("Numbers and words seen {day}, to be confirmed.", { day: day(library.value.index.published) })}
      </p>
    </Screen>
  );
}

function Tile({ id, icon, hint }: { id: string; icon: IconName; hint: string }) {
  const body = checklistHere(id);
  if (!body) return null;
  return (
    <button type="button" class="tile" onClick={() => start(id)}>
      <Icon name={icon} />
      <span class="rows">
        <b>{content(body.title)}</b>
        <small>{hint}</small>
      </span>
    </button>
  );
}

function signsIn({ routes }: Checklist): number {
  return Math.max(...Object.values(routes).map(({ items }) => items.length));
}

function JoinFirst() {
  return (
    <section class="panel">
      <h2>{t("You have not joined a team yet")}</h2>
      <p>{t("You can do a check and keep it here. To send it, you need a team’s invitation.")}</p>
      <button type="button" class="btn" onClick={() => go({ name: "join" })}>
        {t("Join a team")}
      </button>
    </section>
  );
}

/** Checks that were begun and not sent. */
function Begun() {
  const drafts = useSignal<readonly Draft[]>([]);
  useEffect(() => {
    readDrafts().then(
      (found) => (drafts.value = found),
      () => undefined, // The store's trouble is said when something must be kept.
    );
  }, [seen.value]);
  if (!drafts.value.length) return null;
  return (
    <section class="rows">
      <h2>{t("Begun, not sent")}</h2>
      {drafts.value.map((one) => (
        <button type="button" key={one.id} class="row" onClick={() => void resume(one)}>
          <span class="rows">
            <b>{content(definition<Checklist>(one.checklist.hash)?.title ?? one.checklist.id)}</b>
            <small>
              {moment(one.began)}
              {" · "}
              {tn("{n} answer", "{n} answers", Object.keys(one.answers).length)}
            </small>
            <KeptFor draft={one} />
          </span>
          <span class="go">
            {t("Carry on")}
            <Icon name="on" />
          </span>
        </button>
      ))}
    </section>
  );
}

/** A check does not stay: said from the start, and louder towards its end. */
function KeptFor({ draft }: { draft: Draft }) {
  const hours = Math.ceil(leftOf(draft) / 3_600_000);
  const said =
    hours > 1
      ? tn("Kept for about {n} more hour.", "Kept for about {n} more hours.", hours)
      : t("It is deleted within the hour. Carry on to keep it.");
  return hours > ENDS_SOON_HOURS ? <small>{said}</small> : <small class="soon">{said}</small>;
}

async function resume({ id, at }: Draft): Promise<void> {
  if (await carryOn(id)) go(at ? (JSON.parse(at) as Place) : { name: "overview", check: id });
}
