/** Seven words, each of the whole list with the same chance. */
import { wordlist } from "@scure/bip39/wordlists/english.js";
import { expect, test, vi } from "vitest";

import { WORDS, newPassphrase, tidied } from "../../src/sealing/passphrase.ts";

test("seven words of the list", () => {
  const words = newPassphrase().split(" ");
  expect(words).toHaveLength(WORDS);
  for (const word of words) expect(wordlist).toContain(word);
});

test("the random numbers are the browser's, and eleven bits of each are used", () => {
  vi.spyOn(crypto, "getRandomValues").mockImplementation((numbers) => {
    (numbers as Uint16Array).set([0, 1, 0x7ff, 0x800, 0xffff, 0x0801, 0x7fe]);
    return numbers;
  });
  const at = (place: number): string => wordlist[place]!;
  expect(newPassphrase()).toBe([0, 1, 2047, 0, 2047, 1, 2046].map(at).join(" "));
});

test("two are not the same", () => {
  const made = new Set(Array.from({ length: 200 }, newPassphrase));
  expect(made.size).toBe(200);
});

test.each([
  ["  Alpha   BREAD\ncandy ", "alpha bread candy"],
  ["alpha, bread, candy", "alpha bread candy"],
  ["alpha-bread-candy", "alpha bread candy"],
  ["alpha bread candi", "alpha bread candi"],
])("%j is read as it was meant", (typed, meant) => {
  expect(tidied(typed)).toBe(meant);
});
