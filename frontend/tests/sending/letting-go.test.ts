/** What is let go of on purpose: a referral without follow-up once it went, and one that no server will take. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { answerLost, json, problem, receiptFor, type FieldServer } from "./field-server.ts";
import { coded, held, phoneAndServer, phoneWithRow, until } from "./outbox-on-phone.ts";
import { draft, joined, openTab, type Tab } from "./phone.ts";
import { sealing } from "./sealing-stand-in.ts";

vi.mock("../../src/sending/sealed-note.ts", () => import("./sealing-stand-in.ts"));

const EMPTY = { where: "", safe_contact: " ", words_used: "", reach_me: "" };
let server: FieldServer;

beforeEach(() => {
  server = phoneAndServer();
  sealing.works = true;
});
afterEach(() => void vi.useRealTimers());

describe("without follow-up", () => {
  const unfollowed = async (key?: string, note = draft.note): Promise<Tab> => {
    const tab = await openTab();
    await tab.keepSetting("devices", joined(key));
    await tab.putInOutbox({ ...draft, reach: "none", note }, { ...coded, reach: "none" });
    return tab;
  };
  const left = async (tab: Tab) => (await Promise.all((["outbox", "receipts", "drafts"] as const).map(tab.keysOf))).flat();

  it("nothing is kept once it has arrived, and its reference is known until the app is closed", async () => {
    const tab = await unfollowed();
    expect(tab.unkept.value).toEqual([]);
    await tab.tryNow();
    expect(server.referrals.get(draft.id)?.sealed).toBeDefined();
    expect(await left(tab)).toEqual([]);
    expect(tab.receipts.value).toEqual([]);
    expect(tab.unkept.value).toEqual([draft.id]);
    const other = await openTab();
    expect(other.unkept.value).toEqual([]);
  });

  it.each([
    ["for other answers", (kept: { coded: string; sealed: string }) => ({ ...kept, coded: "0".repeat(64) })],
    ["for another note", (kept: { coded: string; sealed: string }) => ({ ...kept, sealed: "0".repeat(64) })],
  ])("the receipt is compared all the same: one %s ends nothing", async (_, other) => {
    const tab = await unfollowed();
    const [row] = await tab.outboxRows();
    server.mishaps.push(() =>
      json(201, receiptFor(draft.id, other({ coded: row!.coded_sha256, sealed: row!.sealed_sha256! }))),
    );
    await tab.tryNow();
    expect(tab.waiting.value).toMatchObject([{ trouble: { code: "receipt_differs" } }]);
    expect(await held(tab)).toBe(1);
  });

  it("words that wait for a key stay until they went; then nothing is kept of them either", async () => {
    const tab = await unfollowed("");
    await tab.tryNow();
    expect(tab.waiting.value).toMatchObject([{ part: "note", state: "needs_key" }]);
    expect(tab.unkept.value).toEqual([]);
    await tab.keepSetting("devices", joined());
    await tab.tryNow();
    expect(server.referrals.get(draft.id)?.sealed).toBeDefined();
    expect(await left(tab)).toEqual([]);
  });

  it("an empty note is not kept for a key, nor after joining again", async () => {
    const tab = await unfollowed("", EMPTY);
    await tab.tryNow();
    expect(await left(tab)).toEqual([]);

    const rejoined = await unfollowed("", EMPTY);
    const devices = joined("");
    const home = { ...devices.by_team["team-1"]!, voucher: "B".repeat(43) };
    await rejoined.keepSetting("devices", { ...devices, by_team: { "team-1": home } });
    await rejoined.tryNow();
    expect(await left(rejoined)).toEqual([]);
  });

  it("another tab that shows it learns that it went", async () => {
    const tab = await unfollowed();
    const other = await openTab();
    server.mishaps.push(() => problem(503, "busy"));
    await other.startClock();
    await tab.tryNow();
    await until(() => other.unkept.value.includes(draft.id));
  });
});

describe("what no server will take", () => {
  it.each(["other-content", "note-already-read", "note-replaced-before", "bad-shape"])("%s: may be put away", async (code) => {
    const tab = await phoneWithRow();
    server.pages.set("referrals", () => problem(409, code));
    await tab.tryNow();
    expect(tab.waiting.value).toHaveLength(1);
    await tab.putAway(draft.id);
    expect(tab.waiting.value).toEqual([]);
    expect(await held(tab)).toBe(0);
  });

  it.each([
    ["the team is not offered any more", () => problem(403, "team-not-offered")],
    ["the phone is refused", () => problem(401, "unknown-device")],
    ["the server is in trouble", () => problem(503, "busy")],
    ["nobody answers", () => Promise.reject(new TypeError("Failed to fetch"))],
  ])("but what may still go may not: %s", async (_, mishap) => {
    const tab = await phoneWithRow();
    server.mishaps.push(mishap);
    await tab.tryNow();
    await tab.putAway(draft.id);
    expect(await held(tab)).toBe(1);
  });

  it("says that the answers arrived when they did, and that the note is somebody else's", async () => {
    const tab = await phoneWithRow();
    server.mishaps.push(answerLost(server));
    await tab.tryNow();
    Object.assign(server.referrals.get(draft.id)!, { sealed: "0".repeat(64), isRead: true });
    await tab.tryNow();
    expect(tab.waiting.value).toMatchObject([{ part: "note", trouble: { code: "note_already_read" } }]);
    expect(tab.receipts.value).toMatchObject([{ id: draft.id, note: "waiting" }]);
    await tab.putAway(draft.id);
    expect(await held(tab)).toBe(0);
    expect(tab.receipts.value).toHaveLength(1);
  });

  it("is still here when the phone could not delete it", async () => {
    const tab = await phoneWithRow();
    server.mishaps.push(() => problem(409, "other-content"));
    await tab.tryNow();
    const db = await tab.database();
    vi.spyOn(db, "transaction").mockImplementation(() => {
      throw new DOMException("", "InvalidStateError");
    });
    await expect(tab.putAway(draft.id)).rejects.toMatchObject({ name: "CouldNotKeep" });
    vi.restoreAllMocks();
    expect(await held(tab)).toBe(1);
  });
});

it("what nobody is to see any more still goes out, and is not shown", async () => {
  const tab = await phoneWithRow();
  await tab.keepSetting("unshown", [draft.id]);
  await tab.refreshWaiting();
  expect(tab.waiting.value).toEqual([]);
  await tab.tryNow();
  expect(server.referrals.size).toBe(1);
  expect(await held(tab)).toBe(0);
});
