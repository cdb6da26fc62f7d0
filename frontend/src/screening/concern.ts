/**
 * What the recorded signs add up to: a level of concern, what it could still become, and the flags.
 * A level says how many and which signs were recorded. It must never be read as a finding about a person, and a further
 * yes must never lower it.
 */
import type { Answers, Concern, Ladder, LadderExpression, Outcome, Scores } from "./types.ts";

/** From the weakest to the strongest. */
const LEVELS: readonly Concern[] = ["none", "low", "some", "strong"];

/** Truth as a number, so that `all` is the least of its parts and `any` the greatest. */
export const NEGATIVE = 0;
export const INDETERMINATE = 1;
export const POSITIVE = 2;
export const OUTCOMES: readonly Outcome[] = ["negative", "indeterminate", "positive"];

/** The first rung that holds whatever the open answers turn out to be, and the first that is not yet ruled out. */
export interface Evaluation {
  readonly concern: Concern;
  readonly could_be: Concern;
  readonly flags: Readonly<Record<string, boolean>>;
}

/**
 * The level of a compiled ladder (rule: content/ladders.yaml).
 *
 * @param answers by id; a missing one is not asked, and ids that the ladder does not hold are ignored.
 * @param scores outcomes of scores by name; one that is not given is indeterminate.
 */
export function evaluate(ladder: Ladder, answers: Answers, scores: Scores): Evaluation {
  const rungs = ladder.rungs.map(({ level, when }) => ({ level, truth: truthOf(when, ladder, answers, scores) }));
  return {
    concern: rungs.find(({ truth }) => truth === POSITIVE)?.level ?? ladder.floor,
    could_be: rungs.find(({ truth }) => truth !== NEGATIVE)?.level ?? ladder.floor,
    flags: Object.fromEntries(
      Object.entries(ladder.flags).map(([name, when]) => [name, truthOf(when, ladder, answers, scores) === POSITIVE]),
    ),
  };
}

/** POSITIVE, INDETERMINATE or NEGATIVE for one all / any / count / score expression of a ladder. */
export function truthOf(expression: LadderExpression, ladder: Ladder, answers: Answers, scores: Scores): number {
  const truth = (part: LadderExpression) => truthOf(part, ladder, answers, scores);
  if ("all" in expression) return Math.min(...expression.all.map(truth));
  if ("any" in expression) return Math.max(...expression.any.map(truth));
  if ("score" in expression) return OUTCOMES.indexOf(scores[expression.score] ?? "indeterminate");
  const { set, at_least } = expression.count;
  return countTruth(ladder.sets[set]!, ladder.fold, answers, at_least);
}

/** Whether the arithmetic must allow for both: anything but a plain yes or no, and a question never asked. */
export function isUnknown(answer: string | undefined): boolean {
  return answer !== "yes" && answer !== "no";
}

/** The higher of two levels of concern. */
export function stronger(one: Concern, other: Concern): Concern {
  return LEVELS.indexOf(one) < LEVELS.indexOf(other) ? other : one;
}

/** What a sign counts as: its fold key, or itself. A key that reads like the id of a sign is still another thing. */
export function foldKey(fold: Ladder["fold"], sign: string): string {
  return fold[sign] === undefined ? sign : `=${fold[sign]}`;
}

function countTruth(members: readonly string[], fold: Ladder["fold"], answers: Answers, atLeast: number): number {
  // Two questions about one thing count once, so keys are counted and not questions.
  const sure = new Set<string>();
  const possible = new Set<string>();
  for (const member of members) {
    const answer = answers[member];
    if (answer === "no") continue;
    possible.add(foldKey(fold, member));
    if (answer === "yes") sure.add(foldKey(fold, member));
  }
  if (sure.size >= atLeast) return POSITIVE;
  return possible.size < atLeast ? NEGATIVE : INDETERMINATE;
}
