/** The settings to look for: every one that a list names can be found, each by a name of its own. */
import { expect, it } from "vitest";

import { saidSetting } from "../../src/check/setting-words.ts";
import { checklist, checklistIds } from "../screening/definitions.ts";

/** No place to look for: every setting, a place itself, and the list for trained staff, which stands apart. */
const NO_SETTING = ["any", "place", "specialist"];

it("names every setting of every list and part, no two alike", () => {
  const lists = checklistIds().map(checklist);
  const settings = lists.flatMap(({ settings, parts }) => [
    ...settings,
    ...Object.values(parts).flatMap((part) => part.settings),
  ]);
  const wanted = [...new Set(settings)].filter((one) => !NO_SETTING.includes(one)).sort();
  expect(wanted.filter((one) => !saidSetting(one))).toEqual([]);
  const names = wanted.map(saidSetting);
  expect(new Set(names).size).toBe(names.length);
});

it("does not offer what it has no name for", () => {
  expect([...NO_SETTING, "newer-than-this-app"].map(saidSetting)).toEqual([undefined, undefined, undefined, undefined]);
});
