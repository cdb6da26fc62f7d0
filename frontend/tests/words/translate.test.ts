/** Words: English stands for itself, plural forms follow the language, values keep their own order. */
import { afterEach, describe, expect, it } from "vitest";

import type { Words } from "../../src/content/words.ts";
import { keyOf } from "../../src/words/key.ts";
import { content, direction, figure, locale, setWords, t, tn } from "../../src/words/translate.ts";

/** As the server sends them: under short keys. */
function keyed(messages: Words["messages"]): Words["messages"] {
  return Object.fromEntries(Object.entries(messages).map(([english, said]) => [keyOf(english), said]));
}

const ARABIC: Words = {
  locale: "ar",
  dir: "rtl",
  state: "draft by machine",
  categories: ["zero", "one", "two", "few", "many", "other"],
  messages: keyed({
    Send: "أرسل",
    "Send to {team}": "أرسل إلى {team}",
    "{n} sign": ["صفر", "واحدة", "اثنتان", "{n} قليل", "{n} كثير", "{n} أخرى"],
    Empty: "",
    "{n} check": "فحص",
  }),
};

afterEach(() => setWords(undefined));

describe("before any words came", () => {
  it("says the English of the source, with its values", () => {
    expect(t("Send to {team}", { team: "Social work" })).toBe("Send to Social work");
    expect(content("First look")).toBe("First look");
    expect([locale.value, direction.value]).toEqual(["en", "ltr"]);
  });

  it("leaves a gap that nobody fills in sight", () => {
    expect(t("Send to {team}")).toBe("Send to {team}");
  });

  it.each([
    [0, "0 signs"],
    [1, "1 sign"],
    [12, "12 signs"],
  ])("chooses the English form for %i", (n, said) => {
    expect(tn("{n} sign", "{n} signs", n)).toBe(said);
  });
});

describe("in Arabic", () => {
  it("says the translation, and English where there is none or an empty one", () => {
    setWords(ARABIC);
    expect(t("Send")).toBe("أرسل");
    expect(t("Skip")).toBe("Skip");
    expect(t("Empty")).toBe("Empty");
    expect(direction.value).toBe("rtl");
  });

  it.each([
    [0, "صفر"],
    [1, "واحدة"],
    [2, "اثنتان"],
    [3, "\u2068٣\u2069 قليل"],
    [11, "\u2068١١\u2069 كثير"],
    [100, "\u2068١٠٠\u2069 أخرى"],
  ])("chooses one of six forms for %i", (n, said) => {
    setWords(ARABIC);
    expect(tn("{n} sign", "{n} signs", n).replace(/\d/g, (d) => "٠١٢٣٤٥٦٧٨٩"[Number(d)]!)).toBe(said);
  });

  it("isolates a value, so that a name in Latin letters cannot turn the sentence round", () => {
    setWords(ARABIC);
    expect(t("Send to {team}", { team: "Clyde (1)" })).toBe("أرسل إلى \u2068Clyde (1)\u2069");
  });

  it("says a plural whole in English where the language lacks it", () => {
    setWords(ARABIC);
    expect(tn("{n} answer", "{n} answers", 3)).toBe(`\u2068${figure(3)}\u2069 answers`);
  });

  it("does not take a sentence for a plural's forms", () => {
    setWords(ARABIC);
    expect(tn("{n} check", "{n} checks", 3)).toBe(`\u2068${figure(3)}\u2069 checks`);
  });

  it("does not take a plural's forms for a sentence", () => {
    setWords(ARABIC);
    expect(t("{n} sign", { n: 1 })).toBe(`\u2068${figure(1)}\u2069 sign`);
  });
});

it("never fills a value's own braces a second time", () => {
  expect(t("Send to {team}", { team: "{n}", n: 5 })).toBe("Send to {n}");
});
