import { expect, test } from "vitest";
import { evaluate } from "../../src/screening/concern.ts";
import { everywhere, height } from "./ladders.ts";

test("another yes never lowers the level", () => {
  everywhere((ladder, answers, scores) => {
    const before = evaluate(ladder, answers, scores);
    for (const id of ladder.items) {
      const after = evaluate(ladder, { ...answers, [id]: "yes" }, scores);
      expect(height(ladder, after.concern)).toBeGreaterThanOrEqual(height(ladder, before.concern));
    }
  });
});

test("what it could become is never below what it is", () => {
  everywhere((ladder, answers, scores) => {
    const { concern, could_be } = evaluate(ladder, answers, scores);
    expect(height(ladder, could_be)).toBeGreaterThanOrEqual(height(ladder, concern));
  });
});
