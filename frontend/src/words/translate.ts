/**
 * Every word on the screen passes here: English is the key, and stands for itself where a translation is missing.
 * It must never guess: a form that a language lacks is shown in English, whole.
 */
import { computed, signal, type ReadonlySignal } from "@preact/signals";

import type { Words } from "../content/words.ts";
import { keyOf } from "./key.ts";

const ENGLISH: Words = { locale: "en", dir: "ltr", state: "source", categories: ["one", "other"], messages: {} };

const spoken = signal<Words>(ENGLISH);

/** The language in use, as a BCP 47 tag. */
export const locale: ReadonlySignal<string> = computed(() => spoken.value.locale);
/** The way it is written. */
export const direction: ReadonlySignal<"ltr" | "rtl"> = computed(() => spoken.value.dir);

const plurals = computed(() => new Intl.PluralRules(locale.value));
const numbers = computed(() => new Intl.NumberFormat(locale.value));

export type Values = Readonly<Record<string, string | number>>;

/** From now on everything is said in these words; English without any. */
export function setWords(words: Words | undefined): void {
  spoken.value = words ?? ENGLISH;
}

/** What the screen says for this English, with `{names}` filled in. */
export function t(english: string, values: Values = {}): string {
  const said = spoken.value.messages[keyOf(english)];
  return filled(typeof said === "string" && said ? said : english, values);
}

/** The same where a number decides the form; `{n}` is the number in the language's own figures. */
export function tn(one: string, other: string, n: number, values: Values = {}): string {
  const { messages, categories } = spoken.value;
  const forms = messages[keyOf(one)];
  const said = Array.isArray(forms) ? (forms as string[])[categories.indexOf(plurals.value.select(n))] : undefined;
  const english = new Intl.PluralRules("en").select(n) === "one" ? one : other;
  return filled(said || english, { n, ...values });
}

/** Words that come out of a definition. The only call that takes a text which does not stand in the source. */
export function content(text: string): string {
  const said = spoken.value.messages[keyOf(text)];
  return typeof said === "string" && said ? said : text;
}

/** A whole number in the language's own figures. */
export function figure(n: number): string {
  return numbers.value.format(n);
}

/** In a right-to-left sentence each value keeps its own order. */
function filled(text: string, values: Values): string {
  const isolate = spoken.value.dir === "rtl";
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    const shown = typeof value === "number" ? figure(value) : value;
    return isolate ? `\u2068${shown}\u2069` : shown;
  });
}
