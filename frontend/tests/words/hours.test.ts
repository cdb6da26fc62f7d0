/** When a team reads, said in the language in use, and never made up. */
import { afterEach, expect, it } from "vitest";

import type { Hours } from "../../src/storage/settings.ts";
import { oneOf, saidHours, saidReading } from "../../src/words/hours.ts";
import { setWords } from "../../src/words/translate.ts";

const at = (days: readonly number[], opens = "08:00", closes = "18:00"): Hours => ({ days, opens, closes });
const ARABIC = { locale: "ar", dir: "rtl", state: "", categories: [], messages: {} } as const;

afterEach(() => setWords(undefined));

it.each([
  ["Mon–Fri, 08:00–18:00", [at([1, 2, 3, 4, 5])]],
  ["Mon–Fri, 08:00–18:00 · Sat, Sun, 10:00–14:30", [at([1, 2, 3, 4, 5]), at([6, 7], "10:00", "14:30")]],
  ["Mon, Wed, Fri, 08:00–18:00", [at([5, 1, 3])]],
  ["Sat–Mon, 08:00–18:00", [at([1, 6, 7])]],
  ["Wed, Sat–Mon, 08:00–18:00", [at([1, 3, 6, 7])]],
  ["Sun, Mon, 08:00–18:00", [at([1, 7])]],
  ["Mon–Wed, 08:00–12:00, 13:00–17:00", [at([1, 2, 3], "08:00", "12:00"), at([1, 2, 3], "13:00", "17:00")]],
  ["every day, 00:00–12:00", [at([1, 2, 3, 4, 5, 6, 7], "00:00", "12:00")]],
  ["every day, 18:00–24:00", [at([1, 2, 3, 4, 5, 6, 7], "18:00", "24:00")]],
  ["every day, at any hour", [at([1, 2, 3, 4, 5, 6, 7], "00:00", "24:00")]],
  ["Sat, Sun, at any hour", [at([6, 7], "00:00", "24:00")]],
])("says %s", (said, hours) => {
  expect(saidHours({ hours })).toBe(said);
});

it("says names of days and figures in Arabic, as the browser has them", () => {
  setWords(ARABIC);
  const said = saidHours({ hours: [at([1, 2, 3, 4, 5]), at([6])] }).replace(/[\u2068\u2069]/g, "");
  const nameOf = (day: number): string =>
    new Intl.DateTimeFormat("ar", { weekday: "short", timeZone: "UTC" }).format(Date.UTC(2024, 0, day));
  expect(said).toContain(`${nameOf(1)}–${nameOf(5)}`);
  expect(said).toContain(nameOf(6));
  expect(said).not.toMatch(/[A-Za-z]/);
});

it("falls back on the line of older records, and says when the team has not said", () => {
  expect(saidReading({ reading_hours: "Every day 8 to 20" })).toBe("They read: Every day 8 to 20");
  const unsaid = "The team has not said when it reads.";
  expect(saidReading({})).toBe(unsaid);
  expect(saidReading({ hours: [], reading_hours: "Not said" })).toBe(unsaid);
});

it("leaves out what cannot be read", () => {
  const broken = [null, {}, at([]), at([0]), at([8]), at([1], "8", "18:00"), at([1], "08:00", "25:00"), { days: "1" }];
  expect(saidHours({ hours: [...broken, at([2])] as never })).toBe("Tue, 08:00–18:00");
  expect(saidHours({ hours: "always" as never, reading_hours: "Days" })).toBe("Days");
});

it("names one of several", () => {
  expect(oneOf(["Clyde Council", "Police"])).toBe("Clyde Council or Police");
});
