/**
 * The app's words in one language: fetched when newer ones are published, kept, and used from the phone
 * otherwise.
 */
import { ask } from "../sending/asking.ts";
import { keepText, readText } from "../storage/kept.ts";
import { agrees, library, type ListedWords } from "./library.ts";

export interface Words {
  readonly locale: string;
  readonly dir: "ltr" | "rtl";
  readonly state: string;
  /** CLDR plural categories in the order of the forms. */
  readonly categories: readonly string[];
  /** English to what is said here; several forms where a number decides. */
  readonly messages: Readonly<Record<string, string | readonly string[]>>;
}

interface KeptWords {
  readonly hash: string;
  readonly words: Words;
}

/**
 * The words as they are kept on this phone, without asking the network. @throws CouldNotKeep when the store
 * cannot be read.
 */
export async function keptWords(locale: string): Promise<Words | undefined> {
  return (await kept(locale))?.words;
}

/**
 * The newest words that can be had: those published, if they are here or come now; else the kept ones.
 * Undefined when the phone has none (English then stands for itself, another language cannot be offered yet).
 *
 * @throws CouldNotKeep
 */
export async function loadWords(locale: string): Promise<Words | undefined> {
  const here = await kept(locale);
  const published = listedWords(locale);
  if (!published || published.hash === here?.hash) return here?.words;
  const reply = await ask(published.url);
  if ("trouble" in reply || !(await agrees(reply.body, published.hash))) return here?.words;
  const words = reply.body as unknown as Words;
  await keepText("content", rowOf(locale), JSON.stringify({ hash: published.hash, words } satisfies KeptWords));
  return words;
}

/**
 * Whether the published words of this language are kept here. @throws CouldNotKeep when the store cannot be
 * read.
 */
export async function wordsAreKept(locale: string): Promise<boolean> {
  const published = listedWords(locale);
  return !published || published.hash === (await kept(locale))?.hash;
}

function listedWords(locale: string): ListedWords | undefined {
  return library.value?.index.words.find((one) => one.locale === locale);
}

const rowOf = (locale: string): string => `words ${locale}`;

async function kept(locale: string): Promise<KeptWords | undefined> {
  const text = await readText("content", rowOf(locale));
  return text === undefined ? undefined : (JSON.parse(text) as KeptWords);
}
