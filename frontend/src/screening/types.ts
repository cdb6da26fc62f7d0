/**
 * The shapes of compiled definitions and of what the engine makes of them, as they stand on the wire.
 * Whole numbers, strings, arrays and objects only; nothing here may be written back to.
 */

import type { Mark } from "./marks.ts";
import type { Pathway, Predicate } from "./pathway-types.ts";

export type * from "./marks.ts";
export type * from "./pathway-types.ts";

/** What was recorded for one sign. The last three are unknown to the arithmetic and kept apart in the record. */
export type Answer = "yes" | "no" | "dont_know" | "declined" | "not_asked";

/** Id to answer; a missing id is `not_asked`. Published scores may carry answers of their own. */
export type Answers = Readonly<Record<string, string>>;

export type Outcome = "positive" | "negative" | "indeterminate";
export type Concern = "strong" | "some" | "low" | "none";

// Scores

export interface CountAtLeast {
  readonly type: "count_at_least";
  readonly k: number;
  readonly items: readonly string[];
}

export interface WeightedBands {
  readonly type: "weighted_bands";
  readonly items: readonly { readonly id: string; readonly points: Readonly<Record<string, number>> }[];
  /** From the lowest `min` to the highest. */
  readonly bands: readonly { readonly id: string; readonly min: number }[];
}

export type Strength = "strong" | "medium" | "weak";

export interface StrengthCombination {
  readonly type: "strength_combination";
  readonly items: readonly { readonly id: string; readonly strength: Strength; readonly ilo_item?: string }[];
  readonly accept: readonly Readonly<Partial<Record<Strength | "medium_or_weak", number>>>[];
}

export type DimensionExpression =
  | string
  | { readonly all: readonly DimensionExpression[] }
  | { readonly any: readonly DimensionExpression[] };

export interface DimensionCombination {
  readonly type: "dimension_combination";
  readonly profile?: string;
  readonly expression: DimensionExpression;
}

export interface ElementCoverage {
  readonly type: "element_coverage";
  readonly legal_test: string;
  readonly required: Readonly<Record<string, readonly string[]>>;
  readonly elements: Readonly<Record<string, readonly string[]>>;
}

export type ScoreDefinition =
  | CountAtLeast
  | WeightedBands
  | StrengthCombination
  | DimensionCombination
  | ElementCoverage;

export interface ScoreContext {
  readonly age_group?: "adult" | "child" | "unknown";
}

export interface ScoreResult {
  /** Positive, negative or indeterminate; for `weighted_bands` the id of the band where it is certain. */
  readonly outcome: string;
  /** The published reading, where an unknown counts as absent. */
  readonly as_recorded?: string;
  readonly score_min?: number;
  readonly score_max?: number;
  readonly answered?: number;
  readonly of?: number;
  readonly band_min?: string;
  readonly band_max?: string;
  readonly counts_min?: Readonly<Record<Strength, number>>;
  readonly counts_max?: Readonly<Record<Strength, number>>;
  readonly elements?: Readonly<Record<string, Outcome>>;
  readonly required?: readonly string[];
  readonly missing?: readonly string[];
  readonly unknown?: readonly string[];
}

/** Score id to outcome; one that is not given is indeterminate. */
export type Scores = Readonly<Record<string, Outcome>>;

// Ladders

export type LadderLeaf =
  | { readonly count: { readonly set: string; readonly at_least: number } }
  | { readonly score: string };

export type LadderExpression =
  | LadderLeaf
  | { readonly all: readonly LadderExpression[] }
  | { readonly any: readonly LadderExpression[] };

export interface Ladder {
  readonly type: "ladder";
  /** The checklist order, and the only source of order. */
  readonly items: readonly string[];
  readonly sets: Readonly<Record<string, readonly string[]>>;
  /** Ids that count once between them share a key; an id without one counts as itself. */
  readonly fold: Readonly<Record<string, string>>;
  /** From the strongest down. */
  readonly rungs: readonly { readonly level: Concern; readonly when: LadderExpression }[];
  readonly floor: Concern;
  readonly flags: Readonly<Record<string, LadderExpression>>;
}

/** A ladder as a checklist carries it: narrowing.ts adds what follows from the signs that are asked. */
export type LadderForm = Omit<Ladder, "items" | "fold">;

// Checklists

export type Known = "seen" | "heard" | "person_said" | "other_said";
export type SectionKind = "seen" | "told" | "offered";
export type RouteName = "adult" | "child_or_unsure" | "place";
export type Display = "ecat" | "scottish-offence" | "forced-labour" | "ilo";

export interface Indicator {
  readonly question: string;
  /** The sign as a short statement, for lists of reasons. */
  readonly label: string;
  readonly why: string;
  readonly look_for: string;
  readonly elements: readonly string[];
  /** 1 to 3: orders reasons and has no evidence behind it. */
  readonly weight: number;
  readonly types: readonly string[];
  /** How this sign is most often known; `by_section` where its section tells (words/said-known.ts). */
  readonly known: Known | "by_section";
  readonly marks: readonly Mark[];
  /** Shown to an adult who is alone; absent where the show-card must not be offered. */
  readonly person_question?: string;
  readonly person_yes_means?: "sign" | "no_sign";
  /** Signs that share one count once between them in a ladder. */
  readonly ilo_item?: string;
  readonly checked: string;
}

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly kind: SectionKind;
  readonly indicators: readonly string[];
}

/** The signs that are asked, in the order seen, told, offered. */
export interface Asked {
  readonly sections: readonly Section[];
  readonly items: readonly string[];
}

/** Ladders, scores and displays cover the signs of all parts, and are narrowed to those that are asked. */
export interface Route extends Asked {
  /** For whom; at most one route of a checklist holds. */
  readonly when: Predicate;
  /** On a tie the first of those that hold names the reasons. */
  readonly ladders: readonly { readonly name: string; readonly when: Predicate; readonly ladder: LadderForm }[];
  readonly scores: Readonly<Record<string, ScoreDefinition>>;
  readonly displays: Readonly<Partial<Record<Display, ElementCoverage | ScoreShown>>>;
}

/** A display that shows one of the scores of its route. */
export interface ScoreShown {
  readonly type: "score";
  readonly name: string;
}

/** Signs that one setting adds. Its routes are joined already; one that is missing gets nothing from it. */
export interface Part {
  readonly title: string;
  readonly settings: readonly string[];
  /** Minutes that it adds. */
  readonly minutes: number;
  readonly routes: Readonly<Partial<Record<RouteName, Asked>>>;
}

export interface Checklist {
  readonly kind: "checklist";
  readonly format: 2;
  readonly id: string;
  readonly version: number;
  readonly bank_version: number;
  readonly title: string;
  readonly for_whom: string;
  readonly subject: "person" | "place";
  /** 1 for trained specialists only. */
  readonly specialist: number;
  readonly settings: readonly string[];
  readonly minutes: number;
  readonly state: string;
  readonly before_you_start: readonly string[];
  readonly what_not_to_ask: readonly string[];
  readonly indicators: Readonly<Record<string, Indicator>>;
  readonly route_order: readonly RouteName[];
  readonly routes: Readonly<Partial<Record<RouteName, Route>>>;
  readonly part_order: readonly string[];
  readonly parts: Readonly<Record<string, Part>>;
  /** Facts that a yes on a sign with the mark asks for at once. */
  readonly asks: readonly { readonly fact: string; readonly mark: Mark; readonly when: Predicate }[];
  /** Where the phone may be turned round: only in `told` sections, only for signs with a question for the person. */
  readonly show_card: Predicate;
}

// Areas

export interface AreaCode {
  readonly code: string;
  readonly name: string;
}

export interface Areas {
  readonly kind: "areas";
  readonly format: 1;
  readonly id: string;
  readonly version: number;
  /** A small area carries the wider one that is sent in its place: one island points at a person. */
  readonly areas: readonly (AreaCode & {
    readonly roll_up?: AreaCode;
    /** 1 when few people live there, also after it was rolled up. */
    readonly few?: number;
  })[];
}

export type Definition = Checklist | Pathway | Areas;
