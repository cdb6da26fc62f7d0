/** Screens and the browser's history: Back works, reload stays, leaving in a hurry leaves nothing behind. */
import { beforeEach, describe, expect, it, vi } from "vitest";

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

it("leaves for a page of our own where the service worker has it, so that it comes without a network", () => {
  vi.stubGlobal("navigator", { serviceWorker: { controller: {} } });
  places.leave();
  expect(browser.left).toBe("/page.html");
});

describe("Back or Forward to a page that was left", () => {
  let how: string;

  beforeEach(() => {
    const kept = new Map<string, string>();
    vi.stubGlobal("sessionStorage", {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, text: string) => void kept.set(key, text),
      removeItem: (key: string) => void kept.delete(key),
    });
    vi.stubGlobal("performance", { getEntriesByType: () => [{ type: how }] });
  });

  it("goes away again, as often as it is tried", () => {
    how = "back_forward";
    places.leave();
    delete browser.left;
    expect(places.stayAway()).toBe(true);
    expect(browser.left).toBe(NEUTRAL);
    expect(places.stayAway()).toBe(true);
  });

  it("opens when the app is opened anew, and then Back is what it always was", () => {
    places.leave();
    how = "navigate";
    expect(places.stayAway()).toBe(false);
    how = "back_forward";
    expect(places.stayAway()).toBe(false);
  });

  it("out of the browser's memory goes away too", () => {
    how = "navigate";
    places.stayAway();
    places.leave();
    delete browser.left;
    dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
    expect(browser.left).toBe(NEUTRAL);
  });
});
