/** Random ladders, answers and scores, small enough that every set of answers can be tried. */
import fc from "fast-check";
import type { Answers, Ladder, LadderExpression, Outcome, Scores } from "../../src/screening/types.ts";

const ITEMS = ["a", "b", "c", "d", "e", "f", "g"];
const SETS = ["p", "q", "r"];

const count = fc.record({ set: fc.constantFrom(...SETS), at_least: fc.integer({ min: 1, max: 3 }) });
const leaf: fc.Arbitrary<LadderExpression> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ count }) },
  { weight: 1, arbitrary: fc.record({ score: fc.constantFrom("one", "two") }) },
);
const group = (part: fc.Arbitrary<LadderExpression>): fc.Arbitrary<LadderExpression> => {
  const parts = fc.array(part, { minLength: 1, maxLength: 3 });
  return fc.oneof(part, fc.record({ all: parts }), fc.record({ any: parts }));
};
const expression = group(group(leaf));

const ladder: fc.Arbitrary<Ladder> = fc
  .record({
    rungs: fc.array(expression, { minLength: 1, maxLength: 3 }),
    sets: fc.record({ p: fc.subarray(ITEMS), q: fc.subarray(ITEMS), r: fc.subarray(ITEMS) }),
    fold: fc.dictionary(fc.constantFrom(...ITEMS), fc.constantFrom("k", "m"), { maxKeys: 4, noNullPrototype: true }),
  })
  .map(({ rungs, sets, fold }) => ({
    type: "ladder",
    items: ITEMS,
    sets,
    fold,
    rungs: rungs.map((when, at) => ({ level: (["strong", "some", "low"] as const)[at]!, when })),
    floor: "none",
    flags: {},
  }));

const answers: fc.Arbitrary<Record<string, string>> = fc.dictionary(
  fc.constantFrom(...ITEMS),
  fc.constantFrom("yes", "yes", "no", "dont_know", "declined", "not_asked"),
  { noNullPrototype: true },
);

const scores: fc.Arbitrary<Scores> = fc.dictionary(
  fc.constantFrom("one", "two"),
  fc.constantFrom<Outcome>("positive", "negative", "indeterminate"),
  { noNullPrototype: true },
);

/** Holds a property to 2 000 ladders, each with answers and scores; the seed is fixed, so a failure comes again. */
export function everywhere(property: (ladder: Ladder, answers: Answers, scores: Scores) => void): void {
  fc.assert(fc.property(ladder, answers, scores, property), { seed: 20261122, numRuns: 2000 });
}

/** How high a level stands on a ladder; the floor is 0. */
export function height(ladder: Ladder, level: string): number {
  const at = ladder.rungs.findIndex((rung) => rung.level === level);
  return at < 0 ? 0 : ladder.rungs.length - at;
}
