/** The language that the person chose, for this check and in memory only: it is never kept, and never sent. */
import { computed, signal, type ReadonlySignal } from "@preact/signals";

import type { PersonWords } from "../content/person-words.ts";
import { draft } from "./running.ts";

const chosen = signal<{ readonly check: string; readonly words: PersonWords } | undefined>(undefined);

/** The words chosen in the check that is going on; undefined before, and in any other check. */
export const personLanguage: ReadonlySignal<PersonWords | undefined> = computed(() =>
  chosen.value && chosen.value.check === draft.value?.id ? chosen.value.words : undefined,
);

/** Takes these words for the check that is going on; undefined lets the person choose again. */
export function choosePersonLanguage(words: PersonWords | undefined): void {
  chosen.value = words && draft.value ? { check: draft.value.id, words } : undefined;
}
