/** Nothing lost, nothing twice: notes that wait, devices refused, two tabs, a page killed, a phone that cannot keep. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { answerLost, json, type FieldServer } from "./field-server.ts";
import { coded, held, phoneAndServer, phoneWithRow, until } from "./outbox-on-phone.ts";
import { draft, joined, openTab, RECIPIENT, WORDS } from "./phone.ts";
import { sealing } from "./sealing-stand-in.ts";

vi.mock("../../src/sending/sealed-note.ts", () => import("./sealing-stand-in.ts"));

let server: FieldServer;

beforeEach(() => {
  server = phoneAndServer();
  sealing.works = true;
});

afterEach(() => {
  vi.useRealTimers();
});

describe("a note without a key", () => {
  it("stays on the phone while the answers go, and follows under the same id when a key comes", async () => {
    const tab = await phoneWithRow("");
    await tab.tryNow();
    expect(server.referrals.size).toBe(1);
    expect(server.asked[0]?.body).not.toContain('sealed":{');
    expect(tab.waiting.value).toMatchObject([{ part: "note", state: "needs_key" }]);
    expect(tab.receipts.value).toMatchObject([{ note: "waiting" }]);

    await tab.tryNow();
    expect(server.asked).toHaveLength(1);

    const { device_token, organisation, team } = joined().by_team["team-1"]!;
    server.pages.set("devices", () => json(201, { device_token, organisation, team }));
    await tab.join({ v: 1, secret: "s".repeat(22), age_recipient: team.age_recipient!, vouch_key: team.vouch_key! });
    await until(() => tab.waiting.value.length === 0 && tab.receipts.value[0]?.note === "stored");
    expect(server.referrals.get(draft.id)?.sealed).toBeDefined();
    expect(server.referrals.size).toBe(1);
    expect(tab.receipts.value).toMatchObject([{ note: "stored" }]);
    const [first, , second] = server.asked.map(({ body }) => body);
    expect(second?.startsWith(first!.slice(0, -1))).toBe(true);
  });

  it("is not spoken of when nothing was written", async () => {
    const tab = await openTab();
    await tab.keepSetting("devices", joined(""));
    await tab.putInOutbox(
      { ...draft, note: { where: " ", safe_contact: "", words_used: "", reach_me: "" } },
      coded,
    );
    await tab.tryNow();
    expect(tab.waiting.value).toEqual([]);
    expect(await held(tab)).toBe(1);
  });

  it("never holds back the answers when sealing fails, and is sealed on a later try", async () => {
    sealing.works = false;
    const tab = await phoneWithRow();
    await tab.tryNow();
    expect(server.referrals.size).toBe(1);
    const stays = { part: "note", state: "waiting", trouble: { code: "not_sealed" } };
    expect(tab.waiting.value).toMatchObject([stays]);
    await tab.tryNow();
    expect(tab.waiting.value).toMatchObject([stays]);
    expect(server.asked).toHaveLength(1);
    sealing.works = true;
    await tab.tryNow();
    expect(server.referrals.get(draft.id)?.sealed).toBeDefined();
    expect(await held(tab)).toBe(0);
  });

  it("is sealed once: tries after a lost answer send the same sealed bytes", async () => {
    const tab = await phoneWithRow("");
    await tab.tryNow();
    await tab.keepSetting("devices", joined());
    server.mishaps.push(answerLost(server));
    await tab.tryNow();
    await tab.tryNow();
    expect(await held(tab)).toBe(0);
    expect(server.asked[1]?.body).toBe(server.asked[2]?.body);
  });
});

describe("a device that is refused", () => {
  it("joins again and what waited goes with the new token", async () => {
    const tab = await phoneWithRow();
    server.token = "new-token";
    await tab.tryNow();
    expect(tab.waiting.value[0]?.trouble?.code).toBe("device_refused");
    await tab.keepSetting("devices", joined(RECIPIENT, "new-token"));
    await tab.tryNow();
    expect(server.referrals.size).toBe(1);
    expect(server.asked[0]?.body).toBe(server.asked[1]?.body);
  });

  it("sends what was sealed to one team as that team's device, after joining another", async () => {
    const tab = await phoneWithRow();
    const other = joined(undefined, "other-token").by_team["team-1"]!;
    await tab.keepSetting("devices", {
      home: "team-2",
      by_team: { ...joined().by_team, "team-2": { ...other, team: { ...other.team, id: "team-2" } } },
    });
    await tab.tryNow();
    expect(server.asked[0]?.authorization).toBe("Bearer device-token");
  });
});

describe("two tabs", () => {
  it("send a row once between them", async () => {
    const one = await phoneWithRow();
    const two = await openTab();
    await Promise.all([one.tryNow(), two.tryNow(), one.tryNow(), two.tryNow()]);
    expect(server.asked).toHaveLength(1);
    expect(await held(two)).toBe(0);
  });

  it("pass over one that was frozen while it held the lock", async () => {
    const tab = await phoneWithRow();
    void navigator.locks.request("outbox", () => new Promise(() => undefined)).catch(() => undefined);
    const round = tab.tryNow();
    await until(async () => (await navigator.locks.query()).pending?.length === 1);
    await vi.advanceTimersByTimeAsync(60_001);
    await round;
    expect(server.referrals.size).toBe(1);
  });
});

describe("the page is killed", () => {
  it("after the row was kept and before its draft was forgotten: one row, no draft, one referral", async () => {
    const before = await phoneWithRow();
    await before.keepDraft(draft);
    const tab = await openTab();
    expect(await tab.readDrafts()).toEqual([]);
    const [row] = await tab.outboxRows();
    await tab.putInOutbox({ ...draft, answers: {} }, { ...coded, answers: {} });
    expect(await tab.outboxRows()).toEqual([row]);
    await tab.tryNow();
    expect(server.referrals.get(draft.id)?.coded).toBe(
      (await tab.readSealed<{ coded_sha256: string }>("receipts", draft.id))?.coded_sha256,
    );
  });

  it("after the server stored it and before the receipt was kept: sent again, stored once", async () => {
    const before = await phoneWithRow();
    server.mishaps.push(answerLost(server));
    await before.tryNow();
    const tab = await openTab();
    await tab.startClock();
    await until(() => tab.receipts.value.length === 1);
    await until(async () => (await held(tab)) === 0);
    expect(server.referrals.size).toBe(1);
    expect(server.asked[0]?.body).toBe(server.asked[1]?.body);
  });

  it("after the receipt was kept and before the row left: the receipt keeps its times", async () => {
    vi.setSystemTime(Date.now() - 86_400_000);
    const before = await phoneWithRow();
    const [row] = await before.outboxRows();
    await before.tryNow();
    const due = before.receipts.value[0]!.due_here;
    await before.keepSealed("outbox", draft.id, row);
    vi.setSystemTime(Date.now() + 3_600_000);
    const tab = await openTab();
    await tab.tryNow();
    expect(await held(tab)).toBe(0);
    expect(server.referrals.size).toBe(1);
    expect(tab.receipts.value).toMatchObject([{ due_here: due }]);
  });
});

describe("this phone cannot keep", () => {
  it("the row: the worker is told, and the draft is still there", async () => {
    const tab = await openTab();
    await tab.keepSetting("devices", joined());
    await tab.keepDraft(draft);
    const db = await tab.database();
    const real = db.transaction.bind(db);
    const swallows = {
      store: { get: async () => undefined, put: async () => undefined, delete: async () => undefined },
      done: Promise.resolve(),
    };
    vi.spyOn(db, "transaction").mockImplementation(((store: string, ...rest: never[]) =>
      store === "outbox" ? swallows : real(store as "drafts", ...rest)) as never);
    await expect(tab.putInOutbox(draft, coded)).rejects.toMatchObject({ name: "CouldNotKeep", reason: "not_kept" });
    vi.restoreAllMocks();
    expect(await tab.readDrafts()).toHaveLength(1);
  });

  it("the row, though it is there: it does not go out behind the worker's back", async () => {
    const tab = await openTab();
    await tab.keepSetting("devices", joined());
    await tab.keepDraft(draft);
    const db = await tab.database();
    const real = db.get.bind(db);
    vi.spyOn(db, "get").mockImplementation((async (store: "outbox", key: string) =>
      store === "outbox" ? undefined : real(store, key)) as never);
    await expect(tab.putInOutbox(draft, coded)).rejects.toMatchObject({ reason: "not_kept" });
    vi.restoreAllMocks();
    await tab.tryNow();
    expect(server.asked).toEqual([]);
    expect(await tab.readDrafts()).toHaveLength(1);
  });

  it("the receipt: the row stays and goes again", async () => {
    const tab = await phoneWithRow();
    const db = await tab.database();
    const real = db.transaction.bind(db);
    vi.spyOn(db, "transaction").mockImplementation(((store: string, ...rest: never[]) => {
      if (store === "receipts") throw new DOMException("no room", "QuotaExceededError");
      return real(store as "outbox", ...rest);
    }) as never);
    await tab.tryNow();
    expect(tab.waiting.value).toMatchObject([{ trouble: { code: "not_kept" } }]);
    vi.restoreAllMocks();
    await tab.tryNow();
    expect(await held(tab)).toBe(0);
    expect(server.referrals.size).toBe(1);
  });
});

it("no word of the note is in a request, nor readable in the database", async () => {
  const tab = await phoneWithRow("");
  await tab.tryNow();
  await tab.keepSetting("devices", joined());
  const db = await tab.database();
  const rows = [...(await db.getAll("outbox")), ...(await db.getAll("drafts")), ...(await db.getAll("receipts"))];
  const atRest = Buffer.concat(rows).toString("latin1") + JSON.stringify(await db.getAll("settings"));
  await tab.tryNow();
  for (const word of Object.values(WORDS)) {
    expect(atRest).not.toContain(word);
    expect(JSON.stringify(server.asked)).not.toContain(word);
  }
  expect(atRest).not.toContain(draft.checklist.id);
});
