/** Which language the app speaks: the one chosen here, else the phone's own if it is published, else English. */
import { effect } from "@preact/signals";

import { library } from "../content/library.ts";
import { keptWords, loadWords } from "../content/words.ts";
import { keepSetting, readSetting } from "../storage/settings.ts";
import { direction, locale, setWords } from "./translate.ts";

const ENGLISH = "en";

/** Speaks as this phone did last, without waiting for a network. @throws CouldNotKeep when the store cannot be read. */
export async function startLanguage(): Promise<void> {
  effect(() => {
    const { documentElement: page } = document;
    page.lang = locale.value;
    page.dir = direction.value;
  });
  const chosen = await readSetting("locale");
  if (chosen && chosen !== ENGLISH) setWords(await keptWords(chosen));
}

/**
 * Takes newer words when they were published.
 *
 * @param all also those that the first load does without
 * @throws CouldNotKeep
 */
export async function refreshLanguage(all = false): Promise<void> {
  const wanted = (await readSetting("locale")) ?? phonesOwn();
  // English stands for itself; its plural forms are kept with the rest.
  if (wanted !== ENGLISH || all) setWords(await loadWords(wanted, all));
}

/**
 * Speaks another language from now on. False when its words are neither here nor to be had now: nothing changes.
 *
 * @throws CouldNotKeep
 */
export async function speak(wanted: string): Promise<boolean> {
  const words = wanted === ENGLISH ? undefined : await loadWords(wanted, true);
  if (wanted !== ENGLISH && !words) return false;
  setWords(words);
  await keepSetting("locale", wanted);
  return true;
}

function phonesOwn(): string {
  const offered = library.value?.index.words.map((one) => one.locale) ?? [];
  const found = navigator.languages.map((tag) =>
    tag.startsWith("en") ? ENGLISH : offered.find((one) => tag === one || tag.startsWith(`${one}-`)),
  );
  return found.find((one) => one !== undefined) ?? ENGLISH;
}
