/**
 * Offered before joining: the app on the home screen. On an iPhone what is there keeps its own things, so that a
 * phone which joins first and installs later would have to join again.
 */
import { useSignal } from "@preact/signals";

import { offer } from "../state/installing.ts";
import { t } from "../words/translate.ts";

/** Safari on a phone or tablet says whether it was opened from the home screen; other browsers have no such word. */
const fromHome = (): boolean | undefined => (navigator as { standalone?: boolean }).standalone;

const isInstalled = (): boolean => fromHome() === true || matchMedia("(display-mode: standalone)").matches;

/** Nothing where it is installed, or where the browser cannot. */
export function InstallFirst({ hasLink }: { hasLink: boolean }) {
  if (isInstalled()) return null;
  const isSafari = fromHome() === false && navigator.maxTouchPoints > 0;
  if (!offer.value && !isSafari) return null;
  return (
    <section class="panel">
      <h2>{t("Put it on the home screen first")}</h2>
      {isSafari ? (
        <>
          <ol class="points">
            <li>{t("Tap Share, then “Add to Home Screen”.")}</li>
            <li>{t("Open the app there, and choose “Join a team”.")}</li>
            <li>{t("Paste the link or scan the code again. The invitation works twice within an hour.")}</li>
          </ol>
          {hasLink && <CopyLink />}
        </>
      ) : (
        <>
          <p>{t("It then opens like any app, also without signal. You can join here as well.")}</p>
          <button type="button" class="btn" onClick={() => void offer.value!.prompt().finally(taken)}>
            {t("Add to the home screen")}
          </button>
        </>
      )}
    </section>
  );
}

/** A browser's offer can be taken once, whatever the answer. */
function taken(): void {
  offer.value = undefined;
}

function CopyLink() {
  const said = useSignal("");
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(location.href);
      said.value = t("Copied. Paste it in the app on the home screen.");
    } catch {
      said.value = t("It could not be copied. Open the message with the link again later.");
    }
  };
  return (
    <>
      <button type="button" class="btn" onClick={() => void copy()}>
        {t("Copy the invitation link")}
      </button>
      <p class="small" role="status">
        {said.value}
      </p>
    </>
  );
}
