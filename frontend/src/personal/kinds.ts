/** What can look personal in a note, and the form of a nation's pack. Types and one order: it never reads a text. */

/** Strongest first: where two overlap, the earlier one is kept. */
export const KINDS = [
  "web_address",
  "email",
  "chi_number",
  "nhs_number",
  "ni_number",
  "date",
  "phone",
  "postcode",
  "name_pair",
] as const;

export type Kind = (typeof KINDS)[number];

/** A stretch of the text as it was given: UTF-16 offsets, `end` is the first one after it. */
export interface Found {
  readonly kind: Kind;
  readonly start: number;
  readonly end: number;
}

/** One shape. It sees the text with plain digits, spaces and hyphens. */
export interface Pattern {
  readonly kind: Kind;
  /** Flags `dgu`. Where a group `it` is named, only that stretch is meant. Every repeat in it has an upper bound. */
  readonly find: RegExp;
  /** Says no to what has the shape alone. */
  readonly holds?: (match: RegExpExecArray) => boolean;
}

/** Words in lower case that tell capitalised words apart from names. */
export interface NotNames {
  /** Never part of a name, wherever they stand: days, languages, towns. */
  readonly apart: ReadonlySet<string>;
  /** Never the first word of a name: how sentences begin. Later in a row they may be one (An, Thu, Brown). */
  readonly opening: ReadonlySet<string>;
  /** Make a place or a body of what stands before them: Road, Hospital. */
  readonly closing: ReadonlySet<string>;
  /** May be shortened with a full stop before a name: Mr, Dr. */
  readonly titles: ReadonlySet<string>;
}

export interface Pack {
  /** The nations it is for, by the ids of their pathways. */
  readonly nations: readonly string[];
  /** Own shapes before shared ones: within a kind the first match is kept. */
  readonly patterns: readonly Pattern[];
  /** Without these words pairs would be mostly false alarms, and are not looked for. */
  readonly notNames?: NotNames;
}
