/**
 * The app's words in one language, in two parts: what the first load needs, and the rest. Fetched when newer ones are
 * published, kept, and used from the phone otherwise.
 */
import { ask } from "../sending/asking.ts";
import { keepText, readText } from "../storage/kept.ts";
import { agrees, library } from "./library.ts";

export interface Words {
  readonly locale: string;
  readonly dir: "ltr" | "rtl";
  readonly state: string;
  /** CLDR plural categories in the order of the forms. */
  readonly categories: readonly string[];
  /** Key of the English (words/key.ts) to what is said here; several forms where a number decides. */
  readonly messages: Readonly<Record<string, string | readonly string[]>>;
}

/** One part as it is published: its hash names its content. */
interface Part {
  readonly row: string;
  readonly hash: string;
  readonly url: string;
}

interface KeptPart {
  readonly hash: string;
  readonly words: Words;
}

/**
 * The words as they are kept on this phone, without asking the network. @throws CouldNotKeep when the store cannot be
 * read.
 */
export async function keptWords(locale: string): Promise<Words | undefined> {
  const [first, rest] = await Promise.all(rowsOf(locale).map(kept));
  return joined(first?.words, rest?.words);
}

/**
 * The newest words that can be had: those published, if they are here or come now; else the kept ones.
 * Undefined when the phone has none (English then stands for itself, another language cannot be offered yet).
 *
 * @param all also fetch what the first load does without
 * @throws CouldNotKeep
 */
export async function loadWords(locale: string, all = false): Promise<Words | undefined> {
  const [first, rest] = partsOf(locale);
  if (!first || !rest) return keptWords(locale);
  const words = await newest(first);
  return joined(words, all ? await newest(rest) : (await kept(rest.row))?.words);
}

/**
 * Whether the published words of this language are kept here, all of them. @throws CouldNotKeep when the store cannot be
 * read.
 */
export async function wordsAreKept(locale: string): Promise<boolean> {
  const found = await Promise.all(partsOf(locale).map(async ({ row, hash }) => (await kept(row))?.hash === hash));
  return found.every(Boolean);
}

async function newest({ row, hash, url }: Part): Promise<Words | undefined> {
  const here = await kept(row);
  if (hash === here?.hash) return here.words;
  const reply = await ask(url);
  if ("trouble" in reply || !(await agrees(reply.body, hash))) return here?.words;
  const words = reply.body as unknown as Words;
  await keepText("content", row, JSON.stringify({ hash, words } satisfies KeptPart));
  return words;
}

/** The rest may be of an older day than the first part: a sentence that changed has another key, and is not there. */
function joined(first: Words | undefined, rest: Words | undefined): Words | undefined {
  return first && rest ? { ...first, messages: { ...rest.messages, ...first.messages } } : first;
}

function partsOf(locale: string): readonly Part[] {
  const listed = library.value?.index.words.find((one) => one.locale === locale);
  const [first, rest] = rowsOf(locale);
  return listed ? [{ ...listed, row: first! }, { ...listed.more, row: rest! }] : [];
}

const rowsOf = (locale: string): readonly string[] => [`words ${locale}`, `words ${locale} more`];

async function kept(row: string): Promise<KeptPart | undefined> {
  const text = await readText("content", row);
  return text === undefined ? undefined : (JSON.parse(text) as KeptPart);
}
