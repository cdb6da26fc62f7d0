import { expect, test } from "vitest";
import { score } from "../../src/screening/scoring.ts";

test("a no that has no points of its own counts nothing, and a sum below every band is in the lowest", () => {
  const bands = [{ id: "high", min: 6 }, { id: "low", min: 2 }];
  const definition = { type: "weighted_bands", items: [{ id: "a", points: { yes: 3 } }], bands } as const;
  expect(score(definition, { a: "no" })).toMatchObject({ outcome: "low", score_max: 0, answered: 1 });
  expect(score(definition, {})).toMatchObject({ score_min: 0, score_max: 3, answered: 0 });
});

test("of two questions about one indicator a later no does not take back an earlier yes", () => {
  const items = (["a", "b"] as const).map((id) => ({ id, strength: "strong", ilo_item: "one" }) as const);
  const result = score({ type: "strength_combination", accept: [{ strong: 1 }], items }, { a: "yes", b: "no" });
  expect(result).toMatchObject({ outcome: "positive", counts_min: { strong: 1 } });
});

test("a type that is not known is refused, never scored as nothing", () => {
  expect(() => score({ type: "guess" } as never, {})).toThrow(TypeError);
});
