/**
 * The shapes of a nation's compiled pack: facts, rules, actions and contacts, as they stand on the wire.
 * Predicates are closed: no code comes from a pack.
 */
import type { Mark } from "./marks.ts";

export type FactValue = string | readonly string[];
export type Facts = Readonly<Record<string, FactValue>>;

export type Predicate =
  | { readonly all: readonly Predicate[] }
  | { readonly any: readonly Predicate[] }
  | { readonly not: Predicate }
  | { readonly macro: string }
  | { readonly fact: string; readonly in: readonly string[] }
  | { readonly fact: string; readonly has_any: readonly string[] };

export interface FactDefinition {
  readonly how: "asked" | "derived" | "from_organisation";
  readonly values: readonly string[];
  /** 1 when the fact holds several values. */
  readonly set?: number;
  readonly ask?: string;
  readonly note?: string;
  readonly ask_when?: Predicate;
}

/** How a derived fact follows from the signs: from marked and named signs and other facts, or from their kinds. */
export type Derivation =
  | {
      readonly how: string;
      readonly marks?: readonly Mark[];
      readonly signs?: readonly string[];
      readonly facts?: Readonly<Record<string, readonly string[]>>;
      /** The value while a sign that is looked at is open; `no` when it is not said. */
      readonly when_open?: string;
    }
  | {
      readonly how: string;
      /** Bank type to the value of the fact. */
      readonly kinds: Readonly<Record<string, string>>;
      readonly most_kinds: number;
      readonly otherwise: readonly string[];
    };

export interface Rule {
  readonly id: string;
  readonly why: string;
  readonly when: Predicate;
  readonly do: readonly (readonly [action: string, urgency: string])[];
  readonly legal?: string;
}

export interface Action {
  readonly title: string;
  readonly about: "person" | "place" | "any";
  readonly do: readonly string[];
  readonly contacts: readonly string[];
  readonly flags: readonly string[];
  readonly no_number?: string;
}

export interface Contact {
  readonly name: string;
  /** E.164, or a short number; absent when none was found. */
  readonly number?: string;
  readonly number_from?: string;
  readonly hours: string;
  readonly note?: string;
  readonly source: string;
  readonly checked_on: string;
  readonly status: string;
}

export interface Card {
  readonly title: string;
  readonly at_most_one: readonly string[];
  readonly note?: string;
}

export interface Pathway {
  readonly kind: "pathway";
  readonly format: 1;
  readonly id: string;
  readonly version: number;
  readonly jurisdictions: readonly string[];
  /** From the most urgent to the least. */
  readonly urgency_order: readonly string[];
  readonly urgency_words: Readonly<Record<string, string>>;
  readonly facts: Readonly<Record<string, FactDefinition>>;
  /** The order in which the facts are asked. */
  readonly fact_order: readonly string[];
  readonly defaults: Facts;
  readonly defaults_if: readonly { readonly when: Predicate; readonly set: Facts }[];
  readonly macros: Readonly<Record<string, Predicate>>;
  readonly rules: readonly Rule[];
  readonly action_order: readonly string[];
  readonly actions: Readonly<Record<string, Action>>;
  readonly contacts: Readonly<Record<string, Contact>>;
  readonly legal: Readonly<Record<string, { readonly line: string; readonly source: string }>>;
  /** Cards of which at most one of their actions is shown. */
  readonly cards: Readonly<Record<string, Card>>;
  readonly derive: Readonly<Record<string, Derivation>>;
}
