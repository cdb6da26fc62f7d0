/**
 * The late questions: in which card each stands, and what its answers are called.
 * When one is due, and its words, are the pack's alone; nothing here weighs an answer.
 */
import type { Pathway } from "../screening/types.ts";
import { content, t } from "../words/translate.ts";
import { questionAtOnce, saidPlainly, type Question } from "./asked-at-once.ts";

/** Cards that a question belongs to, the first one shown; one with no card on the page stands below them all. */
const CARDS: Readonly<Record<string, readonly string[]>> = {
  danger: ["danger.ask"],
  support_ok: ["consent.seek", "support.women", "support.general", "offer.no_nrm"],
  consent: ["consent.seek", "adult.nrm.submit", "adult.nrm.via_fro", "offer.no_nrm"],
  coop: ["consent.seek", "police.report.named"],
  gender: ["support.women", "support.general"],
  safe_tonight: ["housing.emergency"],
  at_risk: ["adult.safeguard"],
  others: ["police.report.place"],
  separated: ["child.carer_check", "child.guardian"],
  sexual_harm_recent: ["sexual.sarcs"],
};

/** Asked elsewhere: at the start, or on the sending screen. `alone` only opens cards that are not made yet. */
const ELSEWHERE = ["subject", "contact", "conflict", "alone"];

/** The open questions of each card on the page, and under "" those that have none. */
export function questionsByCard(
  open: readonly string[],
  cards: readonly string[],
  facts: Readonly<Record<string, unknown>>,
): Readonly<Record<string, readonly string[]>> {
  const found: Record<string, string[]> = {};
  for (const fact of open) {
    if (ELSEWHERE.includes(fact)) continue;
    // Adult or child was said at the start; only the years of a child can still be told.
    if (fact === "age" && facts["age"] === "adult") continue;
    // Asked at the start and with each sign of danger; here only while it is still open.
    if (fact === "danger" && !cards.includes("danger.ask")) continue;
    const card = CARDS[fact]?.find((one) => cards.includes(one)) ?? "";
    (found[card] ??= []).push(fact);
  }
  return found;
}

/** The question of a fact in the pack's words, with the answers that are something to offer. */
export function questionOf(fact: string, pack: Pathway): Question {
  const atOnce = questionAtOnce(fact);
  if (atOnce) return atOnce;
  if (fact === "age") return { ask: t("How old are they, if you know?"), choices: offered("under16", "16-17", "unsure") };
  const { ask = fact, values = [] } = pack.facts[fact] ?? {};
  return { ask: content(ask), choices: offered(...values) };
}

const offered = (...values: readonly string[]): Question["choices"] =>
  values.map((value) => ({ value, said: saidValue(value) }));

/** What a value of a fact is called. One that is new to this app is shown as it stands. */
export function saidValue(value: string): string {
  switch (value) {
    case "not_asked":
      return t("Not asked");
    case "cannot":
      return t("They cannot decide this");
    case "under16":
      return t("Under 16");
    case "16-17":
      return t("16 or 17");
    case "female":
      return t("A woman");
    case "male":
      return t("A man");
    case "other":
      return t("Something else");
    case "labour":
      return t("Work");
    case "sexual":
      return t("Sexual");
    case "criminal":
      return t("Crime for others");
    case "domestic":
      return t("Work in a home");
    case "organ":
      return t("Organs");
    case "forced_marriage":
      return t("Forced marriage");
    case "begging":
      return t("Begging");
    case "financial":
      return t("Money or benefits");
    default:
      return saidPlainly(value);
  }
}
