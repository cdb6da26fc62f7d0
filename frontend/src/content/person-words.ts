/**
 * The words for the person, a part of their own for each language: fetched quietly for the language of the app, and when
 * the person chose it for any other. A language is listed only when all of its words are there.
 */
import { ask } from "../sending/asking.ts";
import { keepText, readText } from "../storage/kept.ts";
import { keyOf } from "../words/key.ts";
import { agrees, library } from "./library.ts";

export interface PersonLanguage {
  readonly locale: string;
  /** The language's own name for itself. */
  readonly autonym: string;
  readonly dir: "ltr" | "rtl";
  /** How far its words for the person were checked; English is "source". */
  readonly state: string;
  /** “This is my language.” in that language. */
  readonly mine: string;
  /** English has no words of its own to fetch: it stands for itself. */
  readonly hash?: string;
  readonly url?: string;
}

export interface PersonWords {
  readonly locale: string;
  readonly dir: "ltr" | "rtl";
  readonly state: string;
  /** Key of the English (words/key.ts) to what is said to the person. */
  readonly messages: Readonly<Record<string, string>>;
}

interface Kept {
  readonly hash: string;
  readonly body: unknown;
}

/** English stands for itself. */
export const ENGLISH_TO_PERSON: PersonWords = { locale: "en", dir: "ltr", state: "source", messages: {} };

/**
 * The languages that the person can choose: as published, else as they were last kept here.
 *
 * @throws CouldNotKeep when the store cannot be read.
 */
export async function personLanguages(): Promise<readonly PersonLanguage[]> {
  const list = library.value?.index.person_words;
  const found = await newest("person languages", list?.hash, list?.url);
  return (found as { languages?: readonly PersonLanguage[] } | undefined)?.languages ?? [];
}

/** The words of a language for the person, fetched if they must be; undefined when they cannot be had. @throws CouldNotKeep */
export async function personWords({ locale, hash, url }: PersonLanguage): Promise<PersonWords | undefined> {
  if (!hash) return ENGLISH_TO_PERSON;
  return (await newest(`person words ${locale}`, hash, url)) as PersonWords | undefined;
}

/** Fetches the list, and the words of the language that the app is used in. Settles; never rejects. */
export async function fetchPersonWords(locale: string): Promise<void> {
  try {
    const own = (await personLanguages()).find((one) => one.locale === locale);
    if (own) await personWords(own);
  } catch {
    // No store: nothing can be kept, and the words are asked for when they are needed.
  }
}

/** What is said to the person for this English; undefined where the language does not say it. */
export function saidToPerson({ locale, messages }: PersonWords, english: string): string | undefined {
  return locale === ENGLISH_TO_PERSON.locale ? english : messages[keyOf(english)];
}

async function newest(row: string, hash?: string, url?: string): Promise<unknown> {
  const text = await readText("content", row);
  const here = text === undefined ? undefined : (JSON.parse(text) as Kept);
  if (!hash || !url || here?.hash === hash) return here?.body;
  const reply = await ask(url);
  if ("trouble" in reply || !(await agrees(reply.body, hash))) return here?.body;
  await keepText("content", row, JSON.stringify({ hash, body: reply.body } satisfies Kept));
  return reply.body;
}
