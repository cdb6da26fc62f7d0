/**
 * The coded part of a referral: what the server may read.
 * It is built value by value from closed lists; no text that a person typed can get into it.
 */
import type { Answered, Draft, DefinitionName, Known, Raised, Reach } from "../storage/drafts.ts";
import type { Concern } from "../screening/types.ts";

export type PartOfDay = "night" | "morning" | "afternoon" | "evening";

export interface Coded {
  readonly v: 1;
  readonly checklist: DefinitionName;
  readonly pathway: DefinitionName;
  readonly answers: Readonly<Record<string, Answered>>;
  readonly facts: Readonly<Record<string, string | readonly string[]>>;
  readonly result: { readonly concern: Concern; readonly could_be: Concern; readonly flags: readonly string[] };
  readonly raised?: Raised;
  readonly actions: readonly (readonly [action: string, urgency: string])[];
  readonly area: string;
  /** The chosen part of the checklist, or "any". */
  readonly setting: string;
  /** YYYY-MM-DD, the day the check began, on the phone's calendar. */
  readonly day: string;
  readonly part_of_day: PartOfDay;
  readonly reach: Reach;
  readonly language: string;
}

/** What is needed of a screening result. */
export interface Screened {
  readonly concern: Concern;
  readonly could_be: Concern;
  readonly flags: readonly string[];
  readonly actions: readonly { readonly action: string; readonly urgency: string }[];
}

/** What is needed of the compiled pathway: the facts that are asked, and their values. */
export interface AskedFacts {
  readonly facts: Readonly<Record<string, { readonly how: string; readonly values: readonly string[] }>>;
}

/** What is needed of the compiled areas. */
export interface Areas {
  readonly areas: readonly { readonly code: string; readonly roll_up?: { readonly code: string } }[];
}

export interface Composed {
  readonly draft: Draft;
  readonly result: Screened;
  readonly pathway: AskedFacts;
  readonly areas: Areas;
  /** The app's locale. */
  readonly language: string;
}

const ANSWERS = ["yes", "no", "dont_know", "declined"];
const KNOWN = ["seen", "heard", "person_said", "other_said"];
/** A code, as the server takes it: nothing typed fits. */
const SETTING = /^[a-z0-9-]{1,40}$/;
/** Sent beside what is asked: the kinds that the worker confirms, and whether few people live in the area. */
const KNOWN_HERE = ["exploitation", "k_check"];
const RAISED_TO = ["some", "strong"];
const RAISED_WHY = ["worry", "pattern", "told_in_confidence", "other_signs"];

/**
 * The coded part as the wire has it. `not_asked` is left out (missing means not asked); a fact that the
 * worker does not settle, or a value the pathway does not list, is left out too, so that nothing typed can pass.
 *
 * @throws NotComposed while the draft lacks its area or the way to reach the worker.
 */
export function compose({ draft, result, pathway, areas, language }: Composed): Coded {
  if (!draft.reach) throw new NotComposed("reach");
  const area = rolledUp(areas, draft.area ?? "");
  if (!area) throw new NotComposed("area");
  const began = new Date(draft.began);
  return {
    v: 1,
    checklist: named(draft.checklist),
    pathway: named(draft.pathway),
    answers: codedAnswers(draft.answers),
    facts: codedFacts(draft.facts, pathway),
    result: { concern: result.concern, could_be: result.could_be, flags: [...result.flags] },
    ...codedRaised(draft.raised),
    actions: result.actions.map(({ action, urgency }) => [action, urgency] as const),
    area,
    setting: codedSetting(draft.facts["setting"]),
    day: dayOf(began),
    part_of_day: partOfDay(began),
    reach: draft.reach,
    language,
  };
}

/** Something the worker must still say before the referral can be composed. */
export class NotComposed extends Error {
  override name = "NotComposed";
  readonly missing: "area" | "reach";
  constructor(missing: "area" | "reach") {
    super(`ask the worker for ${missing} first`);
    this.missing = missing;
  }
}

/**
 * The area that is sent: one that is too small to be anonymous becomes its police division; "" when not on the
 * list.
 */
export function rolledUp({ areas }: Areas, code: string): string {
  const area = areas.find((one) => one.code === code);
  return area?.roll_up?.code ?? area?.code ?? "";
}

/** night 0–6, morning 6–12, afternoon 12–18, evening 18–24, on the phone's clock. */
export function partOfDay(at: Date): PartOfDay {
  return (["night", "morning", "afternoon", "evening"] as const)[Math.floor(at.getHours() / 6)]!;
}

function dayOf(at: Date): string {
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

const named = ({ id, version, hash }: DefinitionName): DefinitionName => ({ id, version, hash });

function codedAnswers(answers: Draft["answers"]): Record<string, Answered> {
  const coded: Record<string, Answered> = {};
  for (const [id, { answer, known }] of Object.entries(answers)) {
    if (!ANSWERS.includes(answer)) continue;
    const ways = answer === "yes" ? KNOWN.filter((way) => known?.includes(way as Known)) : [];
    coded[id] = ways.length ? { answer, known: ways as Known[] } : { answer };
  }
  return coded;
}

function codedFacts(facts: Draft["facts"], pathway: AskedFacts): Coded["facts"] {
  const coded: Record<string, string | readonly string[]> = {};
  for (const [name, value] of Object.entries(facts)) {
    const asked = pathway.facts[name];
    const settled = asked?.how === "asked" || KNOWN_HERE.includes(name) ? (asked?.values ?? []) : [];
    const allowed = name === "parent_care" ? ["yes", "no", "unknown"] : settled;
    const values = typeof value === "string" ? [value] : value;
    if (values.every((one) => allowed.includes(one))) coded[name] = value;
  }
  return coded;
}

function codedSetting(setting: Draft["facts"][string] | undefined): string {
  return typeof setting === "string" && SETTING.test(setting) ? setting : "any";
}

function codedRaised(raised: Raised | undefined): { raised?: Raised } {
  const { to, why } = raised ?? { to: "", why: "" };
  return RAISED_TO.includes(to) && RAISED_WHY.includes(why) ? { raised: { to, why } as Raised } : {};
}
