/** What is sent of a check: nothing of a route or a part that was left behind. */
import { expect, it } from "vitest";

import { openShelf } from "./opened-check.ts";

const yes = { answer: "yes", known: ["seen"] } as const;

async function atAHome() {
  const shelf = await openShelf();
  const { asItGoes } = await import("../../src/check/as-it-goes.ts");
  shelf.begin("workplace", { setting: "domestic-work" });
  shelf.aboutWhom("adult");
  const { routes, parts } = shelf.checklist.value!;
  const own = parts["domestic-work"]!.routes.adult!.items.find((id) => !routes.adult!.items.includes(id))!;
  shelf.record(own, yes);
  return { ...shelf, asItGoes, own };
}

it("sends the chosen part and what was answered of it", async () => {
  const shelf = await atAHome();
  expect(shelf.asItGoes()).toMatchObject({ facts: { setting: "domestic-work" }, answers: { [shelf.own]: yes } });
});

it("sends no setting that nobody chose, and none of the parts as none", async () => {
  const shelf = await atAHome();
  shelf.settle({ setting: "any" });
  expect(shelf.asItGoes().facts).not.toHaveProperty("setting");
  expect(shelf.asItGoes().answers).toEqual({});
});

it("sends no part of a person's work when it turned out to be a place, and keeps it in the draft", async () => {
  const shelf = await atAHome();
  expect(shelf.aboutWhom("place")).toBe(true);
  expect(shelf.draft.value!.facts).toHaveProperty("setting", "domestic-work");
  expect(shelf.asItGoes().facts).not.toHaveProperty("setting");
});
