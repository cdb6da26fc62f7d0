/**
 * The app's words in one language, in parts: what the first load needs, the rest, and what only other nations say. Fetched
 * when newer ones are published, kept, and used from the phone otherwise.
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

/** A part as it travels and is kept: keys in one text, and what is said in their order. */
interface Packed extends Omit<Words, "messages"> {
  readonly keys: string;
  readonly said: readonly (string | readonly string[])[];
}

interface KeptPart {
  readonly hash: string;
  readonly words: Packed;
}

/**
 * The words as they are kept on this phone, without asking the network. @throws CouldNotKeep when the store cannot be
 * read.
 */
export async function keptWords(locale: string): Promise<Words | undefined> {
  return joined(await Promise.all(rowsOf(locale).map(async (row) => (await kept(row))?.words)));
}

/**
 * The newest words that can be had: those published, if they are here or come now; else the kept ones.
 * Undefined when the phone has none (English then stands for itself, another language cannot be offered yet).
 *
 * @param all also fetch what the first load does without
 * @throws CouldNotKeep
 */
export async function loadWords(locale: string, all = false): Promise<Words | undefined> {
  const [first, ...rest] = partsOf(locale);
  if (!first) return keptWords(locale);
  const words = await newest(first);
  const more = rest.map(async (part) => (all ? newest(part) : (await kept(part.row))?.words));
  return joined([words, ...(await Promise.all(more))]);
}

/**
 * Whether the published words of this language are kept here, all of them. @throws CouldNotKeep when the store cannot be
 * read.
 */
export async function wordsAreKept(locale: string): Promise<boolean> {
  const found = await Promise.all(partsOf(locale).map(async ({ row, hash }) => (await kept(row))?.hash === hash));
  return found.every(Boolean);
}

async function newest({ row, hash, url }: Part): Promise<Packed | undefined> {
  const here = await kept(row);
  if (hash === here?.hash) return here.words;
  const reply = await ask(url);
  if ("trouble" in reply || !(await agrees(reply.body, hash))) return here?.words;
  const words = reply.body as unknown as Packed;
  await keepText("content", row, JSON.stringify({ hash, words } satisfies KeptPart));
  return words;
}

/**
 * The rest may be of an older day than the first part: a sentence that changed has another key, and is not there.
 * Nothing without the first part.
 */
function joined([first, ...rest]: readonly (Packed | undefined)[]): Words | undefined {
  if (!first) return undefined;
  const { keys: _keys, said: _said, ...told } = first;
  return { ...told, messages: Object.fromEntries([...rest, first].flatMap(unpacked)) };
}

function unpacked(part: Packed | undefined): readonly (readonly [string, Packed["said"][number]])[] {
  return part?.keys ? part.keys.split(" ").map((key, at) => [key, part.said[at]!]) : [];
}

function partsOf(locale: string): readonly Part[] {
  const { index, nation } = library.value ?? {};
  const listed = index?.words.find((one) => one.locale === locale);
  if (!listed) return [];
  const isAbroad = nation && nation !== index!.bundles[0]?.nation;
  const parts = [listed, listed.more, ...(isAbroad ? [listed.abroad] : [])];
  return rowsOf(locale).flatMap((row, at) => (parts[at] ? [{ row, hash: parts[at].hash, url: parts[at].url }] : []));
}

const rowsOf = (locale: string): readonly string[] => ["", " more", " abroad"].map((part) => `words ${locale}${part}`);

async function kept(row: string): Promise<KeptPart | undefined> {
  const text = await readText("content", row);
  return text === undefined ? undefined : (JSON.parse(text) as KeptPart);
}
