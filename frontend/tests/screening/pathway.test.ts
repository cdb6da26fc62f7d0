import { expect, test } from "vitest";
import { actions, openQuestions, withDefaults } from "../../src/screening/pathway.ts";
import { pathway } from "./definitions.ts";

const scotland = pathway("scotland");

test("an age that nobody gave is read as not sure, and a place has none", () => {
  expect(withDefaults(scotland, {})).toMatchObject({ subject: "person", age: "unsure" });
  expect(withDefaults(scotland, { subject: "place" })["age"]).toBe("not_a_person");
  expect(withDefaults(scotland, { age: "adult" })["age"]).toBe("adult");
});

test("consent never changes what is done for a child", () => {
  for (const age of ["under16", "16-17", "unsure"]) {
    for (const concern of ["none", "low", "some", "strong"]) {
      const plain = actions(scotland, { age, concern });
      for (const consent of scotland.facts["consent"]!.values) {
        expect(actions(scotland, { age, concern, consent })).toEqual(plain);
      }
    }
  }
});

test("questions open in the order of the pack, and only when they matter", () => {
  const first = openQuestions(scotland, {});
  expect(first).toEqual(["subject", "age", "danger", "contact", "alone"]);
  const late = openQuestions(scotland, { age: "adult", concern: "some" });
  expect(late).toEqual(expect.arrayContaining(["safe_tonight", "support_ok", "consent", "coop"]));
  expect(late.indexOf("support_ok")).toBeLessThan(late.indexOf("consent"));
  expect(openQuestions(scotland, { age: "under16", concern: "some" })).not.toContain("consent");
});

test("one action asked for twice keeps its most urgent time and every rule", () => {
  const [led] = actions(scotland, { age: "under16", concern: "some", danger: "ongoing" });
  expect(led).toEqual({ action: "child.protect", urgency: "now", rules: ["R02a", "R02b"] });
});
