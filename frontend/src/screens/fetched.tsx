/** Draws a screen of later.ts: at once when it is here, else when it has come; and says so when it cannot come. */
import { signal, type ReadonlySignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";

import { Notice } from "../parts/notice.tsx";
import { Screen } from "../parts/screen.tsx";
import { t } from "../words/translate.ts";

type Screens = typeof import("./later.ts");

const here = signal<Screens | undefined>(undefined);
/** The later screens, and what else is in their file; undefined until it is here. */
export const later: ReadonlySignal<Screens | undefined> = here;
const failed = signal(false);

/** Fetches the later screens, if they are not here yet. Settles; never rejects. */
export async function fetchLater(): Promise<void> {
  if (here.value) return;
  try {
    here.value = await import("./later.ts");
    failed.value = false;
  } catch {
    failed.value = true;
  }
}

export function Later({ children }: { children: (screens: Screens) => ComponentChildren }) {
  useEffect(() => void fetchLater(), []);
  if (here.value) return children(here.value);
  return (
    <Screen heading={t("One moment")}>
      {failed.value && (
        <Notice alert>
          <p>{t("This part of the app could not be fetched. What you answered is kept.")}</p>
          {
            // A browser may remember that a file could not be had; the page afresh asks again, and loses nothing.
            <button type="button" class="btn" onClick={() => location.reload()}>
              {t("Try again")}
            </button>
          }
        </Notice>
      )}
    </Screen>
  );
}
