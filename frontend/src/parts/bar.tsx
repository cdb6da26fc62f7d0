/** What is always in reach: back or the mark, the language, and the way out. */
import { library } from "../content/library.ts";
import { AWAY, back, go, leave } from "../check/places.ts";
import { hasLock, lockNow } from "../state/at-rest.ts";
import { locale, t } from "../words/translate.ts";
import { Icon } from "./icon.tsx";

export function Bar({ home }: { home?: boolean }) {
  const autonym = library.value?.index.words.find((one) => one.locale === locale.value)?.autonym ?? locale.value;
  return (
    <header class="bar">
      <LeaveFirst />
      {home ? (
        <span class="mark">
          <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
            <rect width="32" height="32" rx="9" />
            <path d="M9 16.500l4.600 4.600L23.500 11" />
          </svg>
          {t("Heed")}
        </span>
      ) : (
        <button type="button" class="pill" onClick={back}>
          <Icon name="back" />
          {t("Back")}
        </button>
      )}
      <span class="grow" />
      {hasLock.value && (
        <button type="button" class="pill" onClick={() => void lockNow()}>
          <Icon name="lock" />
          <span class="unseen">{t("Lock now")}</span>
        </button>
      )}
      <button type="button" class="pill" onClick={() => go({ name: "settings" })}>
        <Icon name="world" />
        <bdi lang={locale.value}>{autonym}</bdi>
        <span class="unseen">{t("Language and settings")}</span>
      </button>
      <Exit />
    </header>
  );
}

export function Exit() {
  return (
    <button type="button" class="pill exit" onClick={leave}>
      {
        // words: Leaves the app in a hurry. One short word.
        t("Exit")
      }
      <Icon name="exit" />
    </button>
  );
}

/** The first thing that a keyboard or a screen reader comes to, on every screen. */
export function LeaveFirst() {
  const go = (event: Event): void => {
    event.preventDefault();
    leave();
  };
  return (
    <a class="unseen first" href={AWAY} onClick={go}>
      {
        // words: For people who listen to the screen. Leaves the app in a hurry, as "Exit" does.
        t("Leave this app now")
      }
    </a>
  );
}
