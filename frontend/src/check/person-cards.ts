/**
 * Which words may be shown or read to the person now: by who they are, by nation and by the worker's own organisation.
 * It must never give consent wording from a translation that no speaker has checked, nor an adult's choices to a child.
 */
import { definition, listed } from "../content/library.ts";
import { saidToPerson, type PersonWords } from "../content/person-words.ts";
import { holds } from "../screening/pathway.ts";
import type { Facts, Predicate } from "../screening/types.ts";
import { device, result } from "./adds-up.ts";
import type { Deck } from "./places.ts";
import { checklist, pathway } from "./running.ts";

export interface CardMessage {
  readonly text: string;
  /** 1 where only a translation that a speaker has checked may be shown. */
  readonly checked_only: number;
  readonly when?: Predicate;
  /** Stands under it as it is, in every language: the name of an office, keys to press. */
  readonly line?: string;
  /** What the phone puts on that line. */
  readonly from?: "organisation" | "emergency";
  /** What the person can tap: ids of messages. */
  readonly answers?: readonly string[];
  /** To the worker. */
  readonly note?: string;
}

export interface Cards {
  readonly kind: "cards";
  readonly format: 1;
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly order: readonly string[];
  readonly groups: Readonly<
    Record<string, { readonly about: string; readonly when: Predicate; readonly messages: readonly string[] }>
  >;
  readonly messages: Readonly<Record<string, CardMessage>>;
}

/** The groups of each moment, in the order in which they are said. */
export const DECKS: Readonly<Record<Deck, readonly string[]>> = {
  opening: ["conduct", "young", "interpreter"],
  danger: ["danger"],
  after: ["rights", "options", "leaving"],
  consent: ["consent"],
  sharing: ["sharing"],
  refused: ["refused"],
};

/** The things to do that say something to the person, and what. Support is asked before the national scheme. */
const AT_ACTION: Readonly<Record<string, readonly Deck[]>> = {
  "emergency.call": ["danger"],
  "danger.ask": ["danger"],
  "consent.seek": ["sharing", "consent"],
  "adult.nrm.submit": ["consent"],
  "adult.nrm.via_fro": ["consent"],
  "support.women": ["sharing"],
  "support.general": ["sharing"],
  "offer.no_nrm": ["refused"],
};

/** What is said to the person at an action of the pack; nothing at most of them. */
export const decksOf = (action: string): readonly Deck[] => AT_ACTION[action] ?? [];

/** The cards that are on this phone; undefined while they are still to come. */
export function cardsHere(): Cards | undefined {
  const found = listed("cards", "person");
  return found && definition<Cards>(found.hash);
}

/** The facts that say what may be shown. What the phone does not know is left out, and then in no list. */
export function factsForCards(): Facts {
  const kind = device.value?.organisation.kind;
  return {
    ...result.value?.facts,
    ...(checklist.value && { checklist: checklist.value.id }),
    ...(pathway.value && { pathway: pathway.value.id }),
    ...(kind && { organisation: kind }),
  };
}

/** The ids of what may be said at this moment, in order; answers to a message are not among them. */
export function messagesOf(cards: Cards, deck: Deck, facts: Facts): readonly string[] {
  const given = new Set(Object.values(cards.messages).flatMap(({ answers = [] }) => answers));
  return DECKS[deck]
    .map((name) => cards.groups[name])
    .filter((group) => group !== undefined && holds(group.when, {}, facts))
    .flatMap((group) => group!.messages)
    .filter((id) => !given.has(id) && holds(cards.messages[id]!.when ?? { all: [] }, {}, facts));
}

/** Whether a speaker has checked these words, or they are the English itself. */
export const isChecked = ({ state }: PersonWords): boolean =>
  state === "source" || state === "checked by a speaker" || state === "checked by two";

/** What is said to the person in these words; undefined where nothing may be said in them. */
export function saidInCard({ text, checked_only }: CardMessage, words: PersonWords): string | undefined {
  return checked_only && !isChecked(words) ? undefined : saidToPerson(words, text);
}
