/** A browser's history for tests: entries with their state, and a popstate as the browser tells it, later. */
import { vi } from "vitest";

import { newPhone } from "../sending/phone.ts";

export interface Browser {
  readonly entries: unknown[];
  /** Where the browser stands in them. */
  at: number;
  /** Where the page was sent, when it left. */
  left?: string;
}

/** A fresh phone whose history and page can be looked at. */
export function newBrowser(): Browser {
  newPhone();
  const browser: Browser = { entries: [null], at: 0 };
  const move = (steps: number): void => {
    setTimeout(() => {
      const to = browser.at + steps;
      if (to < 0 || to >= browser.entries.length) return;
      browser.at = to;
      dispatchEvent(new Event("popstate"));
    });
  };
  vi.stubGlobal("history", {
    get state() {
      return browser.entries[browser.at];
    },
    pushState(state: unknown) {
      browser.entries.splice(browser.at + 1, Infinity, structuredClone(state));
      browser.at++;
    },
    replaceState(state: unknown) {
      browser.entries[browser.at] = structuredClone(state);
    },
    back: () => move(-1),
    go: move,
  });
  vi.stubGlobal("location", { replace: (to: string) => (browser.left = to), origin: "http://localhost:8000" });
  vi.stubGlobal("document", Object.assign(new EventTarget(), { body: { replaceChildren: vi.fn() } }));
  return browser;
}

/** Lets the browser tell what it has to tell. */
export const told = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
