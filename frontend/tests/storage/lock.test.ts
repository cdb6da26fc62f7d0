/** The lock: nothing is lost when it is put on or taken away, nothing opens without it, ten wrong PINs and it is gone. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { isEasy, keyOfPin, pinOf, ROUNDS } from "../../src/storage/pin.ts";
import { draft, newPhone } from "../sending/phone.ts";
import { everything, lockWith, openLockTab, PIN, type LockTab } from "./locked-phone.ts";

const receipt = { id: "one", state: "stored", note: "stored", reference: "HD-MARK-0001" };
const WRONG = "314159";

beforeEach(() => newPhone());
afterEach(() => void vi.useRealTimers());

async function withRows(): Promise<LockTab> {
  const tab = await openLockTab();
  await tab.countSeen();
  await tab.keepDraft(draft);
  await tab.keepSealed("receipts", receipt.id, receipt);
  await tab.keepSealed("outbox", "waits", { id: "waits" });
  return tab;
}

async function assertWhole(tab: LockTab): Promise<void> {
  expect(await tab.readDraft(draft.id)).toMatchObject(draft);
  expect(await tab.readSealed("receipts", receipt.id)).toEqual(receipt);
  expect(await tab.readSealed("outbox", "waits")).toEqual({ id: "waits" });
}

describe("a PIN", () => {
  it("is figures of any script, six at least", () => {
    expect(pinOf(" 271 828 ")).toBe("271828");
    expect(pinOf("٢٧١٨٢٨")).toBe("271828");
    expect(pinOf("۲۷۱۸۲۸")).toBe("271828");
    for (const none of ["", "12345", "12345a", "1".repeat(33), "²²²²²²"]) expect(pinOf(none)).toBeUndefined();
  });

  it("is turned into a key by 600 000 rounds, which the lock remembers", async () => {
    expect(ROUNDS).toBe(600_000);
    const derive = vi.spyOn(crypto.subtle, "deriveKey").mockResolvedValue({} as CryptoKey);
    await keyOfPin(PIN, new Uint8Array(16));
    expect(derive.mock.calls[0]![0]).toMatchObject({ name: "PBKDF2", hash: "SHA-256", iterations: 600_000 });
  });

  it("is not what everyone tries first", () => {
    for (const easy of ["000000", "123456", "987654", "789012"]) expect(isEasy(easy)).toBe(true);
    for (const pin of [PIN, WRONG, "112233"]) expect(isEasy(pin)).toBe(false);
  });
});

describe("putting the lock on", () => {
  it("keeps every row, open in this tab and after a restart with the PIN", async () => {
    const tab = await withRows();
    await lockWith(tab);
    await assertWhole(tab);
    const next = await openLockTab();
    expect(await next.lockState()).toBe("locked");
    expect(await next.tryPin(PIN)).toEqual({ as: "open" });
    await assertWhole(next);
  });

  it("leaves no data key in the store, and no row that the old one opens", async () => {
    const tab = await withRows();
    const before = (await (await tab.database()).get("keys", "data"))!;
    await lockWith(tab);
    const db = await tab.database();
    expect(await db.getAllKeys("keys")).toEqual(["outbox"]);
    const bytes = (await db.get("drafts", draft.id))!;
    expect(await tab.openWithKey(before, "drafts", draft.id, bytes)).toBeUndefined();
    const { values } = await everything(tab);
    expect(values.filter((value) => value instanceof CryptoKey)).toHaveLength(1);
  });

  it("holds in the memory of a tab a key that cannot be taken out", async () => {
    const tab = await withRows();
    await lockWith(tab);
    expect(tab.heldDataKey()!.key.extractable).toBe(false);
    const next = await openLockTab();
    await next.tryPin(PIN);
    expect(next.heldDataKey()!.key.extractable).toBe(false);
  });

  it("loses nothing wherever it is stopped", async () => {
    const states: string[] = [];
    for (let step = 1; ; step++) {
      newPhone();
      const tab = await withRows();
      const closed = closedAt(step, await tab.database());
      await lockWith(tab).catch(() => undefined);
      closed.end();
      const next = await openLockTab();
      const state = await next.lockState();
      if (state === "locked") expect(await next.tryPin(PIN)).toEqual({ as: "open" });
      await assertWhole(next);
      states.push(state);
      if (!closed.happened) break;
    }
    // Closed early there is no lock yet, closed late there is one; the whole takes a dozen steps.
    expect(states.length).toBeGreaterThan(12);
    expect(states.join()).toMatch(/^(none,)+(locked,?)+$/);
  }, 120_000);

  it("takes along what another tab writes meanwhile, and nothing is written under the old key afterwards", async () => {
    const [one, two] = [await withRows(), await openLockTab()];
    const writes = Array.from({ length: 12 }, (_, at) => two.keepDraft({ ...draft, id: `late-${at}` }));
    const [, ...outcomes] = await Promise.allSettled([lockWith(one), ...writes]);
    const kept = outcomes.flatMap(({ status }, at) => (status === "fulfilled" ? [`late-${at}`] : []));
    const next = await openLockTab();
    await next.tryPin(PIN);
    expect((await next.readAllSealed("drafts")).unreadable).toBe(0);
    for (const id of kept) expect(await next.readDraft(id)).toMatchObject({ id });
  });
});

it("a row that was sealed before the lock came and is written after it is not kept under the old key", async () => {
  const [one, two] = [await withRows(), await openLockTab()];
  const real = crypto.subtle.encrypt.bind(crypto.subtle);
  let isFirst = true;
  vi.spyOn(crypto.subtle, "encrypt").mockImplementation(async (...args) => {
    const sealed = await real(...args);
    if (isFirst) {
      isFirst = false;
      await lockWith(one);
    }
    return sealed;
  });
  await expect(two.keepDraft({ ...draft, at: "late" })).rejects.toMatchObject({ reason: "locked" });
  await assertWhole(one);
  expect((await one.readAllSealed("drafts")).unreadable).toBe(0);
});

describe("taking the lock away", () => {
  it("keeps every row, and needs no PIN afterwards", async () => {
    const tab = await withRows();
    await lockWith(tab);
    await tab.removeLock();
    await assertWhole(tab);
    const next = await openLockTab();
    expect(await next.lockState()).toBe("none");
    await assertWhole(next);
    await lockWith(next, "161803");
    await assertWhole(next);
  });

  it("is not done by a tab that has not opened it", async () => {
    await lockWith(await withRows());
    const next = await openLockTab();
    await expect(next.removeLock()).rejects.toMatchObject({ reason: "locked" });
    expect(await next.lockState()).toBe("locked");
  });
});

describe("a locked phone", () => {
  it("reads no draft and no receipt, and says why", async () => {
    await lockWith(await withRows());
    const tab = await openLockTab();
    await expect(tab.readDraft(draft.id)).rejects.toMatchObject({ reason: "locked" });
    await expect(tab.readDrafts()).rejects.toMatchObject({ reason: "locked" });
    await expect(tab.keepDraft(draft)).rejects.toMatchObject({ reason: "locked" });
    expect(await tab.readAllSealed("receipts")).toEqual({ rows: [], unreadable: 0 });
    expect(await tab.readSealed("outbox", "waits")).toEqual({ id: "waits" });
  });

  it("holds a receipt that comes, and moves it behind the lock when it is opened", async () => {
    await lockWith(await withRows());
    const tab = await openLockTab();
    await tab.keepSealed("receipts", "two", { id: "two", state: "stored", note: "waiting" });
    await tab.keepSealed("receipts", receipt.id, { ...receipt, state: "stored", note: "waiting", reference: "HD-OTHER" });
    const db = await tab.database();
    expect(await db.getAllKeys("held")).toEqual(["one", "two"]);
    await tab.tryPin(PIN);
    expect(await db.count("held")).toBe(0);
    expect(await tab.readSealed("receipts", "two")).toEqual({ id: "two", state: "stored", note: "waiting" });
    // What was known of it stays; only what became of its note is new.
    expect(await tab.readSealed("receipts", receipt.id)).toEqual({ ...receipt, note: "waiting" });
  });
});

describe("a phone that is emptied while it is locked", () => {
  it("has no lock afterwards, and no tab of before brings a row back", async () => {
    const first = await withRows();
    await lockWith(first);
    const { emptyPhone } = await import("../../src/storage/wipe.ts");
    await emptyPhone([]);
    const next = await openLockTab();
    expect(await next.lockState()).toBe("none");
    expect((await everything(next)).text).not.toMatch(/MARK|wrapped/);
    await first.keepDraft(draft);
    expect(await (await openLockTab()).readAllSealed("drafts")).toMatchObject({ unreadable: 0 });
  });
});

describe("a wrong PIN", () => {
  it("is counted before it is looked at, and the count survives a restart", async () => {
    await lockWith(await withRows());
    const tab = await openLockTab();
    vi.spyOn(crypto.subtle, "deriveKey").mockImplementation(() => new Promise(() => undefined));
    void tab.tryPin(WRONG);
    await vi.waitFor(async () => expect((await (await tab.database()).get("lock", "now"))!.tries).toBe(1));
    vi.restoreAllMocks();
    const next = await openLockTab();
    expect(await next.tryPin(WRONG)).toEqual({ as: "wrong", left: 8, ms: 0 });
  });

  it("makes the next ones wait from the fifth on, by the time that was seen, and the right one sets it back", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    await lockWith(await withRows());
    const tab = await openLockTab();
    for (let at = 0; at < 4; at++) expect(await tab.tryPin(WRONG)).toMatchObject({ as: "wrong", ms: 0 });
    expect(await tab.tryPin(WRONG)).toEqual({ as: "wrong", left: 5, ms: 30_000 });
    expect(await tab.tryPin(PIN)).toMatchObject({ as: "wait" });
    const next = await openLockTab();
    expect(await next.lockAsked()).toMatchObject({ by: "pin" });
    expect(await next.tryPin(PIN)).toMatchObject({ as: "wait" });
    vi.setSystemTime(Date.now() + 31_000);
    expect(await next.tryPin(PIN)).toEqual({ as: "open" });
    expect((await (await next.database()).get("lock", "now"))!.tries).toBe(0);
  });

  it("ten times deletes drafts, receipts and words, and nothing that still has to go out", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const first = await withRows();
    await lockWith(first);
    await first.keepText("content", "words ar", "MARK");
    await first.keepSetting("locale", "ar");
    const tab = await openLockTab();
    await tab.keepSealed("receipts", "two", { ...receipt, id: "two" });
    let tried;
    for (let at = 0; at < 10; at++) {
      tried = await tab.tryPin(WRONG);
      vi.setSystemTime(Date.now() + 900_000);
    }
    expect(tried).toEqual({ as: "emptied" });
    const next = await openLockTab();
    expect(await next.lockState()).toBe("none");
    const { keys, text } = await everything(next);
    expect(keys.sort()).toEqual(["keys/outbox", "lock/now", "outbox/waits", "settings/seen", "settings/unshown"]);
    expect(text).not.toMatch(/MARK|wrapped/);
    expect(await next.readSealed("outbox", "waits")).toEqual({ id: "waits" });
    // Its receipt is shown to nobody: it is not even kept.
    await next.keepSealed("receipts", "waits", { ...receipt, id: "waits" });
    expect((await next.readAllSealed("receipts")).rows).toEqual([]);
    // The tab of before cannot bring anything back.
    await first.keepDraft(draft).catch(() => undefined);
    expect((await next.readAllSealed("drafts")).unreadable).toBe(0);
  }, 30_000);

  it("the tenth time, with the app closed before it was looked at, is the last", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const first = await withRows();
    await lockWith(first);
    const db = await first.database();
    const row = (await db.get("lock", "now"))!;
    await db.put("lock", { ...row, tries: 10 }, "now");
    expect(await (await openLockTab()).tryPin(PIN)).toEqual({ as: "emptied" });
  });
});

/** Closes the app at the n-th step of what follows: that and everything after it fails, until `end`. */
function closedAt(step: number, db: object): { happened: boolean; end: () => void } {
  const closed = { happened: false, end: () => undone.forEach((undo) => undo()) };
  const undone: (() => void)[] = [];
  let count = 0;
  const watch = (owner: object, name: string): void => {
    const real = (owner as Record<string, (...args: unknown[]) => unknown>)[name]!.bind(owner);
    const value = (...args: unknown[]): unknown => {
      closed.happened ||= ++count >= step;
      if (closed.happened) throw new DOMException("closed here", "AbortError");
      return real(...args);
    };
    Object.defineProperty(owner, name, { value, configurable: true });
    undone.push(() => Reflect.deleteProperty(owner, name));
  };
  for (const name of ["generateKey", "wrapKey", "unwrapKey", "encrypt", "decrypt"]) watch(crypto.subtle, name);
  for (const name of ["transaction", "get"]) watch(db, name);
  return closed;
}
