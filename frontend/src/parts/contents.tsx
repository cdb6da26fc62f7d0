/** What is shown while the checklists are not on this phone yet, or could not be fetched. Never a wait without an end. */
import { useSignal } from "@preact/signals";

import { fetchTheRest, library, libraryTrouble, refreshLibrary } from "../content/library.ts";
import { saidTrouble } from "../words/said-trouble.ts";
import { t } from "../words/translate.ts";
import { Notice } from "./notice.tsx";

/** Nothing once they are here. */
export function Contents() {
  const trying = useSignal(false);
  const trouble = libraryTrouble.value;
  const again = async (): Promise<void> => {
    trying.value = true;
    if (!(await refreshLibrary())) await fetchTheRest();
    trying.value = false;
  };
  if (trouble && !trying.value) {
    return (
      <Notice alert>
        <p>
          <b>{t("The checklists could not be fetched.")}</b> {saidTrouble(trouble.code)}{" "}
          {library.value ? null : t("Open the app once with signal; after that it works without.")}
        </p>
        <button type="button" class="btn" onClick={() => void again()}>
          {t("Try again")}
        </button>
      </Notice>
    );
  }
  return (
    <p class="busy" role="status">
      {t("Fetching the checklists …")}
    </p>
  );
}
