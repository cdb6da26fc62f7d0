import { expect, test } from "vitest";
import { evaluate } from "../../src/screening/concern.ts";
import { explain } from "../../src/screening/explain.ts";
import type { Outcome, Scores } from "../../src/screening/types.ts";
import { everywhere, height } from "./ladders.ts";

test("without the contributors and the scores the level falls", () => {
  everywhere((ladder, answers, scores) => {
    const { concern, contributors, scores: relied = [] } = explain(ladder, answers, scores);
    if (concern === ladder.floor) {
      expect(contributors).toEqual([]);
      return;
    }
    const without = { ...scores, ...all<Outcome>(relied, "negative") };
    const less = evaluate(ladder, { ...answers, ...all(contributors, "no") }, without);
    expect(height(ladder, less.concern)).toBeLessThan(height(ladder, concern));
  });
});

test("the sufficient set alone keeps the level, and not without any one of its members", () => {
  everywhere((ladder, answers, scores) => {
    const { concern, sufficient, sufficient_scores = [] } = explain(ladder, answers, scores);
    const kept: Scores = { one: "negative", two: "negative", ...all<Outcome>(sufficient_scores, "positive") };
    const level = (ids: readonly string[]) =>
      evaluate(ladder, { ...all(ladder.items, "no"), ...all(ids, "yes") }, kept).concern;
    expect(level(sufficient)).toBe(concern);
    for (const id of sufficient) expect(level(sufficient.filter((other) => other !== id))).not.toBe(concern);
  });
});

test("the search finds what trying every set of signs finds", () => {
  everywhere((ladder, answers, scores) => {
    const found = explain(ladder, answers, scores);
    const yes = ladder.items.filter((id) => answers[id] === "yes");
    const levelOf = (ids: readonly string[], held: Scores) =>
      height(ladder, evaluate(ladder, { ...all(ladder.items, "no"), ...all(ids, "yes") }, held).concern);
    const now = height(ladder, found.concern);
    if (!found.sufficient_scores && now > 0) {
      const signsAlone = { one: "negative", two: "negative" } as const;
      expect(found.sufficient).toEqual(subsets(yes).find((ids) => levelOf(ids, signsAlone) === now));
    }
    if (found.change) {
      const lifts = subsets(found.unknown).find((ids) => ids.length <= 4 && levelOf([...yes, ...ids], scores) > now);
      expect(found.change).toEqual(lifts ?? "several");
    } else {
      expect(levelOf([...yes, ...found.unknown], scores)).toBe(now);
    }
  });
});

function all<V>(ids: readonly string[], value: V): Record<string, V> {
  return Object.fromEntries(ids.map((id) => [id, value]));
}

/** Every set of ids, the smaller first, and of equal size in checklist order. */
function subsets(ids: readonly string[]): readonly string[][] {
  const chosen = (bits: number) => ids.flatMap((_, at) => ((bits >> at) & 1 ? [at] : []));
  const every = [...Array(2 ** ids.length).keys()].map(chosen);
  every.sort((one, other) => {
    const at = one.findIndex((position, index) => position !== other[index]);
    return one.length - other.length || (at < 0 ? 0 : one[at]! - other[at]!);
  });
  return every.map((positions) => positions.map((at) => ids[at]!));
}
