/** What the server says of this phone: newer hours and teams without new keys; taken out; and emptied, outbox first. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { Emptied, Page } from "../../src/sending/contact.ts";
import { json, problem, receiptFor, type FieldServer } from "./field-server.ts";
import { coded, held, phoneAndServer, phoneWithRow, settled, until } from "./outbox-on-phone.ts";
import { draft, joined, openTab, RECIPIENT, type Tab } from "./phone.ts";
import { sealing } from "./sealing-stand-in.ts";

vi.mock("../../src/sending/sealed-note.ts", () => import("./sealing-stand-in.ts"));

const HOUR = 3_600_000;
const { organisation, team } = joined().by_team["team-1"]!;
const NEW_HOURS = [{ days: [1], opens: "09:00", closes: "10:00" }];
let server: FieldServer;
let page: { [Name in keyof Page]: ReturnType<typeof vi.fn<Page[Name]>> };

beforeEach(() => {
  server = phoneAndServer();
  sealing.works = true;
  page = { changed: vi.fn(), clear: vi.fn(async () => undefined), stays: vi.fn(), afresh: vi.fn() };
});
afterEach(() => void vi.useRealTimers());

const told = (state: string, more: object = {}, teamMore: object = {}) =>
  json(200, { state, phone: "K7M2QX", organisation, team: { ...team, ...teamMore }, other_teams: [], ...more });

interface Contact {
  contact(): Promise<void>;
  startContact(page: Page): void;
  readonly emptied: { readonly value: Emptied | undefined };
}

/** Contact of the same tab: its modules are those that the tab was opened with. Settles when it has done its work. */
async function started(): Promise<Contact> {
  const found = await import("../../src/sending/contact.ts");
  found.startContact(page);
  await until(() => server.asked.some(({ path }) => path === "devices/current"));
  await found.contact();
  return found;
}

const methods = () => server.asked.map(({ path, method = "GET" }) => `${method} ${path}`);
const says = (state: string) => server.pages.set("devices/current", ({ method }) =>
  method === "DELETE" ? new Response(null, { status: 204 }) : told(state),
);

describe("what is newer", () => {
  it("is kept, with every name but a key: no server gives one", async () => {
    const tab = await openTab();
    const home = joined("").by_team["team-1"]!;
    await tab.keepSetting("devices", { home: "team-1", by_team: { "team-1": home } });
    const other = { id: 8, name: "Night team", areas: [], urgent_number: "+44", age_recipient: RECIPIENT };
    server.pages.set("devices/current", () =>
      told("active", { other_teams: [other] }, { hours: NEW_HOURS, conflicts: ["Clyde"], age_recipient: RECIPIENT }),
    );
    await started();
    const kept = await tab.homeDevice();
    const team = { hours: NEW_HOURS, conflicts: ["Clyde"] };
    expect(kept).toMatchObject({ phone: "K7M2QX", team, other_teams: [{ id: "8" }] });
    expect(kept).not.toHaveProperty("usable_key");
    expect(kept?.other_teams?.[0]).not.toHaveProperty("usable_key");
    expect(page.changed).toHaveBeenCalledWith(kept);
  });

  it("leaves keys that a link vouched for with their teams", async () => {
    const tab = await openTab();
    const home = joined().by_team["team-1"]!;
    const other = { id: "8", name: "Night", areas: [], urgent_number: "", usable_key: RECIPIENT };
    await tab.keepSetting("devices", { home: "team-1", by_team: { "team-1": { ...home, other_teams: [other] } } });
    const untrue = { ...other, id: 8, usable_key: "age1x" };
    server.pages.set("devices/current", () => told("active", { other_teams: [untrue] }));
    await started();
    expect(await tab.homeDevice()).toMatchObject({ usable_key: RECIPIENT, other_teams: [{ usable_key: RECIPIENT }] });
  });

  it("is not taken from an answer about another team, nor from a portal's page", async () => {
    const tab = await openTab();
    await tab.keepSetting("devices", joined());
    server.pages.set("devices/current", () => told("wipe", {}, { id: "team-9" }));
    await started();
    server.pages.set("devices/current", () => json(200, { hello: "guest" }));
    document.dispatchEvent(new Event("visibilitychange"));
    await until(() => methods().length > 2);
    expect(await tab.homeDevice()).toEqual(joined().by_team["team-1"]);
    expect(page.clear).not.toHaveBeenCalled();
  });

  it("is asked for every six hours at most, and after each referral that went", async () => {
    says("active");
    const tab = await phoneWithRow();
    (await import("../../src/sending/contact.ts")).startContact(page);
    await until(() => tab.readSetting("looked_at"));
    document.dispatchEvent(new Event("visibilitychange"));
    await settled();
    expect(methods()).toEqual(["GET devices/current"]);
    await tab.tryNow();
    await until(() => methods().length === 3);
    expect(methods()).toEqual(["GET devices/current", "GET referrals", "GET devices/current"]);
    await settled();
    await vi.advanceTimersByTimeAsync(6 * HOUR);
    await until(() => methods().length === 4);
    await settled();
    expect(methods()).toHaveLength(4);
  });
});

describe("a phone that was taken out of the team", () => {
  it("is remembered, keeps what waits, asks no more, and sends it after joining again", async () => {
    const tab = await phoneWithRow();
    server.token = "new-token";
    server.pages.set("devices/current", () => problem(401, "device-revoked"));
    await started();
    expect(await tab.homeDevice()).toMatchObject({ taken_out: 1 });
    expect(await held(tab)).toBe(1);
    await vi.advanceTimersByTimeAsync(7 * HOUR);
    await settled();
    expect(methods().filter((one) => one.endsWith("current"))).toHaveLength(1);
    server.pages.set("devices", () => json(201, { device_token: "new-token", organisation, team }));
    await tab.join({ v: 1, secret: "s".repeat(22) });
    await until(() => server.referrals.size === 1);
    expect(await tab.homeDevice()).not.toHaveProperty("taken_out");
    await until(() => methods().filter((one) => one.endsWith("current")).length === 2);
  });
});

describe("a phone that is to be emptied", () => {
  const left = async (tab: Tab) =>
    (await Promise.all((["drafts", "outbox", "receipts"] as const).map(tab.keysOf))).flat();

  it("sends what waits, then empties itself, then tells the server, in this order", async () => {
    says("wipe");
    const tab = await phoneWithRow();
    await tab.keepDraft({ ...draft, id: "another" });
    await tab.keepText("content", "words ar", "{}");
    await tab.keepText("content", "index", "{}");
    await tab.watchStore();
    const { emptied } = await started();
    await until(() => methods().at(-1)?.startsWith("DELETE"));
    await settled();
    expect(methods().filter((one, at, all) => one !== all[at - 1])).toEqual([
      "GET devices/current", "GET referrals", "DELETE devices/current",
    ]);
    expect(server.referrals.size).toBe(1);
    expect(await left(tab)).toEqual([]);
    expect(await tab.keysOf("settings")).toEqual(["marker"]);
    expect(await tab.keysOf("content")).toEqual(["index"]);
    expect(await (await tab.database()).count("keys")).toBe(0);
    expect(emptied.value).toEqual({ lost: 0 });
    expect(page.clear).toHaveBeenCalledOnce();
    expect(page.changed).toHaveBeenLastCalledWith(undefined);
    expect(await (await openTab()).watchStore()).toBeNull();
  });

  it.each([
    ["nobody answers", () => Promise.reject(new TypeError("Failed to fetch"))],
    ["the server has a problem", () => new Response("", { status: 502 })],
    ["the server is busy", () => problem(429, "too-many")],
    ["the receipt is for something else", () => json(201, receiptFor(draft.id, { coded: "0".repeat(64) }))],
  ])("waits while a referral may still go: %s", async (_, mishap) => {
    says("wipe");
    server.pages.set("referrals", mishap);
    const tab = await phoneWithRow();
    await tab.keepDraft({ ...draft, id: "another" });
    await started();
    expect(await held(tab)).toBe(1);
    expect(await tab.keysOf("drafts")).toEqual(["another"]);
    expect(page.clear).not.toHaveBeenCalled();
    expect(methods()).not.toContain("DELETE devices/current");
    server.pages.delete("referrals");
    document.dispatchEvent(new Event("visibilitychange"));
    await until(() => methods().includes("DELETE devices/current"));
    expect(server.referrals.size).toBe(1);
  });

  it("does not wait for what the server refuses for good, and says how many that were", async () => {
    says("wipe");
    server.pages.set("referrals", () => problem(409, "other-content"));
    const tab = await phoneWithRow();
    const { emptied } = await started();
    await until(() => emptied.value);
    expect(emptied.value).toEqual({ lost: 1 });
    expect(await left(tab)).toEqual([]);
  });

  it("does not wait for words without a key, once their answers have arrived", async () => {
    says("wipe");
    await phoneWithRow("");
    const { emptied } = await started();
    await until(() => emptied.value);
    expect(server.referrals.size).toBe(1);
    expect(emptied.value).toEqual({ lost: 1 });
  });

  it("waits for a referral that was sent while the check was put down", async () => {
    says("wipe");
    const tab = await openTab();
    await tab.keepSetting("devices", joined());
    page.clear.mockImplementation(async () => void (await tab.putInOutbox(draft, coded)));
    await started();
    expect(await held(tab)).toBe(1);
    expect(page.stays).toHaveBeenCalled();
    expect(methods()).not.toContain("DELETE devices/current");
  });

  it("tells the server later when it did not hear, and keeps nothing else meanwhile", async () => {
    says("wipe");
    const tab = await openTab();
    await tab.keepSetting("devices", joined());
    server.pages.set("devices/current", ({ method }) =>
      method === "DELETE" ? Promise.reject(new TypeError("Failed to fetch")) : told("wipe"),
    );
    await started();
    expect(await tab.keysOf("settings")).toEqual(["farewell"]);
    says("active");
    document.dispatchEvent(new Event("visibilitychange"));
    await until(async () => (await tab.keysOf("settings")).length < 2 && !(await tab.readSetting("farewell")));
    expect(server.asked.at(-1)).toMatchObject({ method: "DELETE", authorization: "Bearer device-token" });
  });

  it("stays whole when it cannot be emptied at once", async () => {
    says("wipe");
    const tab = await openTab();
    await tab.keepSetting("devices", joined());
    await tab.keepDraft(draft);
    const db = await tab.database();
    const real = db.transaction.bind(db);
    vi.spyOn(db, "transaction").mockImplementation(((stores: string | string[], ...rest: never[]) => {
      if (stores.includes("content")) throw new DOMException("", "InvalidStateError");
      return real(stores as "drafts", ...rest);
    }) as never);
    const { emptied } = await started();
    expect(page.stays).toHaveBeenCalled();
    expect(emptied.value).toBeUndefined();
    expect(await tab.readDrafts()).toHaveLength(1);
    expect(methods()).not.toContain("DELETE devices/current");
  });
});
