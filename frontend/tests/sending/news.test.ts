/** News with messages and the note's hash: kept whole, shown offline, and silent while the phone is locked. */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

import type { Identity } from "../../src/sealing/identities.ts";
import { type FieldServer } from "./field-server.ts";
import { coded, phoneAndServer } from "./outbox-on-phone.ts";
import { draft, joined, openTab } from "./phone.ts";
import { kept, phoneThatSent } from "./phone-that-sent.ts";
import { answer, newTeam } from "./team-desk.ts";
import { lockWith, openLockTab, PIN, type LockTab } from "../storage/locked-phone.ts";

vi.mock("../../src/sending/sealed-note.ts", () => import("./sealing-stand-in.ts"));

let team: Identity;
let server: FieldServer;

beforeAll(async () => {
  team = await newTeam();
});
beforeEach(() => {
  server = phoneAndServer();
});
afterEach(() => void vi.useRealTimers());

const there = () => server.referrals.get(draft.id)!;

describe("what the team writes", () => {
  it("is there after the news, and without a server too", async () => {
    const tab = await phoneThatSent(team);
    there().answers = [await answer(await kept(tab), 1, "MARKER Stay where you are seen")];
    await tab.askForNews();
    const offline = await openTab();
    await offline.refreshReceipts();
    expect(offline.receipts.value[0]?.theirs).toMatchObject([{ is: "shown", text: "MARKER Stay where you are seen" }]);
    const atRest = Buffer.concat(await (await offline.database()).getAll("receipts")).toString("latin1");
    expect(atRest).not.toContain("MARKER");
  });

  it("is marked as new until the worker looked, also when news come in meanwhile", async () => {
    const tab = await phoneThatSent(team);
    const receipt = await kept(tab);
    there().answers = [await answer(receipt, 1, "one")];
    await tab.askForNews();
    expect(tab.unlooked.value).toHaveLength(1);
    const news = tab.askAbout(draft.id);
    await tab.lookedAt(draft.id);
    await news;
    expect(tab.unlooked.value).toEqual([]);
    there().answers.push(await answer(receipt, 2, "two"));
    await tab.askForNews();
    expect(tab.unlooked.value).toHaveLength(1);
  });

  it("stays when the server gives out nothing any more, and that is said", async () => {
    const tab = await phoneThatSent(team);
    there().answers = [await answer(await kept(tab), 1, "one")];
    await tab.askForNews();
    await tab.lookedAt(draft.id);
    there().answers = [];
    await tab.askForNews();
    expect(tab.receipts.value[0]?.theirs).toMatchObject([{ text: "one", lost: 1, fresh: 1 }]);
  });

  it("stays, and is not called missing, when the referral was deleted in its time", async () => {
    const tab = await phoneThatSent(team);
    there().answers = [await answer(await kept(tab), 1, "one")];
    await tab.askForNews();
    await tab.lookedAt(draft.id);
    there().isDeleted = true;
    await tab.askForNews();
    const [receipt] = tab.receipts.value;
    expect(receipt).toMatchObject({ state: "closed", theirs: [{ text: "one" }] });
    expect(receipt?.theirs?.[0]).not.toHaveProperty("lost");
    expect(tab.unlooked.value).toEqual([]);
  });
});

describe("the note at the team", () => {
  it.each([
    ["is the one that was confirmed", () => undefined, false],
    ["is another", () => (there().sealed = "0".repeat(64)), true],
    ["is gone", () => delete there().sealed, true],
    ["is gone because it was closed", () => Object.assign(there(), { sealed: undefined, closed_as: "acted_police" }), false],
    ["is another though it was closed", () => Object.assign(there(), { sealed: "0".repeat(64), closed_as: "acted_police" }), true],
  ])("%s", async (_, tamper, isAnother) => {
    const tab = await phoneThatSent(team);
    expect(tab.isNoteAnother(tab.receipts.value[0]!)).toBe(false);
    tamper();
    await tab.askForNews();
    expect(tab.isNoteAnother(tab.receipts.value[0]!)).toBe(isAnother);
  });

  it("that came while the server was asked is not called another", async () => {
    const tab = await openTab();
    await tab.keepSetting("devices", joined(""));
    await tab.putInOutbox(draft, coded);
    await tab.tryNow();
    await tab.keepSetting("devices", joined(team.recipient));
    server.mishaps.push(async (asked, signal) => {
      const before = await server.intake(asked, signal);
      await tab.tryNow();
      return before;
    });
    await tab.askAbout(draft.id);
    expect(there().sealed).toBeDefined();
    expect(tab.isNoteAnother(tab.receipts.value[0]!)).toBe(false);
  });
});

describe("a locked phone", () => {
  const lock = async (tab: LockTab): Promise<void> => {
    await lockWith(tab);
    tab.holdDataKey(undefined);
  };

  it("asks for nothing, sends nothing and marks nothing; once it is open everything goes on", async () => {
    await phoneThatSent(team);
    const tab = await openLockTab();
    await tab.refreshReceipts();
    there().answers = [await answer(await kept(tab), 1, "one")];
    server.pages.set("follow-up/messages", () => Promise.reject(new TypeError("Failed to fetch")));
    await tab.write(draft.id, "waits");
    await tab.sendMessages(draft.id);
    server.pages.clear();
    await lock(tab);
    const asked = server.asked.length;
    await tab.askForNews();
    await tab.sendMessages(draft.id);
    await tab.refreshReceipts();
    await tab.askForNews();
    expect(server.asked).toHaveLength(asked);
    expect(tab.receipts.value).toEqual([]);
    expect(tab.unlooked.value).toEqual([]);

    await tab.tryPin(PIN);
    await tab.refreshReceipts();
    await tab.askForNews();
    expect(there().received).toHaveLength(1);
    expect(tab.unlooked.value).toHaveLength(1);
  });

  it("does not ask about what was sent while it was locked", async () => {
    const tab = await openLockTab();
    await tab.keepSetting("devices", joined(team.recipient));
    await lock(tab);
    await tab.putInOutbox(draft, coded);
    await tab.tryNow();
    expect(await tab.keysOf("held")).toEqual([draft.id]);
    await tab.refreshReceipts();
    await tab.askForNews();
    expect(server.asked.filter(({ path }) => path === "follow-up")).toEqual([]);
  });

  it("keeps nothing of news that were under way when it was locked", async () => {
    await phoneThatSent(team);
    const tab = await openLockTab();
    await tab.refreshReceipts();
    there().isRead = true;
    server.mishaps.push(async (asked, signal) => {
      await lock(tab);
      return server.intake(asked, signal);
    });
    await tab.askForNews();
    expect(await tab.keysOf("held")).toEqual([]);
    await tab.tryPin(PIN);
    expect(await kept(tab)).toMatchObject({ state: "stored" });
  });

  it("knows after it was opened which note went meanwhile", async () => {
    const tab = await openLockTab();
    await tab.keepSetting("devices", joined(""));
    await tab.putInOutbox(draft, coded);
    await tab.tryNow();
    await lock(tab);
    await tab.keepSetting("devices", joined(team.recipient));
    await tab.tryNow();
    await tab.tryPin(PIN);
    expect(await kept(tab)).toMatchObject({ note: "stored", sealed_sha256: there().sealed });
  });
});
