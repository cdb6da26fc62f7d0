/** Screens and the browser's history: Back works, reload stays, leaving in a hurry leaves nothing behind. */
import { beforeEach, expect, it, vi } from "vitest";

import { newBrowser, told, type Browser } from "./phone-pages.ts";

/** Nothing is asked of any other host, so that leaving works offline and tells nobody. */
const NEUTRAL = "about:blank";

let browser: Browser;
let places: typeof import("../../src/check/places.ts");

beforeEach(async () => {
  browser = newBrowser();
  vi.resetModules();
  places = await import("../../src/check/places.ts");
  places.startPlaces();
});

it("starts at home and goes back the way it came", async () => {
  places.go({ name: "help" });
  places.go({ name: "waiting" });
  places.back();
  await told();
  expect(places.place.value).toEqual({ name: "help" });
  places.back();
  await told();
  expect(places.place.value).toEqual({ name: "home" });
});

it("never leaves the app by its own Back", async () => {
  places.instead({ name: "waiting" });
  places.back();
  await told();
  expect(places.place.value).toEqual({ name: "home" });
  expect(browser.entries).toHaveLength(1);
});

it("skips a screen that was replaced", async () => {
  places.go({ name: "send", check: "one" });
  places.instead({ name: "sent", id: "one" });
  places.back();
  await told();
  expect(places.place.value).toEqual({ name: "home" });
});

it("is on the same screen after a reload", async () => {
  places.go({ name: "sign", check: "one", at: 4 });
  vi.resetModules();
  const again = await import("../../src/check/places.ts");
  again.startPlaces();
  expect(again.place.value).toEqual({ name: "sign", check: "one", at: 4 });
});

it("opens an invitation's screen, whatever was left behind", async () => {
  vi.resetModules();
  const again = await import("../../src/check/places.ts");
  again.startPlaces({ name: "join" });
  expect(again.place.value).toEqual({ name: "join" });
});

it("empties the page before it leaves, and goes back past every screen first", async () => {
  places.go({ name: "sign", check: "one", at: 0 });
  places.go({ name: "sign", check: "one", at: 1 });
  places.leave();
  expect(document.body.replaceChildren).toHaveBeenCalledWith();
  expect(browser.left).toBeUndefined();
  await told();
  expect(browser.at).toBe(0);
  expect(browser.left).toBe(NEUTRAL);
  // Nothing is drawn again on the way out.
  expect(places.place.value).toEqual({ name: "sign", check: "one", at: 1 });
});

it("leaves at once when there is nothing to go back over", () => {
  places.leave();
  expect(browser.left).toBe(NEUTRAL);
});

it("leaves even when the browser does not tell of the step", () => {
  vi.useFakeTimers();
  places.go({ name: "help" });
  history.go = () => undefined;
  places.leave();
  vi.advanceTimersByTime(500);
  expect(browser.left).toBe(NEUTRAL);
  vi.useRealTimers();
});
