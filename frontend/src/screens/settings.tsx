/** Language, team, and what this phone keeps. */
import { useSignal } from "@preact/signals";

import { go } from "../check/places.ts";
import { library } from "../content/library.ts";
import { Answer } from "../parts/choices.tsx";
import { Screen } from "../parts/screen.tsx";
import { lookIfReady, readyOffline } from "../service-worker/registration.ts";
import { hasLock } from "../state/at-rest.ts";
import { day } from "../words/dates-and-numbers.ts";
import { speak } from "../words/language.ts";
import { locale, t } from "../words/translate.ts";
import { EmptyPanel } from "./settings-empty.tsx";
import { LockPanel } from "./settings-lock.tsx";
import { ReceiptsPanel } from "./settings-receipts.tsx";
import { TeamPanel } from "./settings-team.tsx";

export function SettingsScreen() {
  return (
    <Screen heading={t("Language and settings")}>
      <Languages />
      <TeamPanel />
      <LockPanel />
      <section class="panel">
        <h2>{t("On this phone")}</h2>
        <p>
          {readyOffline.value === "ready"
            ? t("Everything is here: the app works without signal.")
            : readyOffline.value === "impossible"
              ? t("This browser works with signal only. A private window keeps nothing.")
              : t("Not everything is here yet. Leave the app open where there is signal.")}
        </p>
        <p>
          {hasLock.value
            ? t("Checks are kept sealed, and the lock holds the key to them.")
            : t("Checks are kept sealed. Without a lock that stops a look through the browser, not someone who takes the phone apart.")}{" "}
          {t("A check goes a day after you last touched it, or when you send or delete it. Lock your phone too.")}
        </p>
        {library.value && (
          <p class="small">
            {t("Numbers last looked at {day}. Fetched {fetched}.", {
              day: day(library.value.index.published),
              fetched: day(library.value.fetched_at),
            })}
          </p>
        )}
        <button type="button" class="btn" onClick={() => go({ name: "take-in" })}>
          {t("Take in a saved file")}
        </button>
      </section>
      <ReceiptsPanel />
      <EmptyPanel />
    </Screen>
  );
}

function Languages() {
  const failed = useSignal(false);
  const offered = library.value?.index.words ?? [];
  const others = offered.filter((one) => one.locale !== "en");
  const choose = async (wanted: string): Promise<void> => {
    failed.value = !(await speak(wanted).catch(() => false));
    if (!failed.value) void lookIfReady(wanted);
  };
  return (
    <section class="rows wide">
      <h2>{t("Language")}</h2>
      <div class="answers">
        <Answer chosen={locale.value === "en"} onChoose={() => void choose("en")}>
          <span lang="en">
            {
              // not words: the language's own name for itself
              "English"
            }
          </span>
        </Answer>
        {others.map((one) => (
          <Answer key={one.locale} chosen={locale.value === one.locale} onChoose={() => void choose(one.locale)}>
            <span class="rows">
              <span lang={one.locale} dir={one.dir}>
                {one.autonym}
              </span>
              <small>{saidChecked(one.state)}</small>
            </span>
          </Answer>
        ))}
      </div>
      <p class="error" role="alert">
        {failed.value && t("These words could not be fetched. Try again where there is signal.")}
      </p>
    </section>
  );
}

function saidChecked(state: string): string {
  switch (state) {
    case "checked by a speaker":
      return t("Checked by one speaker");
    case "checked by two":
      return t("Checked by two speakers");
    default:
      return t("Draft by a machine, not checked by a speaker");
  }
}
