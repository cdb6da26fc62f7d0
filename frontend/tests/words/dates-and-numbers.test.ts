/** Days and numbers as people read them; what is dialled stays as it is. */
import { expect, it } from "vitest";

import { day, readable } from "../../src/words/dates-and-numbers.ts";

it("shows a day as the phone's calendar has it, wherever the clock stands", () => {
  expect(day("2026-11-22")).toBe("22 Nov 2026");
  expect(day("2026-11-22T23:59:59Z")).toBe("22 Nov 2026");
});

it.each([
  ["999", "999"],
  ["101", "101"],
  ["+448000121700", "0800 012 1700"],
  ["+441414960101", "0141 496 0101"],
  ["+15551234567", "+15551234567"],
])("reads %s aloud as %s", (number, said) => {
  expect(readable(number)).toBe(said);
});
