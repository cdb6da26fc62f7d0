/**
 * What a field of the note is asked about, and what taking it out leaves. It must never ask again about what the
 * worker keeps, nor about a word that is still being typed.
 */
import type { Note } from "../storage/drafts.ts";
import { detect } from "./detect.ts";
import type { Found, Kind, Pack } from "./kinds.ts";

export interface Question extends Found {
  /** What was found, as it is written. */
  readonly text: string;
}

/** The worker's own number and address belong under "Reach me"; papers, dates and names may be the person's. */
const ASKED_OF_REACH_ME: readonly Kind[] = ["chi_number", "nhs_number", "ni_number", "date", "name_pair"];

/** The questions of one field, in the order of its text. `kept` holds `nameOf` each that is needed. */
export function questions(field: keyof Note, text: string, pack: Pack, kept: ReadonlySet<string>): readonly Question[] {
  return detect(text, pack)
    .map((found) => ({ ...found, text: text.slice(found.start, found.end) }))
    .filter((one) => field !== "reach_me" || ASKED_OF_REACH_ME.includes(one.kind))
    .filter((one) => !kept.has(nameOf(one)));
}

/** The same text of the same kind has the same name, wherever it stands. */
export function nameOf({ kind, text }: Pick<Question, "kind" | "text">): string {
  return `${kind} ${text}`;
}

/** Whether the caret stands in it or at its end, where the next letter may still belong to it. */
export function isBeingTyped({ start, end }: Found, caret: number): boolean {
  return caret > start && caret <= end;
}

/** What was taken out, so that it can be put back whole. */
export interface Taken {
  readonly question: Question;
  readonly before: string;
  readonly rest: string;
}

/** Takes out exactly what was found; the caret belongs at its start. */
export function takeOut(text: string, question: Question): Taken {
  return { question, before: text, rest: text.slice(0, question.start) + text.slice(question.end) };
}
