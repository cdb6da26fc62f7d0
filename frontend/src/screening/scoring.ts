/**
 * Answers to scores with bounds, for the five published kinds of rule. An unknown answer is never taken as a no: every
 * score says the least and the most it could be, and `as_recorded` gives the published reading beside it.
 */
import { INDETERMINATE, NEGATIVE, OUTCOMES, POSITIVE, isUnknown } from "./concern.ts";
import type {
  Answers,
  CountAtLeast,
  DimensionExpression,
  ElementCoverage,
  Outcome,
  ScoreContext,
  ScoreDefinition,
  ScoreResult,
  Strength,
  StrengthCombination,
  WeightedBands,
} from "./types.ts";

const STRENGTHS: readonly Strength[] = ["strong", "medium", "weak"];

/**
 * The result of one definition; its type decides the rule and the keys that come back.
 *
 * @param answers by id (missing is not asked); for `dimension_combination` the outcome of each dimension.
 * @param context for `element_coverage` the age group; none is unknown.
 * @throws TypeError for a type that is not known.
 */
export function score(definition: ScoreDefinition, answers: Answers, context: ScoreContext = {}): ScoreResult {
  switch (definition.type) {
    case "count_at_least":
      return countAtLeast(definition, answers);
    case "weighted_bands":
      return weightedBands(definition, answers);
    case "strength_combination":
      return strengthCombination(definition, answers);
    case "dimension_combination":
      return { outcome: OUTCOMES[combined(definition.expression, answers)]! };
    case "element_coverage":
      return elementCoverage(definition, answers, context);
    default:
      throw new TypeError(`${(definition as { type: string }).type} is not a type of score`);
  }
}

function countAtLeast({ items, k }: CountAtLeast, answers: Answers): ScoreResult {
  const given = items.map((id) => answers[id]);
  const low = given.filter((answer) => answer === "yes").length;
  const unknown = given.filter(isUnknown).length;
  return {
    outcome: outcome(low >= k, low + unknown >= k),
    as_recorded: outcome(low >= k, false),
    score_min: low,
    score_max: low + unknown,
    answered: given.length - unknown,
    of: given.length,
  };
}

function weightedBands({ items, bands }: WeightedBands, answers: Answers): ScoreResult {
  let [low, high, answered] = [0, 0, 0];
  for (const item of items) {
    const points: Readonly<Record<string, number>> = { no: 0, ...item.points };
    const given = points[answers[item.id] ?? "not_asked"];
    if (given === undefined) {
      low += Math.min(...Object.values(points));
      high += Math.max(...Object.values(points));
    } else {
      low += given;
      high += given;
      answered += 1;
    }
  }
  // The highest band whose `min` is reached; the lowest band when none is.
  const rising = [...bands].sort((one, other) => one.min - other.min);
  const band = (points: number) => (rising.findLast(({ min }) => min <= points) ?? rising[0]!).id;
  return {
    outcome: band(low) === band(high) ? band(low) : OUTCOMES[INDETERMINATE]!,
    as_recorded: band(low),
    band_min: band(low),
    band_max: band(high),
    score_min: low,
    score_max: high,
    answered,
    of: items.length,
  };
}

type Counts = Readonly<Record<Strength, number>>;

function strengthCombination({ items, accept }: StrengthCombination, answers: Answers): ScoreResult {
  // Questions that share an ILO item are one indicator: yes if any is yes, unknown if any might be.
  const folded = new Map<string, { strength: Strength; low: boolean; high: boolean }>();
  for (const { id, ilo_item: key = id, strength } of items) {
    const { low, high } = folded.get(key) ?? { low: false, high: false };
    folded.set(key, { strength, low: low || answers[id] === "yes", high: high || answers[id] !== "no" });
  }
  const counts = (end: "low" | "high"): Counts => {
    const found = { strong: 0, medium: 0, weak: 0 };
    for (const one of folded.values()) found[one.strength] += Number(one[end]);
    return found;
  };
  const [least, most] = [counts("low"), counts("high")];
  return {
    outcome: outcome(accepted(accept, least), accepted(accept, most)),
    as_recorded: outcome(accepted(accept, least), false),
    counts_min: least,
    counts_max: most,
  };
}

/** Whether one of the combinations is there; `medium_or_weak` counts what the named ones have not used up. */
function accepted(ways: StrengthCombination["accept"], counts: Counts): boolean {
  return ways.some((way) => {
    const left = (name: Strength) => counts[name] - (way[name] ?? 0);
    return STRENGTHS.every((name) => left(name) >= 0) && left("medium") + left("weak") >= (way.medium_or_weak ?? 0);
  });
}

function combined(expression: DimensionExpression, outcomes: Answers): number {
  if (typeof expression === "string") return OUTCOMES.indexOf((outcomes[expression] ?? "indeterminate") as Outcome);
  return "all" in expression
    ? Math.min(...expression.all.map((part) => combined(part, outcomes)))
    : Math.max(...expression.any.map((part) => combined(part, outcomes)));
}

function elementCoverage(definition: ElementCoverage, answers: Answers, context: ScoreContext): ScoreResult {
  const elements = Object.fromEntries(
    Object.entries(definition.elements).map(([name, members]) => [name, anyOf(members, answers)]),
  );
  const required = definition.required[context.age_group ?? "unknown"]!;
  return {
    outcome: OUTCOMES[Math.min(...required.map((name) => elements[name]!))]!,
    elements: Object.fromEntries(Object.entries(elements).map(([name, truth]) => [name, OUTCOMES[truth]!])),
    required,
    missing: required.filter((name) => elements[name] === NEGATIVE),
    unknown: required.filter((name) => elements[name] === INDETERMINATE),
  };
}

function anyOf(members: readonly string[], answers: Answers): number {
  const given = members.map((id) => answers[id]);
  if (given.includes("yes")) return POSITIVE;
  return given.some(isUnknown) ? INDETERMINATE : NEGATIVE;
}

function outcome(atLeast: boolean, atMost: boolean): Outcome {
  return OUTCOMES[atLeast ? POSITIVE : atMost ? INDETERMINATE : NEGATIVE]!;
}
