/** The reader of words: what it gathers, and one failing sample for each rule of the net. */
import { describe, expect, test } from "vitest";

import { readWords } from "../../plugins/words-source.ts";

const IMPORT = 'import { content, t, tn } from "../words/translate.ts";\n';

const inScreen = (body: string): string => `${IMPORT}export const Screen = ({ n }) => ${body};`;
const faultsOf = (code: string): string[] => readWords(code, "Screen.tsx").problems.map(({ text }) => text);
const idsOf = (code: string): string[] => readWords(code, "Screen.tsx").messages.map(({ id }) => id);

describe("gathers", () => {
  test("every call, also after a stray quote or backtick in the text around it", () => {
    const code = inScreen(`<main>'{t("One")}\`<b>{t('It’s "two"')}</b>//{t("Three")}{n > 1 && t("Four")}</main>`);
    expect(idsOf(code)).toEqual(["One", "It’s \"two\"", "Three", "Four"]);
  });

  test("plurals with both forms, and texts joined by +", () => {
    const { messages } = readWords(inScreen('<p>{tn("{n} sign", "{n} signs", n)}{t("A long " + "line")}</p>'), "S.tsx");
    expect(messages).toMatchObject([{ id: "{n} sign", plural: "{n} signs", where: "<p>" }, { id: "A long line" }]);
  });

  test("line, place on the screen, the author's note and what the file is for", () => {
    const code = `/** The home screen: where a check starts. */\n${IMPORT}
export const Home = () => (
  <nav aria-label={t("Main")}>
    {/* words: said only when the phone holds unsent rows */}
    <button>{t("Send")}</button>
  </nav>
);`;
    expect(readWords(code, "Home.tsx")).toMatchObject({
      about: "The home screen: where a check starts.",
      problems: [],
      messages: [
        { id: "Main", line: 5, where: "aria-label of <nav>", note: "" },
        { id: "Send", line: 7, where: "<button>", note: "said only when the phone holds unsent rows" },
      ],
    });
  });

  test("plain TypeScript too", () => {
    expect(readWords(`${IMPORT}export const say = (): string => t("Stored");`, "say.ts").messages).toHaveLength(1);
  });
});

describe("fails on", () => {
  test.each([
    ["a letter in JSX text", inScreen("<p>Hello</p>"), "these words stay English"],
    ["an Arabic letter in JSX text", inScreen("<p>مرحبا</p>"), "these words stay English"],
    ["a text in braces", inScreen('<p>{"hello"}</p>'), "this text stays English"],
    ["a text in a condition", inScreen('<p>{n ? "yes" : 1}</p>'), "this text stays English"],
    ["a template in the text", inScreen("<p>{`${n} signs`}</p>"), "this text stays English"],
    ["aria-label", inScreen('<nav aria-label="main" />'), "aria-label stays English"],
    ["title in braces", inScreen('<p title={"main"} />'), "title stays English"],
    ["placeholder", inScreen('<input placeholder="name" />'), "placeholder stays English"],
    ["alt", inScreen('<img alt="a road" />'), "alt stays English"],
    ["label of a part", inScreen('<Field label="where" />'), "label stays English"],
    ["a sentence in another attribute", inScreen('<Card lead="Ring them now" />'), "reads like a sentence"],
    ["a sentence kept for later", 'const TEXTS = ["Ring them now"];', "reads like a sentence"],
    ["a heading in a table", 'const ROWS = [{ heading: "Home", to: "home" }];', "heading stays English"],
    ["text set by script", 'document.title = "heed";', "title stays English"],
    ["t() of a variable", inScreen("<p>{t(n)}</p>"), "takes its English as plain text"],
    ["t() of a filled template", inScreen("<p>{t(`${n} left`)}</p>"), "takes its English as plain text"],
    ["t() of a choice", inScreen('<p>{t(n ? "a" : "b")}</p>'), "takes its English as plain text"],
    ["tn() with one form", inScreen('<p>{tn("{n} sign", n)}</p>'), "takes its English as plain text"],
    ["t() without words", inScreen('<p>{t("")}</p>'), "has no words"],
    ["t() with a space at an end", inScreen('<p>{t("Send ")}</p>'), "space at an end"],
    ["t() before the language is known", `${IMPORT}const LABEL = t("Send");`, "before the language is known"],
    ["t passed on", `${IMPORT}export const all = (x) => x.map(t);`, "t is passed on"],
    ["t under another name", 'import { t as say } from "../words/translate.ts";', "under their own names"],
    ["content() of a text", inScreen('<p>{content("Call 999")}</p>'), "content() is for words out of definitions"],
  ])("%s", (_name, code, said) => {
    const found = faultsOf(code);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(said);
  });

  test("a file that cannot be parsed, by name", () => {
    expect(() => readWords("const = 1;", "broken.ts")).toThrow(/broken\.ts/);
  });

  test("the right line and column", () => {
    expect(readWords("const a = 1;\nconst B = () => (\n  <p>\n    Hé\n  </p>);", "B.tsx").problems).toMatchObject([
      { line: 4, column: 5 },
    ]);
  });
});

test.each([
  ["codes and class names", inScreen('<p class="card wide" data-kind="danger_now" id="a">{n}</p>')],
  ["figures and signs in the text", inScreen("<p>999 · {n} – 3</p>")],
  ["words out of definitions", inScreen("<p>{content(n.title)}</p>")],
  ["what only developers read", 'export const f = (): never => { console.warn("Not kept here"); throw new Error("No such row"); };'],
  ["types", 'export type Word = "Ring them now" | "Later, then";'],
  ["what is compared", inScreen('<p>{n === "yes" && n}</p>')],
  ["what its author excused", '/* not words */\nconst AGENT = "Mozilla like this";'],
])("lets through %s", (_name, code) => {
  expect(faultsOf(code)).toEqual([]);
});
