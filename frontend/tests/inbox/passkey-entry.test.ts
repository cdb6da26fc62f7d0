/** One gesture signs in and unlocks: the server gets the answer and never the passkey's result; a no stays the server's. */
import { beforeEach, expect, test, vi } from "vitest";

import { enterUnlocked } from "../../src/inbox/passkey-entry.ts";

const unlockWith = vi.hoisted(() => vi.fn());
const keysState = vi.hoisted(() => vi.fn());
const canHoldKeys = vi.hoisted(() => vi.fn());
vi.mock("../../src/inbox/unlocking.ts", () => ({ unlockWith }));
vi.mock("../../src/inbox/state.ts", () => ({ keysState }));
vi.mock("../../src/inbox/capable.ts", () => ({ canHoldKeys }));

const OPENS = { prf: new Uint8Array(32).fill(7), credentialId: "aWQ" };
const fetched = vi.fn();
const assign = vi.fn();

beforeEach(() => {
  vi.resetAllMocks();
  canHoldKeys.mockResolvedValue(true);
  keysState.mockResolvedValue({ session: "s" });
  unlockWith.mockResolvedValue({ keys: {} });
  fetched.mockImplementation(async () => Response.json({ to: "/keys" }));
  vi.stubGlobal("fetch", fetched);
  vi.stubGlobal("location", { origin: "http://inbox.localhost:8000", assign });
  vi.stubGlobal("FormData", class { *[Symbol.iterator]() { yield ["passkey", "{answer}"]; } });
});

const form = (kept = "") =>
  ({
    action: "http://inbox.localhost:8000/sign-in/passkey",
    elements: { namedItem: (name: string) => (name === "kept" ? { value: kept } : null) },
    querySelector: () => null,
  }) as unknown as HTMLFormElement;

test("signs in, unlocks with what the passkey gave, and goes on", async () => {
  expect(await enterUnlocked(form(), OPENS)).toBe(true);
  expect(unlockWith).toHaveBeenCalledWith({ session: "s" }, OPENS);
  expect(assign).toHaveBeenCalledWith("/keys");
  const sent = String(fetched.mock.calls[0]![1].body);
  expect(sent).toBe("passkey=%7Banswer%7D");
});

test("something typed that waits, or a browser that cannot hold keys, leaves the form to itself", async () => {
  expect(await enterUnlocked(form("what was typed"), OPENS)).toBe(false);
  canHoldKeys.mockResolvedValue(false);
  expect(await enterUnlocked(form(), OPENS)).toBe(false);
  expect(fetched).not.toHaveBeenCalled();
});

test.each([422, 429, 400, 500])("the server's no (%i) is told by its own page", async (status) => {
  fetched.mockResolvedValue(new Response("", { status }));
  expect(await enterUnlocked(form(), OPENS)).toBe(false);
  expect(unlockWith).not.toHaveBeenCalled();
  expect(assign).not.toHaveBeenCalled();
});

test("whoever is in goes on, also when unlocking fails or never ends", async () => {
  keysState.mockRejectedValue(new Error("refused"));
  expect(await enterUnlocked(form(), OPENS)).toBe(true);
  vi.useFakeTimers();
  keysState.mockReturnValue(new Promise(() => undefined));
  const entering = enterUnlocked(form(), OPENS);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await entering).toBe(true);
  vi.useRealTimers();
  expect(assign).toHaveBeenCalledTimes(2);
});

test("nobody is led to another host", async () => {
  fetched.mockImplementation(async () => Response.json({ to: "//elsewhere.example/" }));
  expect(await enterUnlocked(form(), OPENS)).toBe(true);
  expect(assign).toHaveBeenCalledWith("/");
});
