/** Late questions: each in the card that needs it, none lost, and none that records what was not said. */
import { describe, expect, it } from "vitest";

import { questionAtOnce } from "../../src/check/asked-at-once.ts";
import { questionOf, questionsByCard, saidValue } from "../../src/check/questions.ts";
import { openQuestions } from "../../src/screening/pathway.ts";
import { screen } from "../../src/screening/screen.ts";
import { checklist, pathway } from "../screening/definitions.ts";

const pack = pathway("scotland");
const list = checklist("first-look");

describe("where a question stands", () => {
  it("loses no open question: each is in one card on the page, or below them all", () => {
    const yes = { "home-taken-over": "yes", "debt-cannot-be-paid": "yes", "threatened-now": "yes" };
    for (const age of ["adult", "unsure"])
      for (const consent of ["not_asked", "yes", "no"]) {
        const found = screen(list, pack, yes, { subject: "person", age, consent, contact: "in_person" });
        const open = openQuestions(pack, found.facts);
        const cards = found.actions.map(({ action }) => action);
        const placed = questionsByCard(open, cards, found.facts);
        expect(Object.keys(placed).filter((card) => card && !cards.includes(card))).toEqual([]);
        const here = Object.values(placed).flat();
        expect(new Set(here).size).toBe(here.length);
        const elsewhere = ["subject", "contact", "conflict", "alone", ...(age === "adult" ? ["age"] : [])];
        const expected = open.filter((fact) => !elsewhere.includes(fact));
        expect(here.toSorted()).toEqual(expected.filter((fact) => fact !== "danger" || cards.includes("danger.ask")).toSorted());
      }
  });

  it("asks about danger again only where the card asks for it", () => {
    expect(questionsByCard(["danger"], ["emergency.call"], {})).toEqual({});
    expect(questionsByCard(["danger"], ["danger.ask"], {})).toEqual({ "danger.ask": ["danger"] });
  });

  it("does not ask the years of an adult", () => {
    expect(questionsByCard(["age"], [], { age: "adult" })).toEqual({});
    expect(questionsByCard(["age"], [], { age: "unsure" })).toEqual({ "": ["age"] });
  });
});

describe("what can be answered", () => {
  const asked = Object.keys(pack.facts).filter((fact) => pack.facts[fact]!.how === "asked");

  it.each([...asked, "exploitation"])("offers only values that the pack lists, each with a name of its own: %s", (fact) => {
    const { ask, choices } = questionOf(fact, pack);
    expect(ask).not.toBe("");
    const values = choices.map(({ value }) => value);
    expect(values.filter((value) => !pack.facts[fact]!.values.includes(value))).toEqual([]);
    expect(new Set(choices.map(({ said }) => said)).size).toBe(choices.length);
  });

  it("never offers to call a child an adult at the late question, or a person a place", () => {
    expect(questionOf("age", pack).choices.map(({ value }) => value)).toEqual(["under16", "16-17", "unsure"]);
  });

  it("offers now, goes on, and not that I know", () => {
    expect(questionAtOnce("danger")!.choices.map(({ value }) => value)).toEqual(["now", "ongoing", "none"]);
  });

  it("keeps not sure apart from not asked", () => {
    expect(saidValue("unknown")).not.toBe(saidValue("not_asked"));
  });
});
