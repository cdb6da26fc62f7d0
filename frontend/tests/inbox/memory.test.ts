/** What the browser keeps for the desk: pins, the newest roster it saw, one half. Newer wins; forgetting is complete. */
import "fake-indexeddb/auto";
import { expect, test, vi } from "vitest";

import { forgetUnlocked, keepPin, keepSeen, keepUnlocked, readPin, readSeen, readUnlocked } from "../../src/inbox/memory.ts";

const KEPT = {
  halved: { open: [new Uint8Array([1])], sign: new Uint8Array([2]), vouch: "v" },
  session: "s",
  team: 1,
  wrap: "w",
};

test("a pin is kept for its team, and holds the two public halves and nothing else", async () => {
  const more = { n: 3, age_recipient: "age1", vouch_key: "V", signature: "" };
  await keepPin(1, more);
  expect(await readPin(1)).toEqual({ age_recipient: "age1", vouch_key: "V" });
  expect(await readPin(2)).toBeUndefined();
});

test("an older roster never takes the place of a newer one", async () => {
  await keepSeen(1, { version: 5, sha256: "five" });
  await keepSeen(1, { version: 4, sha256: "four" });
  // Another of the same number is a fault that readRoster tells of; it must not wash the first one away.
  await keepSeen(1, { version: 5, sha256: "other" });
  expect(await readSeen(1)).toEqual({ version: 5, sha256: "five" });
  await keepSeen(1, { version: 6, sha256: "six" });
  expect(await readSeen(1)).toEqual({ version: 6, sha256: "six" });
});

test("the half is kept once, and forgetting it leaves what people compared", async () => {
  expect(await keepUnlocked(KEPT)).toBe(true);
  expect(await readUnlocked()).toEqual(KEPT);
  await forgetUnlocked();
  expect(await readUnlocked()).toBeUndefined();
  expect(await readPin(1)).toBeDefined();
  expect(await readSeen(1)).toBeDefined();
});

test("a browser that keeps nothing says so, and throws nowhere", async () => {
  vi.resetModules();
  vi.stubGlobal("indexedDB", { open: () => { throw new DOMException("no", "SecurityError"); } });
  const memory = await import("../../src/inbox/memory.ts");
  expect(await memory.keepUnlocked(KEPT)).toBe(false);
  expect(await memory.readUnlocked()).toBeUndefined();
  expect(await memory.readPin(1)).toBeUndefined();
  await memory.keepSeen(1, { version: 1, sha256: "one" });
  await memory.forgetUnlocked();
});
