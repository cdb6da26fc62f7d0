/** Few people: an area with a setting or a kind of harm may point at one person, and then nothing anonymous is proposed. */
import { expect, it, vi } from "vitest";

import { fewPeople } from "../../src/check/few-people.ts";
import type { Areas } from "../../src/screening/types.ts";
import { areas as areasOf } from "../screening/definitions.ts";
import { beginAdult, openShelf } from "./opened-check.ts";

const scotland = areasOf("scotland");
const [GLASGOW, CLACKS, ORKNEY] = ["S12000049", "S12000005", "S12000023"];

it.each([
  [CLACKS, { exploitation: ["labour"] }, true],
  [CLACKS, { exploitation: ["unknown"], setting: "nail-bar" }, true],
  [CLACKS, { exploitation: ["unknown"] }, false],
  [CLACKS, { exploitation: ["unknown"], setting: "any" }, false],
  [GLASGOW, { exploitation: ["organ"], setting: "fishing" }, false],
  [ORKNEY, { exploitation: ["labour"], setting: "fishing" }, false], // It goes as Highlands and Islands.
  ["S99", { exploitation: ["labour"] }, false],
  [undefined, { exploitation: ["labour"] }, false],
])("%s with %o: %s", (area, facts, expected) => {
  expect(fewPeople(scotland, area, facts)).toBe(expected);
});

it("keeps the check in step with area and kinds, and sends it, so that the server proposes the same", async () => {
  const shelf = await openShelf();
  const { startFewPeople } = await import("../../src/check/few-people.ts");
  const { compose } = await import("../../src/sending/compose.ts");
  startFewPeople();
  startFewPeople();
  beginAdult(shelf);
  const check = () => shelf.draft.value?.facts["k_check"];
  expect(check()).toBeUndefined();
  shelf.tell({ area: GLASGOW! });
  expect(check()).toBe("pass");
  shelf.tell({ area: CLACKS! });
  expect(check()).toBe("pass");
  shelf.settle({ exploitation: ["labour"] });
  expect(check()).toBe("fail");
  shelf.tell({ reach: "ring" });
  const pack = { pathway: shelf.pathway.value!, areas: scotland as Areas, language: "en" };
  expect(compose({ draft: shelf.draft.value!, result: shelf.result.value!, ...pack }).facts["k_check"]).toBe(check());
  shelf.tell({ area: "" });
  expect(check()).toBeUndefined();
  vi.unstubAllGlobals();
});
