/** What is kept is there, is sealed, opens nowhere else, and an emptied store is noticed. */
import { beforeEach, describe, expect, it, vi } from "vitest";

import { draft, newPhone, openTab } from "../sending/phone.ts";

beforeEach(() => newPhone());

describe("sealed rows", () => {
  it("open again after the app was closed", async () => {
    await (await openTab()).keepDraft(draft);
    expect(await (await openTab()).readDraft(draft.id)).toMatchObject(draft);
  });

  it("are written in the order of the taps, however quick they come", async () => {
    const tab = await openTab();
    const taps = Array.from({ length: 20 }, (_, at) => ({ ...draft, at: `${at}` }));
    await Promise.all(taps.map(tab.keepDraft));
    expect(await tab.readDraft(draft.id)).toMatchObject({ at: "19" });
  });

  it("share one key when two tabs start together", async () => {
    const [one, two] = [await openTab(), await openTab()];
    await Promise.all([one.keepDraft(draft), two.keepDraft({ ...draft, id: "two" })]);
    expect(await (await openTab()).readDrafts()).toHaveLength(2);
  });

  it("hold keys that cannot be taken out", async () => {
    const tab = await openTab();
    await tab.keepDraft(draft);
    const key = await (await tab.database()).get("keys", "data");
    await expect(crypto.subtle.exportKey("raw", key!)).rejects.toThrow();
  });

  it("do not open when altered or moved to another place", async () => {
    const tab = await openTab();
    await tab.keepDraft(draft);
    const db = await tab.database();
    const bytes = (await db.get("drafts", draft.id))!;
    await db.put("drafts", bytes, "moved");
    await db.put("receipts", bytes, draft.id);
    const flipped = bytes.slice();
    flipped[40]! ^= 1;
    await db.put("drafts", flipped, "flipped");
    expect(await tab.readDraft("moved")).toBeUndefined();
    expect(await tab.readSealed("receipts", draft.id)).toBeUndefined();
    expect(await tab.readAllSealed("drafts")).toMatchObject({ rows: [draft], unreadable: 2 });
    expect(await tab.readDrafts()).toHaveLength(1);
  });

  it("of the outbox do not open with the drafts' key", async () => {
    const tab = await openTab();
    await tab.keepDraft(draft);
    await tab.keepSealed("outbox", draft.id, draft);
    const db = await tab.database();
    await db.delete("keys", "data");
    expect(await tab.readDraft(draft.id)).toBeUndefined();
    expect(await tab.readSealed("outbox", draft.id)).toEqual(draft);
  });
});

describe("a write that did not stay", () => {
  it.each([
    ["is swallowed", () => ({ store: { put: async () => undefined }, done: Promise.resolve() }), "not_kept"],
    [
      "finds no room",
      () => {
        throw new DOMException("", "QuotaExceededError");
      },
      "full",
    ],
    [
      "never ends",
      () => ({ store: { put: async () => undefined }, done: new Promise(() => undefined) }),
      "no_storage",
    ],
  ])("%s: it is a CouldNotKeep", async (_, transaction, reason) => {
    const tab = await openTab();
    await tab.keepSetting("locale", "en");
    const db = await tab.database();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    vi.spyOn(db, "transaction").mockImplementation(transaction as never);
    vi.spyOn(db, "get").mockResolvedValue('"en"');
    const failed = expect(tab.keepSetting("locale", "ar")).rejects.toMatchObject({ name: "CouldNotKeep", reason });
    await vi.advanceTimersByTimeAsync(10_000);
    await failed;
    vi.useRealTimers();
  });

  it("on a phone that gives no database at all", async () => {
    vi.stubGlobal("indexedDB", {
      open: () => {
        throw new DOMException("", "SecurityError");
      },
    });
    const tab = await openTab();
    await expect(tab.keepDraft(draft)).rejects.toMatchObject({ name: "CouldNotKeep", reason: "no_storage" });
  });
});

describe("the store is watched", () => {
  it("and all is well on a new phone, and the next day", async () => {
    expect(await (await openTab()).watchStore()).toBeNull();
    expect(await (await openTab()).watchStore()).toBeNull();
  });

  it("and an emptied one is said, with how many were unsent, until the worker has seen it", async () => {
    const before = await openTab();
    await before.watchStore();
    before.rememberUnsent(2);
    const { IDBFactory } = await import("fake-indexeddb");
    vi.stubGlobal("indexedDB", new IDBFactory());
    const after = await openTab();
    await after.refreshWaiting();
    expect(await after.watchStore()).toEqual({ unsent: 2 });
    expect(await (await openTab()).watchStore()).toEqual({ unsent: 2 });
    await after.lossWasSeen();
    expect(await (await openTab()).watchStore()).toBeNull();
  });

  it("and only the marker beside it being gone is no loss", async () => {
    await (await openTab()).watchStore();
    localStorage.removeItem("kept");
    expect(await (await openTab()).watchStore()).toBeNull();
  });
});
