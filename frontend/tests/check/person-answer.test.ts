/** A turned polarity would turn a safeguarding result: what the person taps is turned by what their yes means, and kept so. */
import { expect, it } from "vitest";

import { turnPersonAnswer } from "../../src/screening/screen.ts";
import { checklist, checklistIds } from "../screening/definitions.ts";
import { beginAdult, openShelf } from "./opened-check.ts";

const asked = checklistIds().flatMap((id) =>
  Object.entries(checklist(id).indicators).filter(([, sign]) => sign.person_question),
);

it.each(asked)("%s: yes and no change places exactly where a yes means no sign", (_id, sign) => {
  const turned = sign.person_yes_means === "no_sign";
  expect(turnPersonAnswer(sign, "yes")).toBe(turned ? "no" : "yes");
  expect(turnPersonAnswer(sign, "no")).toBe(turned ? "yes" : "no");
  for (const other of ["dont_know", "declined"] as const) expect(turnPersonAnswer(sign, other)).toBe(other);
});

async function atCheck() {
  const shelf = await openShelf();
  beginAdult(shelf);
  return { shelf, ...(await import("../../src/check/person-answer.ts")) };
}

it("what the person tapped is kept as the worker's answer, and a sign is then known from them", async () => {
  const { shelf, recordPersonAnswer } = await atCheck();
  const { "little-or-no-pay": pay, "debt-cannot-be-paid": debt } = shelf.checklist.value!.indicators;
  recordPersonAnswer("little-or-no-pay", pay!, "no");
  recordPersonAnswer("debt-cannot-be-paid", debt!, "yes");
  const known = { answer: "yes", known: ["person_said"] };
  expect(shelf.draft.value!.answers).toEqual({ "little-or-no-pay": known, "debt-cannot-be-paid": known });
  recordPersonAnswer("little-or-no-pay", pay!, "yes");
  recordPersonAnswer("debt-cannot-be-paid", debt!, "declined");
  expect(shelf.draft.value!.answers).toEqual({
    "little-or-no-pay": { answer: "no" },
    "debt-cannot-be-paid": { answer: "declined" },
  });
});

it("a yes of before, known otherwise, becomes what the person says", async () => {
  const { shelf, recordPersonAnswer } = await atCheck();
  const sign = shelf.checklist.value!.indicators["debt-cannot-be-paid"]!;
  shelf.record("debt-cannot-be-paid", { answer: "yes", known: ["other_said"] });
  recordPersonAnswer("debt-cannot-be-paid", sign, "yes");
  expect(shelf.draft.value!.answers["debt-cannot-be-paid"]?.known).toEqual(["person_said"]);
});

it("a danger that was ruled out is open again when the person says that it is there", async () => {
  const { shelf, recordPersonAnswer } = await atCheck();
  const [id, sign] = Object.entries(shelf.checklist.value!.indicators).find(
    ([, one]) => one.person_question && one.person_yes_means === "sign" && one.marks.includes("danger"),
  )!;
  expect(shelf.draft.value!.facts["danger"]).toBe("none");
  recordPersonAnswer(id, sign, "yes");
  expect(shelf.draft.value!.facts["danger"]).toBe("unknown");
});

it("a card is offered for what is told, has a question, and concerns an adult who was met", async () => {
  const { shelf, mayShow } = await atCheck();
  const { "debt-cannot-be-paid": debt, "made-to-break-law": made } = shelf.checklist.value!.indicators;
  expect(mayShow(debt!, "told")).toBe(true);
  expect(mayShow(debt!, "seen")).toBe(false);
  expect(mayShow(debt!, "offered")).toBe(false);
  expect(mayShow(made!, "told")).toBe(false);
  shelf.settle({ contact: "remote" });
  expect(mayShow(debt!, "told")).toBe(false);
  shelf.settle({ contact: "in_person", age: "unsure" });
  expect(mayShow(debt!, "told")).toBe(false);
});

it("the language that the person chose belongs to one check and is kept nowhere", async () => {
  const { shelf } = await atCheck();
  const { choosePersonLanguage, personLanguage } = await import("../../src/check/person-language.ts");
  const words = { locale: "ar", dir: "rtl", state: "draft by machine", messages: {} } as const;
  choosePersonLanguage(words);
  expect(personLanguage.value).toEqual(words);
  await shelf.written();
  expect(JSON.stringify(shelf.draft.value)).not.toContain("rtl");
  beginAdult(shelf);
  expect(personLanguage.value).toBeUndefined();
});
