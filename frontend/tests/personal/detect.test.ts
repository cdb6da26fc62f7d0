/** What holds for every text: offsets that fit, no overlaps, the same answer twice, and time that grows with length. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { detect } from "../../src/personal/detect.ts";
import { KINDS } from "../../src/personal/kinds.ts";
import { PACKS, packFor } from "../../src/personal/packs.ts";
import { plain } from "../../src/personal/plain.ts";

const PIECES = [
  "0141 496 0123", "+44 (0)7700 900123", "٠٧٧٠٠٩٠٠١٢٣", "maria@example.org", "https://example.org/a", "03/04/1991",
  "3 April 1991", "G2 1DU", "943 476 5919", "010150 0009", "AB123456C", "Maria Nowak", "van", "Govan Road", "born",
  " ", "\n", ". ", "-", "(", "/", "@", "dot", "at", "1", "0", "é", "e\u0301", "مريم", "\u200f", "\ud83d", "😀", "𝟎",
];
const texts = fc.oneof(
  fc.string({ unit: "binary", maxLength: 600 }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((some) => some.join("")),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((some) => some.join(" ")),
);

describe.each(Object.entries(PACKS))("with the pack %s", (_, pack) => {
  it("marks stretches that lie in the text, in order, apart from each other, and cuts no character in two", () => {
    fc.assert(
      fc.property(texts, (text) => {
        let last = 0;
        for (const { kind, start, end } of detect(text, pack)) {
          expect(KINDS).toContain(kind);
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          for (const edge of [start, end]) expect(text.slice(edge - 1, edge + 1)).not.toMatch(/^[\ud800-\udbff][\udc00-\udfff]$/);
          last = end;
        }
      }),
      { numRuns: 400 },
    );
  });

  it("says the same of the same text, whatever was looked at before", () => {
    fc.assert(
      fc.property(texts, texts, (text, other) => {
        const first = detect(text, pack);
        detect(other, pack);
        expect(detect(text, pack)).toEqual(first);
      }),
      { numRuns: 100 },
    );
  });
});

/** What makes a careless pattern try every cut of a run: with one that does, this file never ends. */
const RUNS = [
  "1", "0", "1 ", "07", "+", "+1 ", "(", "a", "a.", "a@", "a@a.", "-", "A ", "Ab ", "Ab-", "A.", "van ", "at ",
  "a at ", "http://", "www.", "3 ", "3/", "born ", " ", "\u200f", "م",
];

it.each(RUNS)("comes to an end with a long run of %j", (run) => {
  const found = detect(`x${run.repeat(20_000 / run.length)}!`, packFor("scotland"));
  for (const { start, end } of found) expect(end).toBeGreaterThan(start);
});

it("keeps the place of every character it makes plain", () => {
  expect(plain("a\u200f٣\u00a0𝟕–")).toEqual({ text: "a3 7-", starts: [0, 2, 3, 4, 6], ends: [1, 3, 4, 6, 7] });
});

it("has the pack of a nation, and what all share where there is none", () => {
  expect(packFor("scotland")).toBe(PACKS["uk"]);
  expect(packFor("usa")).toBe(PACKS["base"]);
});
