/** The net itself: it fails the build by file and line, and knows what the catalogues hold. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { build } from "vite";

import { faults, messagesOf, wordsNet } from "../../plugins/words-net.ts";

const SCREEN = 'import { t } from "./translate.ts";\nexport const say = (): string => t("Send");\n';
let folder: string;
let source: string;
let translations: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "words-net-"));
  [source, translations] = [join(folder, "src"), join(folder, "translations")];
  mkdirSync(source);
  mkdirSync(join(translations, "ar", "LC_MESSAGES"), { recursive: true });
  writeFileSync(join(source, "translate.ts"), "export const t = (english: string): string => english;\n");
  writeFileSync(join(source, "say.ts"), SCREEN);
  catalogue('msgid "Send"\nmsgstr "إرسال"\n');
});

afterEach(() => rmSync(folder, { recursive: true }));

const catalogue = (entries: string): void =>
  writeFileSync(join(translations, "ar", "LC_MESSAGES", "phone.po"), `msgid ""\nmsgstr ""\n\n${entries}`);

const buildIt = (): Promise<unknown> =>
  build({
    root: folder,
    configFile: false,
    logLevel: "silent",
    plugins: [wordsNet({ source, translations })],
    build: { write: false, lib: { entry: join(source, "say.ts"), formats: ["es"] } },
  });

test("builds when every word is held", async () => {
  expect(faults({ source, translations })).toEqual([]);
  await expect(buildIt()).resolves.toBeTruthy();
});

test("a message that the catalogue lacks fails the build with file and line", async () => {
  catalogue('#~ msgid "Send"\n#~ msgstr "إرسال"\n');
  await expect(buildIt()).rejects.toThrow(/say\.ts:2 "Send" is missing from ar.LC_MESSAGES.phone\.po/);
});

test("a message without a translation yet does not: it shows in English", async () => {
  catalogue('msgid "Send"\nmsgstr ""\n');
  await expect(buildIt()).resolves.toBeTruthy();
});

test("a hard-coded word fails the build with file, line and column, also in a file nothing imports", async () => {
  writeFileSync(join(source, "Home.tsx"), "export const Home = () => (\n  <h1>Home</h1>\n);\n");
  await expect(buildIt()).rejects.toThrow(/Home\.tsx:2:7 these words stay English/);
});

test("reads long, escaped and plural messages of a PO file", () => {
  const po = 'msgid ""\n"Two "\n"lines \\"quoted\\""\nmsgstr ""\n\nmsgid "{n} sign"\nmsgid_plural "{n} signs"\nmsgstr[0] ""\n';
  expect([...messagesOf(po)]).toEqual(['Two lines "quoted"', "{n} sign"]);
});
