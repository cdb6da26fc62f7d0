import { expect, test } from "vitest";
import { evaluate } from "../../src/screening/concern.ts";
import { narrowedLadder } from "../../src/screening/narrowing.ts";
import { NoSuchRoute, screen, turnPersonAnswer } from "../../src/screening/screen.ts";
import type { Facts } from "../../src/screening/types.ts";
import { checklist, checklistIds, pathway } from "./definitions.ts";

const firstLook = checklist("first-look");
const scotland = pathway("scotland");

test("the age chooses the route, and an age that nobody knows is a child's", () => {
  const routeOf = (facts: Record<string, string>) => screen(firstLook, scotland, {}, facts).route;
  expect(routeOf({ age: "adult" })).toBe("adult");
  for (const facts of [{}, { age: "unsure" }, { age: "under16" }, { age: "16-17" }]) {
    expect(routeOf(facts)).toBe("child_or_unsure");
  }
  expect(screen(checklist("place"), scotland, {}, {}).route).toBe("place");
});

test("a checklist without a route for the age says so", () => {
  expect(() => screen(checklist("adult"), scotland, {}, { age: "under16" })).toThrow(NoSuchRoute);
});

test("a sign that only counts for an adult still counts while the age is not sure", () => {
  const { ladders, items } = firstLook.routes.child_or_unsure!;
  const signs = Object.fromEntries(items.map((item) => [item, firstLook.indicators[item]!]));
  const [adult, child] = ["adult", "child"].map((name) =>
    narrowedLadder(ladders.find((one) => one.name === name)!.ladder, signs),
  );
  const answers = { "little-or-no-pay": "yes", "debt-cannot-be-paid": "yes" };
  const unsure = screen(firstLook, scotland, answers, { age: "unsure" });
  const levels = [evaluate(adult!, answers, {}).concern, evaluate(child!, answers, {}).concern];
  expect(levels).toContain(unsure.concern);
  expect(unsure.ladder).toBe("adult");
  expect(screen(firstLook, scotland, answers, { age: "under16" }).ladder).toBe("child");
});

test("a parent's ordinary care does not count, once the worker has said that it is that", () => {
  const answers = { "always-with-minder": "yes" };
  const facts = { age: "under16", parent_care: "yes" };
  expect(screen(firstLook, scotland, answers, facts).ladder).toBe("child-with-parent");
  expect(screen(firstLook, scotland, answers, facts).concern).toBe("low");
});

test("a raised concern lifts what to do and leaves what was screened; it never lowers anything", () => {
  const plain = screen(firstLook, scotland, {}, { age: "adult" });
  const raised = screen(firstLook, scotland, {}, { age: "adult", raised: "some" });
  expect([plain.concern, raised.concern, raised.facts["concern"]]).toEqual(["none", "none", "some"]);
  expect(raised.actions.map(({ action }) => action)).toContain("coordinator.send");
  const strong = screen(firstLook, scotland, { "locked-in-or-guarded": "yes" }, { age: "adult", raised: "some" });
  expect(strong.facts["concern"]).toBe(strong.concern);
});

test("danger now always leads with the emergency call", () => {
  for (const id of checklistIds()) {
    const age: Facts = checklist(id).routes.adult ? { age: "adult" } : {};
    expect(screen(checklist(id), scotland, {}, { ...age, danger: "now" }).actions[0]?.action).toBe("emergency.call");
  }
});

test("the person's answer is turned where a yes means no sign, and only there", () => {
  const turned = { ...firstLook.indicators["no-access-to-id"]!, person_yes_means: "no_sign" } as const;
  const plain = { ...turned, person_yes_means: "sign" } as const;
  const { person_yes_means: _, ...without } = turned;
  const given = ["yes", "no", "declined"] as const;
  expect(given.map((answer) => turnPersonAnswer(turned, answer))).toEqual(["no", "yes", "declined"]);
  expect(turnPersonAnswer(plain, "yes")).toBe("yes");
  expect(() => turnPersonAnswer(without, "yes")).toThrow(TypeError);
});
