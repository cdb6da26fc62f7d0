/** What codes are called: nothing is promised, nobody is judged, and no code reaches the screen. */
import { expect, it } from "vitest";

import { saidAnswer, saidConcern, saidState } from "../../src/words/said.ts";

it("never says that no sign means no risk", () => {
  const said = (["strong", "some", "low", "none"] as const).map(saidConcern).join(" ");
  expect(said).not.toMatch(/risk|victim|traffick|safe|not /i);
});

it("does not let stored sound as if somebody acts", () => {
  expect(saidState("stored")).toBe("Stored. No person has read it yet.");
});

it("tells what was not asked from what nobody wanted to say", () => {
  expect(new Set([undefined, "declined", "dont_know", "no", "yes"].map(saidAnswer)).size).toBe(5);
  expect(saidAnswer("not_asked")).toBe(saidAnswer(undefined));
});
