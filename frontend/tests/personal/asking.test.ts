/** What a field of the note is asked, what keeping silences, and what taking out leaves. */
import { describe, expect, it } from "vitest";

import { isBeingTyped, nameOf, questions, takeOut } from "../../src/personal/asking.ts";
import { KINDS } from "../../src/personal/kinds.ts";
import { packFor } from "../../src/personal/packs.ts";
import { saidFound } from "../../src/personal/said.ts";

const PACK = packFor("scotland");
const NONE: ReadonlySet<string> = new Set();
const EVERYTHING =
  "Maria Nowak, 03/04/1991, 0141 496 0123, m@example.org, example.org/m, G2 1DU, 9434765919, 0101500009, AB123456C";
const kinds = (field: "where" | "reach_me", kept = NONE): string[] =>
  questions(field, EVERYTHING, PACK, kept).map(({ kind }) => kind);

describe("questions", () => {
  it("asks about everything that looks personal, in the order of the text", () => {
    expect(questions("where", "Ask Maria Nowak, 0141 496 0123", PACK, NONE)).toEqual([
      { kind: "name_pair", start: 4, end: 15, text: "Maria Nowak" },
      { kind: "phone", start: 17, end: 30, text: "0141 496 0123" },
    ]);
    expect(new Set(kinds("where"))).toEqual(new Set(KINDS));
  });

  it("does not ask whether the worker's own number and address are needed to reach the worker", () => {
    expect(kinds("reach_me")).toEqual(["name_pair", "date", "nhs_number", "chi_number", "ni_number"]);
  });

  it("is silent about this very text of this kind once it is kept, and about nothing else", () => {
    const kept = new Set([nameOf({ kind: "phone", text: "0141 496 0123" })]);
    const ask = (text: string): string[] => questions("where", text, PACK, kept).map((one) => one.text);
    expect(ask("0141 496 0123")).toEqual([]);
    expect(ask("Later 0141 496 0123, 0141 496 0123")).toEqual([]);
    expect(ask("0141 496 0124")).toEqual(["0141 496 0124"]);
    expect(kinds("where", new Set([nameOf({ kind: "date", text: "Maria Nowak" })]))).toContain("name_pair");
  });
});

describe("a word that is being typed", () => {
  const [found] = questions("where", "at 0141 496 0123 now", PACK, NONE);
  it.each([
    ["before it", 2, false],
    ["at its start", 3, false],
    ["in it", 8, true],
    ["at its end", 16, true],
    ["one space on", 17, false],
  ])("with the caret %s", (_, caret, typed) => {
    expect(isBeingTyped(found!, caret)).toBe(typed);
  });
});

it("takes out exactly what was found, and knows the whole for putting it back", () => {
  const text = "Ask Maria Nowak. Not Maria Nowak’s friend.";
  const [one] = questions("where", text, PACK, NONE);
  expect(takeOut(text, one!)).toEqual({ question: one, before: text, rest: "Ask . Not Maria Nowak’s friend." });
  const [arabic] = questions("where", "رقم ٠٧٧٠٠ ٩٠٠١٢٣ مساء", PACK, NONE);
  expect(takeOut("رقم ٠٧٧٠٠ ٩٠٠١٢٣ مساء", arabic!).rest).toBe("رقم  مساء");
});

it("says of each kind what it looks like, as a likeness, each in its own words", () => {
  const said = KINDS.map(saidFound);
  expect(new Set(said).size).toBe(KINDS.length);
  for (const one of said) expect(one).toMatch(/^This looks like an? .*:$/);
});
