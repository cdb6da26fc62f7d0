/** What the worker writes afterwards: nothing lost, nothing twice, in order, readable by the team alone. */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

import type { Identity } from "../../src/sealing/identities.ts";
import { json, problem, type FieldServer } from "./field-server.ts";
import { phoneAndServer, until } from "./outbox-on-phone.ts";
import { draft, joined, openTab, type Tab } from "./phone.ts";
import { kept, phoneThatSent } from "./phone-that-sent.ts";
import { newTeam, read } from "./team-desk.ts";

vi.mock("../../src/sending/sealed-note.ts", () => import("./sealing-stand-in.ts"));

const OFFLINE = () => Promise.reject(new TypeError("Failed to fetch"));
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
const texts = async (tab: Tab) => read(team, await kept(tab), there().received);
const posts = () => server.asked.filter(({ path }) => path === "follow-up/messages");
const stored = async (tab: Tab) => ((await kept(tab)).mine ?? []).map((one) => one.stored);

/** Writes while there is no signal. */
async function writeOffline(tab: Tab, ...all: string[]): Promise<void> {
  server.pages.set("follow-up/messages", OFFLINE);
  for (const text of all) expect(await tab.write(draft.id, text)).toBe("kept");
  await tab.sendMessages(draft.id);
  server.pages.delete("follow-up/messages");
}

describe("a message", () => {
  it("arrives sealed to the team, with the receipt's word and no other", async () => {
    const tab = await phoneThatSent(team);
    expect(await tab.write(draft.id, "I finish at six · أنتهي في السادسة")).toBe("kept");
    expect(await tab.sendMessages(draft.id)).toBeUndefined();
    expect(await texts(tab)).toEqual(["I finish at six · أنتهي في السادسة"]);
    expect(posts()[0]?.authorization).toMatch(/^Receipt [\w-]{22}$/);
    expect(JSON.stringify(server.asked)).not.toContain("finish");
    expect(Object.keys(JSON.parse(posts()[0]!.body) as object).sort()).toEqual(["file", "mac", "recipient", "seq"]);
    expect(await stored(tab)).toEqual([1]);
  });

  it("is said to be read only when the server says so of its place", async () => {
    const tab = await phoneThatSent(team);
    await tab.write(draft.id, "one");
    await tab.askForNews();
    expect(await kept(tab)).toMatchObject({ received: 1, received_read: 0 });
    there().receivedRead = 1;
    await tab.askForNews();
    expect(await kept(tab)).toMatchObject({ received_read: 1 });
  });

  it.each([
    ["there is no key of the team", joined(""), "no_key"],
    ["nothing vouches for the team's key", cut(), "key_changed"],
  ])("is not taken when %s", async (_, devices, why) => {
    const tab = await phoneThatSent(team);
    await tab.keepSetting("devices", devices!);
    expect(await tab.write(draft.id, "one")).toBe(why);
    expect((await kept(tab)).mine).toBeUndefined();
  });

  it("is not taken once it was closed", async () => {
    const tab = await phoneThatSent(team);
    there().closed_as = "acted_support";
    await tab.askForNews();
    expect(await tab.write(draft.id, "one")).toBe("over");
  });
});

function cut() {
  const devices = joined("")!;
  const [id, device] = Object.entries(devices.by_team)[0]!;
  const trusted = { age_recipient: `age1${"p".repeat(58)}`, vouch_key: "v".repeat(43) };
  return { ...devices, by_team: { [id]: { ...device, trusted } } };
}

describe("without signal", () => {
  it("messages wait as the very bytes that go later, in order", async () => {
    const tab = await phoneThatSent(team);
    await writeOffline(tab, "one", "two", "three");
    const tried = posts()[0]!.body;
    expect(tab.writingTrouble.value[draft.id]).toMatchObject({ code: "no_connection" });
    expect(await stored(tab)).toEqual([undefined, undefined, undefined]);
    await tab.askForNews();
    expect(await texts(tab)).toEqual(["one", "two", "three"]);
    expect(posts().at(-3)?.body).toBe(tried);
    expect(tab.writingTrouble.value).toEqual({});
  });

  it("they outlive the page, and go from the next one by themselves", async () => {
    await writeOffline(await phoneThatSent(team), "one", "two");
    const next = await openTab();
    await next.startFollowUp();
    await until(async () => (await stored(next)).every(Boolean));
    expect(await texts(next)).toEqual(["one", "two"]);
  });

  it("one whose answer was lost is sent again as it was, and stored once", async () => {
    const tab = await phoneThatSent(team);
    server.mishaps.push(async (asked, signal) => {
      await server.intake(asked, signal);
      throw new TypeError("Failed to fetch");
    });
    await tab.write(draft.id, "one");
    await tab.sendMessages(draft.id);
    expect(await stored(tab)).toEqual([1]);
    expect(posts()).toHaveLength(2);
    expect(posts()[0]?.body).toBe(posts()[1]?.body);
    expect(there().received).toHaveLength(1);
  });

  it("nothing of a message is readable in the database", async () => {
    const tab = await phoneThatSent(team);
    await writeOffline(tab, "MARKER-of-a-message");
    const db = await tab.database();
    const atRest = Buffer.concat([...(await db.getAll("receipts")), ...(await db.getAll("outbox"))]).toString("latin1");
    expect(atRest).not.toContain("MARKER");
  });
});

describe("two at once", () => {
  it.each(["one tab", "two tabs"])("messages written at once in %s take places of their own", async (where) => {
    const one = await phoneThatSent(team);
    const two = where === "two tabs" ? await openTab() : one;
    server.pages.set("follow-up/messages", OFFLINE);
    await Promise.all([one.write(draft.id, "one"), two.write(draft.id, "two"), one.write(draft.id, "three")]);
    expect((await kept(one)).mine?.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    server.pages.clear();
    await one.refreshReceipts();
    await one.askForNews();
    expect((await texts(one)).sort()).toEqual(["one", "three", "two"]);
    expect((await kept(one)).mine?.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  it("news that come in while the worker writes undo nothing", async () => {
    const tab = await phoneThatSent(team);
    const news = tab.askAbout(draft.id);
    await Promise.all([tab.write(draft.id, "one"), news]);
    await tab.sendMessages(draft.id);
    expect(await texts(tab)).toEqual(["one"]);
  });

  it("another phone with the same saved file took the place: the message moves on", async () => {
    const tab = await phoneThatSent(team);
    const other = await kept(tab);
    await tab.write(draft.id, "from the other");
    await tab.sendMessages(draft.id);
    await tab.keepSealed("receipts", draft.id, other);
    await writeOffline(tab, "one", "two");
    await tab.sendMessages(draft.id);
    expect(await texts(tab)).toEqual(["from the other", "one", "two"]);
    expect(await stored(tab)).toEqual([1, 1]);
  });
});

describe("the server", () => {
  it("that was set back is sent again what it confirmed before", async () => {
    const tab = await phoneThatSent(team);
    await tab.write(draft.id, "one");
    await tab.write(draft.id, "two");
    await tab.sendMessages(draft.id);
    there().received.pop();
    await tab.askForNews();
    await tab.askForNews();
    expect(await texts(tab)).toEqual(["one", "two"]);
    expect(await stored(tab)).toEqual([1, 1]);
  });

  it("that confirms something else is not believed", async () => {
    const tab = await phoneThatSent(team);
    server.pages.set("follow-up/messages", () => json(201, { seq: 1, sha256: "0".repeat(64) }));
    await tab.write(draft.id, "one");
    expect(await tab.sendMessages(draft.id)).toMatchObject({ code: "receipt_differs" });
    expect(await stored(tab)).toEqual([undefined]);
  });

  it("that says every place is taken is not asked without an end", async () => {
    const tab = await phoneThatSent(team);
    server.pages.set("follow-up/messages", () => problem(409, "other-content"));
    await tab.write(draft.id, "one");
    expect(await tab.sendMessages(draft.id)).toMatchObject({ code: "other_content" });
    expect(posts().length).toBeLessThan(6);
  });

  it("that asks for time gets it", async () => {
    const tab = await phoneThatSent(team);
    server.pages.set("follow-up/messages", () => problem(429, "too-many", { "retry-after": "600" }));
    await tab.write(draft.id, "one");
    await tab.sendMessages(draft.id);
    const tries = posts().length;
    server.pages.delete("follow-up/messages");
    expect(await tab.sendMessages(draft.id)).toMatchObject({ code: "busy" });
    expect(posts()).toHaveLength(tries);
    await vi.advanceTimersByTimeAsync(601_000);
    await tab.sendMessages(draft.id);
    expect(await texts(tab)).toEqual(["one"]);
  });

  it("that closed it meanwhile is believed, and the message stays as not sent", async () => {
    const tab = await phoneThatSent(team);
    await writeOffline(tab, "one");
    there().closed_as = "acted_support";
    await tab.sendMessages(draft.id);
    expect(await kept(tab)).toMatchObject({ state: "closed" });
    expect(await stored(tab)).toEqual([undefined]);
    expect(there().received).toEqual([]);
  });
});
