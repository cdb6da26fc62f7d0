/**
 * Why the level is what it is, and what could lift it. All contributing signs are the reasons; the sufficient set only
 * says what would have been enough and must never be shown alone.
 */
import { byCodePoint } from "./canonical.ts";
import { POSITIVE, evaluate, isUnknown, truthOf } from "./concern.ts";
import { firstOfSize, longest, recipesOf, wayTo, type Recipe, type Way } from "./recipes.ts";
import type { Answers, Concern, Ladder, LadderExpression, LadderLeaf, Scores } from "./types.ts";

/** More further questions than this help nobody: the answer is then "several". */
const MOST_TO_CHANGE = 4;

/** What `explain` gives back; every list of signs is in checklist order. */
export interface Explanation {
  readonly concern: Concern;
  /** Every yes in a satisfied part of the rung. */
  readonly contributors: readonly string[];
  /** The fewest yes answers that keep the level; ties by checklist order. */
  readonly sufficient: readonly string[];
  /** Open ids that a rung looks at. */
  readonly unknown: readonly string[];
  /** Only when the level could still rise: the fewest open ids that would lift it. */
  readonly change?: readonly string[] | "several";
  /** Only when relied on. */
  readonly scores?: readonly string[];
  readonly sufficient_scores?: readonly string[];
}

/** The reasons for the level of a compiled ladder; scores are held as given. */
export function explain(ladder: Ladder, answers: Answers, scores: Scores): Explanation {
  const { concern, could_be } = evaluate(ladder, answers, scores);
  const met = ladder.rungs.findIndex(({ level }) => level === concern);
  const seenByRungs = membersOf(ladder, ladder.rungs.flatMap(({ when }) => leavesOf(when, () => true)));
  const unknown = ladder.items.filter((id) => seenByRungs.has(id) && isUnknown(answers[id]));
  const stronger = met < 0 ? ladder.rungs : ladder.rungs.slice(0, met);
  return {
    concern,
    contributors: [],
    sufficient: [],
    unknown,
    ...(met >= 0 && reasons(ladder, ladder.rungs[met]!.when, answers, scores)),
    ...(could_be !== concern && { change: change(ladder, stronger, unknown, answers, scores) }),
  };
}

type Reasons = Pick<Explanation, "contributors" | "sufficient" | "scores" | "sufficient_scores">;

function reasons(ladder: Ladder, when: LadderExpression, answers: Answers, scores: Scores): Reasons {
  const leaves = leavesOf(when, (part) => truthOf(part, ladder, answers, scores) === POSITIVE);
  const members = membersOf(ladder, leaves);
  const given = yesIn(ladder, answers);
  const reliedOn = sorted(leaves.flatMap((leaf) => ("score" in leaf ? [leaf.score] : [])));
  const enough = sufficient(ladder, recipesOf(when), given, scores);
  return {
    contributors: given.filter((id) => members.has(id)),
    sufficient: enough?.ids ?? [],
    ...(reliedOn.length && { scores: reliedOn }),
    ...(enough?.scores.length && { sufficient_scores: enough.scores }),
  };
}

/** First signs alone, and only if those cannot, with the positive scores as given. */
function sufficient(ladder: Ladder, recipes: readonly Recipe[], given: readonly string[], scores: Scores) {
  const ways = waysTo(recipes, ladder, given);
  const signsAlone = ways.filter(({ recipe }) => !recipe.scores.size);
  const withScores = ways.filter(({ recipe }) => allPositive(recipe, scores));
  return fewest(signsAlone, ladder, given.length) ?? fewest(withScores, ladder, given.length);
}

function change(
  ladder: Ladder,
  strongerRungs: Ladder["rungs"],
  unknown: readonly string[],
  answers: Answers,
  scores: Scores,
): readonly string[] | "several" {
  const recipes = strongerRungs.flatMap(({ when }) => recipesOf(when)).filter((recipe) => allPositive(recipe, scores));
  return fewest(waysTo(recipes, ladder, unknown, yesIn(ladder, answers)), ladder, MOST_TO_CHANGE)?.ids ?? "several";
}

type WayTo = Way & { readonly recipe: Recipe };

function waysTo(recipes: readonly Recipe[], ladder: Ladder, offered: readonly string[], already?: readonly string[]): readonly WayTo[] {
  return recipes.flatMap((recipe) => {
    const way = wayTo(recipe, ladder, offered, already);
    return way ? [{ ...way, recipe }] : [];
  });
}

/** A set of signs that meets one recipe, with the scores of that recipe by name. */
interface Found {
  readonly ids: readonly string[];
  readonly scores: readonly string[];
}

/**
 * The smallest set that one of the ways leads to: of equals the first by place in the checklist, then the one with the
 * fewest scores, then by their names. Undefined when no set of at most `most` does.
 */
function fewest(ways: readonly WayTo[], ladder: Ladder, most: number): Found | undefined {
  const place = new Map(ladder.items.map((id, number) => [id, number]));
  const first = <T>(one: readonly T[], other: readonly T[], order: (a: T, b: T) => number) =>
    one.reduce((decided, part, at) => decided || order(part, other[at]!), 0);
  for (let size = 0; size <= Math.min(most, Math.max(-1, ...ways.map(longest))); size++) {
    const found = ways.flatMap((way): Found[] => {
      const ids = firstOfSize(way, size);
      return ids ? [{ ids, scores: sorted(way.recipe.scores) }] : [];
    });
    found.sort(
      (one, other) =>
        first(one.ids, other.ids, (a, b) => place.get(a)! - place.get(b)!) ||
        one.scores.length - other.scores.length ||
        first(one.scores, other.scores, byCodePoint),
    );
    if (found[0]) return found[0];
  }
  return undefined;
}

/** The leaves of an expression: of every part of an `all`, and of the parts of an `any` that `enter` lets in. */
function leavesOf(when: LadderExpression, enter: (part: LadderExpression) => boolean): readonly LadderLeaf[] {
  if ("all" in when) return when.all.flatMap((part) => leavesOf(part, enter));
  if ("any" in when) return when.any.filter(enter).flatMap((part) => leavesOf(part, enter));
  return [when];
}

function membersOf(ladder: Ladder, leaves: readonly LadderLeaf[]): ReadonlySet<string> {
  return new Set(leaves.flatMap((leaf) => ("count" in leaf ? ladder.sets[leaf.count.set]! : [])));
}

function allPositive(recipe: Recipe, scores: Scores): boolean {
  return [...recipe.scores].every((name) => scores[name] === "positive");
}

function yesIn(ladder: Ladder, answers: Answers): readonly string[] {
  return ladder.items.filter((id) => answers[id] === "yes");
}

function sorted(names: Iterable<string>): readonly string[] {
  return [...new Set(names)].sort(byCodePoint);
}
