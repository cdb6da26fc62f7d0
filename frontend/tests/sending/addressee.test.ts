/** Whom a referral goes to: the worker's choice, for this one alone, with that team's own key, hours and number. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { OutboxRow } from "../../src/sending/outbox.ts";
import type { Settings } from "../../src/storage/settings.ts";
import { json, problem, type FieldServer } from "./field-server.ts";
import { coded, held, phoneAndServer, until } from "./outbox-on-phone.ts";
import { draft, joined, openTab, RECIPIENT, type Tab } from "./phone.ts";
import { sealing } from "./sealing-stand-in.ts";

vi.mock("../../src/sending/sealed-note.ts", () => import("./sealing-stand-in.ts"));

const NIGHT = {
  id: "8",
  name: "Night team",
  organisation_name: "Health board",
  areas: ["S12000023"],
  hours: [{ days: [6, 7], opens: "00:00", closes: "24:00" }],
  urgent_number: "+441410000008",
  usable_key: `age1${"p".repeat(58)}`,
};
const OTHER = { by: "team-1", team: "8" };
let server: FieldServer;

beforeEach(() => {
  server = phoneAndServer();
  sealing.works = true;
});
afterEach(() => void vi.useRealTimers());

function withOthers(): Settings["devices"] {
  const devices = joined();
  return { home: "team-1", by_team: { "team-1": { ...devices.by_team["team-1"]!, other_teams: [NIGHT] } } };
}

async function phoneWithChoice(send_to: typeof OTHER | null = OTHER): Promise<Tab> {
  const tab = await openTab();
  await tab.keepSetting("devices", withOthers());
  await tab.keepDraft(draft);
  await tab.putInOutbox(send_to ? { ...draft, send_to } : draft, coded);
  return tab;
}

const bodies = () => server.asked.map(({ body }) => JSON.parse(body) as Record<string, unknown>);

describe("a referral for another team of the invitation", () => {
  it("names that team, is sealed to its key, and carries its hours and number; the home team stays home", async () => {
    const tab = await phoneWithChoice();
    const [row] = await tab.outboxRows();
    const { usable_key: key, hours, urgent_number } = NIGHT;
    expect(row).toMatchObject({ by: "team-1", key, team: { id: "8", hours, urgent_number } });
    await tab.tryNow();
    expect(bodies()).toMatchObject([{ team: 8, sealed: { recipient: NIGHT.usable_key } }]);
    expect(server.asked[0]?.authorization).toBe("Bearer device-token");
    expect(await held(tab)).toBe(0);
    expect((await tab.homeDevice())?.team.id).toBe("team-1");
  });

  it("waits with its words when no link gave that team's key", async () => {
    const tab = await openTab();
    const devices = withOthers();
    const { usable_key: _, ...keyless } = NIGHT;
    const home = devices.by_team["team-1"]!;
    await tab.keepSetting("devices", { home: "team-1", by_team: { "team-1": { ...home, other_teams: [keyless] } } });
    await tab.putInOutbox({ ...draft, send_to: OTHER }, coded);
    await tab.tryNow();
    expect(bodies()).toMatchObject([{ team: 8 }]);
    expect(bodies()[0]).not.toHaveProperty("sealed");
    expect(tab.waiting.value).toMatchObject([{ part: "note", state: "needs_key" }]);
  });

  it("is for this one alone: the next goes home and names no team", async () => {
    const tab = await phoneWithChoice(null);
    await tab.tryNow();
    expect(bodies()[0]).not.toHaveProperty("team");
    expect(bodies()).toMatchObject([{ sealed: { recipient: RECIPIENT } }]);
  });

  it("is never given to another team when the chosen one can no longer be reached", async () => {
    const tab = await openTab();
    await tab.keepSetting("devices", joined());
    await tab.keepDraft(draft);
    await expect(tab.putInOutbox({ ...draft, send_to: OTHER }, coded)).rejects.toMatchObject({ name: "NotJoined" });
    expect(await held(tab)).toBe(0);
    expect(await tab.readDrafts()).toHaveLength(1);
  });
});

describe("a team that the server does not offer this phone", () => {
  it("keeps the row with its words; chosen anew, the same answers go, sealed anew", async () => {
    const tab = await phoneWithChoice();
    server.mishaps.push(() => problem(403, "team-not-offered"));
    await tab.tryNow();
    expect(tab.waiting.value).toMatchObject([{ part: "referral", trouble: { code: "team_not_offered" } }]);
    await tab.readdress(draft.id, { by: "team-1", team: "team-1" });
    await until(async () => (await held(tab)) === 0);
    const [refused, sent] = bodies();
    expect(sent).not.toHaveProperty("team");
    const { id, coded: answers, receipt_sha256 } = refused!;
    expect(sent).toMatchObject({ id, coded: answers, receipt_sha256, sealed: { recipient: RECIPIENT } });
    expect(tab.receipts.value).toMatchObject([{ team: { id: "team-1" }, note: "stored" }]);
  });

  it("stays without follow-up when another is chosen", async () => {
    const tab = await openTab();
    await tab.keepSetting("devices", withOthers());
    await tab.putInOutbox({ ...draft, send_to: OTHER }, { ...coded, reach: "none" });
    server.mishaps.push(() => problem(403, "team-not-offered"));
    await tab.tryNow();
    await tab.readdress(draft.id, { by: "team-1", team: "team-1" });
    await until(async () => (await held(tab)) === 0);
    expect(server.referrals.size).toBe(1);
    expect(tab.receipts.value).toEqual([]);
  });

  it("changes nothing for a team that cannot be reached either", async () => {
    const tab = await phoneWithChoice();
    const before = await tab.outboxRows();
    await expect(tab.readdress(draft.id, { by: "team-1", team: "9" })).rejects.toMatchObject({ name: "NotJoined" });
    expect(await tab.outboxRows()).toEqual(before);
  });

  it("leaves a row of before as it is: its words are sealed, and not here any more", async () => {
    const tab = await phoneWithChoice(null);
    const [{ words: _, ...row }] = (await tab.outboxRows()) as [OutboxRow];
    await tab.keepRow(row);
    const before = await tab.outboxRows();
    await tab.readdress(draft.id, OTHER);
    expect(await tab.outboxRows()).toEqual(before);
  });
});

it("lists each team once, home first, a joined one as its own phone", async () => {
  const { reachable } = await import("../../src/sending/addressee.ts");
  const devices = withOthers();
  const night = { ...joined(undefined, "night-token").by_team["team-1"]!, team: { ...NIGHT, conflicts: [] } };
  const both = { home: "8", by_team: { ...devices.by_team, "8": night } };
  expect(reachable(both).map(({ by, team }) => [by, team])).toEqual([["8", "8"], ["team-1", "team-1"]]);
  expect(reachable(devices).map(({ by, team }) => [by, team])).toEqual([["team-1", "team-1"], ["team-1", "8"]]);
  expect(reachable(undefined)).toEqual([]);
});

describe("leaving a team", () => {
  it("waits until nothing for it is only on this phone, also when it goes to another team", async () => {
    const tab = await phoneWithChoice();
    expect(await tab.leaveTeam("team-1")).toBe("unsent");
    expect(server.asked).toEqual([]);
    await tab.tryNow();
    server.pages.set("devices/current", () => new Response(null, { status: 204 }));
    expect(await tab.leaveTeam("team-1")).toBe("left");
    const ended = { path: "devices/current", method: "DELETE", authorization: "Bearer device-token" };
    expect(server.asked.at(-1)).toMatchObject(ended);
    expect(await tab.homeDevice()).toBeUndefined();
    expect(tab.receipts.value).toHaveLength(1);
  });

  it("waits for words that were sealed late and have no receipt yet", async () => {
    const tab = await openTab();
    await tab.keepSetting("devices", joined(""));
    await tab.putInOutbox(draft, coded);
    await tab.tryNow();
    await tab.keepSetting("devices", joined());
    server.mishaps.push(() => problem(503, "busy"));
    await tab.tryNow();
    expect(await tab.outboxRows()).toMatchObject([{ coded_stored: 1, words: draft.note }]);
    expect(await tab.leaveTeam("team-1")).toBe("unsent");
  });

  it("forgets nothing while the server has not heard, and goes home to another joined team after", async () => {
    const tab = await openTab();
    const second = { ...joined(undefined, "second").by_team["team-1"]!, team: { ...NIGHT, id: "8" } };
    await tab.keepSetting("devices", { home: "team-1", by_team: { ...joined().by_team, "8": second } });
    server.pages.set("devices/current", () => json(200, "<html>"));
    expect(await tab.leaveTeam("team-1")).toMatchObject({ code: "not_our_server" });
    expect((await tab.homeDevice())?.team.id).toBe("team-1");
    server.pages.set("devices/current", () => problem(401, "device-unknown"));
    expect(await tab.leaveTeam("team-1")).toBe("left");
    expect((await tab.homeDevice())?.team.id).toBe("8");
  });
});
