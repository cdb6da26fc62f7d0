/** What a yes asks for at once: what the definition says, when it says so, and nothing else. */
import { expect, it } from "vitest";

import { openShelf } from "./opened-check.ts";

async function opened(list: string) {
  const shelf = await openShelf();
  const asked = await import("../../src/check/asked-at-once.ts");
  shelf.begin(list);
  const signs = Object.values(shelf.checklist.value!.indicators);
  const marked = (mark: string) => signs.find(({ marks }) => (marks as readonly string[]).includes(mark))!;
  return { ...shelf, ...asked, marked, plain: signs.find(({ marks }) => !marks.length)! };
}

it("asks about danger with a dangerous sign, and nothing with a plain one", async () => {
  const shelf = await opened("child");
  expect(shelf.askedWith(shelf.marked("danger"))).toContain("danger");
  expect(shelf.askedWith(shelf.plain)).toEqual([]);
});

it("asks about a parent only of someone who may be a child", async () => {
  const shelf = await opened("first-look");
  const strict = shelf.marked("parent_exempt");
  shelf.aboutWhom("unsure");
  expect(shelf.askedWith(strict)).toContain("parent_care");
  shelf.settle({ age: "under16" });
  expect(shelf.askedWith(strict)).toContain("parent_care");
  shelf.aboutWhom("adult");
  expect(shelf.askedWith(strict)).not.toContain("parent_care");
});

it("takes who is nobody's adult yet for a child", async () => {
  const shelf = await opened("first-look");
  expect(shelf.draft.value!.facts).not.toHaveProperty("age");
  expect(shelf.askedWith(shelf.marked("parent_exempt"))).toContain("parent_care");
});

it("has the words for every fact that a shipped list asks for at once, and for no other", async () => {
  const shelf = await opened("child");
  for (const { fact } of shelf.checklist.value!.asks) expect(shelf.questionAtOnce(fact)?.choices.length).toBe(3);
  expect(shelf.questionAtOnce("something-newer")).toBeUndefined();
});
