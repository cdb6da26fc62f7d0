/** After a team has emptied this phone: what happened, and what did not get through. Nothing of before is shown. */
import { device } from "../check/adds-up.ts";
import { go, instead, place } from "../check/places.ts";
import { putDown, written } from "../check/running.ts";
import { Notice } from "../parts/notice.tsx";
import { Screen } from "../parts/screen.tsx";
import { emptied, startContact as start } from "../sending/contact.ts";
import { t, tn } from "../words/translate.ts";

/** Keeps this phone in step with what its teams say of it. */
export function startContact(): void {
  // The page was loaded anew on the screen that told of it: that was said once, and there is nothing left to tell.
  if (place.value.name === "emptied" && !emptied.value) instead({ name: "home" });
  start({
    changed: (now) => {
      device.value = now;
    },
    clear: () => {
      instead({ name: "emptied" });
      putDown();
      return written();
    },
    stays: () => {
      if (place.value.name === "emptied") instead({ name: "home" });
    },
    afresh: () => location.reload(),
  });
}

export function Emptied() {
  const lost = emptied.value?.lost ?? 0;
  if (!emptied.value) return <Screen heading={t("One moment")} />;
  return (
    <Screen
      heading={t("This phone was emptied by your team.")}
      foot={
        <button type="button" class="btn main" onClick={() => go({ name: "home" })}>
          {t("Done")}
        </button>
      }
    >
      <p>{t("Everything that was begun, kept or sent here is deleted from this phone. What was sent before is with the team.")}</p>
      {lost > 0 && (
        <Notice danger alert>
          <p>
            {tn(
              "{n} check or note could not be sent and is deleted too. Ring your team.",
              "{n} checks or notes could not be sent and are deleted too. Ring your team.",
              lost,
            )}
          </p>
        </Notice>
      )}
      <p>{t("To send from this phone again, ask your team for a new invitation.")}</p>
    </Screen>
  );
}
