/** Time that the app has seen: a jumping clock deletes nothing; drafts and receipts go when theirs is up, and not before. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { draft, newPhone } from "../sending/phone.ts";
import { openLockTab, type LockTab } from "./locked-phone.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

beforeEach(() => {
  newPhone();
  vi.useFakeTimers({ toFake: ["Date"], now: draft.began });
});
afterEach(() => void vi.useRealTimers());

const pass = (ms: number): void => void vi.setSystemTime(Date.now() + ms);

/** The app open for so long, as it counts: once a minute, here in larger steps. */
async function open(tab: LockTab, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 900_000) {
    pass(Math.min(left, 900_000));
    await tab.countSeen();
  }
}

async function afterBeingAway(ms: number): Promise<LockTab> {
  pass(ms);
  const tab = await openLockTab();
  await tab.countSeen();
  return tab;
}

async function withDraft(): Promise<LockTab> {
  const tab = await openLockTab();
  await tab.countSeen();
  await tab.keepDraft(draft);
  return tab;
}

const drafts = async (tab: LockTab): Promise<number> => (await tab.readDrafts()).length;

describe("time that was seen", () => {
  it("goes with the clock while the app is open", async () => {
    const tab = await withDraft();
    await open(tab, 2 * HOUR);
    expect(tab.seenNow()).toMatchObject({ draft: 2 * HOUR, receipt: 2 * HOUR });
  });

  it("counts a jump of the clock for a quarter of an hour, and one backwards for nothing", async () => {
    const tab = await withDraft();
    for (const jump of [400 * DAY, -800 * DAY, 400 * DAY]) {
      pass(jump);
      await tab.countSeen();
    }
    expect(tab.seenNow()!.draft).toBe(HOUR / 2);
  });

  it("counts an absence for six hours at most, for a receipt for a week", async () => {
    await withDraft();
    const tab = await afterBeingAway(30 * DAY);
    expect(tab.seenNow()).toMatchObject({ draft: 6 * HOUR, receipt: 7 * DAY });
  });

  it("is counted once where two tabs are open", async () => {
    const [one, two] = [await withDraft(), await openLockTab()];
    await two.countSeen();
    for (let at = 0; at < 4; at++) {
      pass(600_000);
      await Promise.all([one.countSeen(), two.countSeen()]);
    }
    expect(Math.max(one.seenNow()!.draft, two.seenNow()!.draft)).toBe(2_400_000);
  });
});

describe("a draft", () => {
  it("goes after a day that was seen, not before, and says how long it has", async () => {
    const tab = await withDraft();
    await open(tab, 23 * HOUR);
    await tab.sweepDrafts(undefined);
    const [left] = await tab.readDrafts();
    expect(tab.leftOf(left!)).toBe(HOUR);
    await open(tab, HOUR);
    await tab.sweepDrafts(undefined);
    expect(await drafts(tab)).toBe(0);
  });

  it("is there after any absence and any jump, with time left", async () => {
    await withDraft();
    const tab = await afterBeingAway(365 * DAY);
    await tab.sweepDrafts(undefined);
    const [left] = await tab.readDrafts();
    expect(tab.leftOf(left!)).toBe(18 * HOUR);
    pass(365 * DAY);
    await tab.countSeen();
    await tab.sweepDrafts(undefined);
    expect(await drafts(tab)).toBe(1);
  });

  it("that the worker is on is never deleted, and every tap gives it its day again", async () => {
    const tab = await withDraft();
    await open(tab, 30 * HOUR);
    await tab.sweepDrafts(draft.id);
    expect(await drafts(tab)).toBe(1);
    await tab.keepDraft(draft);
    await tab.sweepDrafts(undefined);
    expect(tab.leftOf((await tab.readDrafts())[0]!)).toBe(DAY);
  });

  it("of before any counting, or of before the count began anew, has a whole day from now", async () => {
    const tab = await openLockTab();
    await tab.keepDraft(draft);
    await tab.keepSealed("drafts", "later", { ...draft, id: "later", kept_at: 99 * DAY });
    await tab.countSeen();
    await open(tab, 5 * HOUR);
    await tab.sweepDrafts(undefined);
    const all = await tab.readDrafts();
    expect(all.map(tab.leftOf)).toEqual([DAY, DAY]);
    expect(all.map(({ kept_at }) => kept_at)).toEqual([5 * HOUR, 5 * HOUR]);
  });
});

describe("a receipt", () => {
  const kept = async (tab: LockTab): Promise<string[]> => tab.keysOf("receipts");
  const weeksAway = async (weeks: number): Promise<LockTab> => {
    let tab = await openLockTab();
    for (let at = 0; at < weeks; at++) {
      tab = await afterBeingAway(7 * DAY);
      await tab.sweepReceipts();
    }
    return tab;
  };
  const withReceipt = async (state: string): Promise<LockTab> => {
    const tab = await openLockTab();
    await tab.countSeen();
    await tab.keepSealed("receipts", "one", { id: "one", state });
    await tab.sweepReceipts();
    return tab;
  };

  it("goes a month after it was over", async () => {
    await withReceipt("closed");
    expect(await kept(await weeksAway(4))).toEqual(["one"]);
    expect(await kept(await weeksAway(1))).toEqual([]);
    expect(await (await openLockTab()).readSetting("lives")).toEqual({});
  });

  it("goes after three months, whatever became of it", async () => {
    await withReceipt("read");
    expect(await kept(await weeksAway(12))).toEqual(["one"]);
    expect(await kept(await weeksAway(1))).toEqual([]);
  });

  it("stays while something of its referral still waits", async () => {
    const tab = await withReceipt("closed");
    await tab.keepSealed("outbox", "one", { id: "one" });
    expect(await kept(await weeksAway(14))).toEqual(["one"]);
  });

  it("is not deleted by one jump of the clock", async () => {
    const tab = await withReceipt("closed");
    pass(4_000 * DAY);
    await tab.countSeen();
    await tab.sweepReceipts();
    expect(await kept(tab)).toEqual(["one"]);
  });
});
