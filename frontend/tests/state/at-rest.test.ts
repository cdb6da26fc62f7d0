/** When the lock comes back: out of sight, idle, by hand, in every tab; and what happens first. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { draft, newPhone } from "../sending/phone.ts";
import { lockWith, openLockTab, PIN } from "../storage/locked-phone.ts";

const MINUTE = 60_000;
let page: { putDown: ReturnType<typeof vi.fn<() => Promise<void>>>; readAgain: ReturnType<typeof vi.fn<() => Promise<void>>> };

beforeEach(() => {
  newPhone();
  vi.useFakeTimers({ toFake: ["Date", "performance", "setInterval", "clearInterval"] });
  page = { putDown: vi.fn(async () => undefined), readAgain: vi.fn(async () => undefined) };
});
afterEach(() => void vi.useRealTimers());

async function openedTab(after?: "at_once") {
  const tab = await openLockTab();
  const rest = await import("../../src/state/at-rest.ts");
  if (after) await tab.keepSetting("lock_after", after);
  if ((await tab.lockState()) === "none") await lockWith(tab);
  else await tab.tryPin(PIN);
  await rest.startRest(page);
  return { ...tab, ...rest };
}

const see = (state: "hidden" | "visible"): void => {
  Object.assign(document, { visibilityState: state });
  document.dispatchEvent(new Event("visibilitychange"));
};

it("is locked when the app starts, and known to be so before the store has answered", async () => {
  await lockWith(await openLockTab());
  localStorage.setItem("rest", "1");
  await openLockTab();
  const rest = await import("../../src/state/at-rest.ts");
  expect(rest.rest.value).toBe("looking");
  await rest.startRest(page);
  expect(rest.rest.value).toBe("locked");
});

it("is open where there is no lock, whatever happens", async () => {
  await openLockTab();
  const rest = await import("../../src/state/at-rest.ts");
  await rest.startRest(page);
  vi.advanceTimersByTime(30 * MINUTE);
  await rest.lockNow();
  expect(rest.rest.value).toBe("open");
  expect(page.putDown).not.toHaveBeenCalled();
});

it("locks after five idle minutes, and not while the phone is used", async () => {
  const tab = await openedTab();
  for (let at = 0; at < 4; at++) {
    vi.advanceTimersByTime(4 * MINUTE);
    dispatchEvent(new Event("pointerdown"));
  }
  expect(tab.rest.value).toBe("open");
  vi.advanceTimersByTime(5 * MINUTE + 15_000);
  expect(tab.rest.value).toBe("locked");
});

it("locks when it comes back into sight after five minutes, though no timer ran meanwhile", async () => {
  const tab = await openedTab();
  see("hidden");
  expect(tab.rest.value).toBe("open");
  vi.setSystemTime(Date.now() + 5 * MINUTE);
  see("visible");
  expect(tab.rest.value).toBe("locked");
});

it("locks the moment it is out of sight where that was chosen, but not for choosing a file", async () => {
  const tab = await openedTab("at_once");
  tab.choosesFile();
  see("hidden");
  see("visible");
  expect(tab.rest.value).toBe("open");
  vi.advanceTimersByTime(3 * MINUTE);
  see("hidden");
  expect(tab.rest.value).toBe("locked");
});

it("takes the screen away at once, writes what is under way, and only then lets go of the key", async () => {
  const tab = await openedTab();
  let write!: () => void;
  page.putDown.mockImplementation(() => new Promise((resolve) => (write = resolve)));
  const locking = tab.lockNow();
  expect(tab.rest.value).toBe("locked");
  await tab.keepDraft(draft);
  write();
  await locking;
  await expect(tab.readDraft(draft.id)).rejects.toMatchObject({ reason: "locked" });
  await tab.tryPin(PIN);
  await tab.opened();
  expect(tab.rest.value).toBe("open");
  expect(await tab.readDraft(draft.id)).toMatchObject(draft);
});

it("locks every tab when one is locked by hand", async () => {
  const [one, two] = [await openedTab(), await openedTab()];
  await one.lockNow();
  await vi.waitFor(() => expect(two.rest.value).toBe("locked"));
  await expect(two.readDrafts()).resolves.toEqual([]);
  await expect(two.keepDraft(draft)).rejects.toMatchObject({ reason: "locked" });
});
