/** The coded part is made of closed lists only: nothing a person typed can get into it. */
import { expect, it } from "vitest";

import { canonicalJson } from "../../src/screening/canonical.ts";
import { compose, NotComposed, partOfDay } from "../../src/sending/compose.ts";
import { referenceOf } from "../../src/sending/reference.ts";
import type { Draft } from "../../src/storage/drafts.ts";
import { areas, draft, pathway, result } from "./phone.ts";

const made = (changes: Partial<Record<keyof Draft, unknown>> = {}) =>
  compose({ draft: { ...draft, ...changes } as Draft, result, pathway, areas, language: "ar" });

it("is as the wire has it", () => {
  expect(made({ raised: { to: "strong", why: "worry" } })).toEqual({
    v: 1,
    checklist: draft.checklist,
    pathway: draft.pathway,
    answers: { A1: { answer: "yes", known: ["seen", "heard"] }, A2: { answer: "no" } },
    facts: { subject: "person", danger: "none", parent_care: "unknown" },
    result: { concern: "some", could_be: "strong", flags: ["labour_rights"] },
    raised: { to: "strong", why: "worry" },
    actions: [["coordinator.send", "today"]],
    area: "S12000049",
    setting: "any",
    day: "2026-11-22",
    part_of_day: "afternoon",
    reach: "ring",
    language: "ar",
  });
});

it("takes in nothing that was typed", () => {
  const typed = "MARKER a name";
  const coded = made({
    answers: {
      A1: { answer: "yes", known: [typed], note: typed },
      A2: { answer: typed },
      A3: { answer: "no", known: ["seen"] },
    },
    facts: { subject: typed, danger: ["none", typed], invented: "yes", concern: "strong" },
    raised: { to: "some", why: typed },
    checklist: { ...draft.checklist, note: typed },
    note: { ...draft.note, where: typed },
  });
  expect(canonicalJson(coded)).not.toContain("MARKER");
  expect(coded.answers).toEqual({ A1: { answer: "yes" }, A3: { answer: "no" } });
  expect(coded.facts).toEqual({});
  expect(coded.raised).toBeUndefined();
});

it("rolls a small area up before anything is sent", () => {
  expect(made({ area: "S12000023" }).area).toBe("PD-N");
});

it.each([
  ["area", { area: undefined }],
  ["area", { area: "somewhere" }],
  ["reach", { reach: undefined }],
])("is not made without %s", (missing, changes) => {
  expect(() => made(changes)).toThrow(NotComposed);
  expect(() => made(changes)).toThrow(missing);
});

it("says the part of the day by the phone's clock", () => {
  expect([0, 5, 6, 11, 12, 17, 18, 23].map((hour) => partOfDay(new Date(2026, 0, 1, hour)))).toEqual([
    "night",
    "night",
    "morning",
    "morning",
    "afternoon",
    "afternoon",
    "evening",
    "evening",
  ]);
});

it("has a reference anyone can say", () => {
  expect(referenceOf("00000000-00ff-4000-8000-000000000000")).toBe("HD-0000-0000");
  expect(referenceOf("ffffffff-ff00-4000-8000-000000000000")).toBe("HD-ZZZZ-ZZZZ");
});
