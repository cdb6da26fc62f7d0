/** The form of the screens' sources and style sheets: what the policy, both reading directions and slow lines need. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";

const SRC = join(import.meta.dirname, "../../src");
const drawn = ["screens", "parts"].flatMap((folder) => readdirSync(join(SRC, folder)).map((name) => `${folder}/${name}`));
const read = (file: string): string => readFileSync(join(SRC, file), "utf8");
const sheets = ["tokens", "base", "phone", "person"].map((name) => read(`styles/${name}.css`));

it.each(drawn)("%s hands the browser no markup, no style text and no button that could send a form", (file) => {
  const text = read(file);
  expect(text).not.toMatch(/dangerouslySetInnerHTML|innerHTML|style="|style={`/);
  const buttons = text.match(/<button\b[^>]*/g) ?? [];
  expect(buttons.filter((button) => !/type="button"/.test(button))).toEqual([]);
  expect(text.split("\n").length).toBeLessThanOrEqual(300);
});

it("lays out by reading direction, never by left and right", () => {
  const physical = /(?:margin|padding|border|inset)-(?:left|right)|[;{\s](?:left|right|float|width|height|min-width|max-width|min-height|max-height)\s*:|text-align:\s*(?:left|right)/;
  for (const sheet of sheets) expect(sheet.replace(/@media[^{]*\{/g, "{").match(physical)?.[0]).toBeUndefined();
});

it("styles stay within 6 KB", () => {
  expect(gzipSync(sheets.join("\n"), { level: 9 }).length).toBeLessThanOrEqual(6 * 1024);
});

it("moves nothing where reduced motion is asked for", () => {
  for (const sheet of sheets) {
    const rest = sheet.replace(/@media \(prefers-reduced-motion: no-preference\) \{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g, "");
    expect(rest).not.toMatch(/\b(?:transition|animation)\b/);
  }
});
