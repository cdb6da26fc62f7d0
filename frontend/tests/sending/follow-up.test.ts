/**
 * What became of it: the status as the server says it, and "nobody has read it" by the phone's own clock,
 * offline too.
 */
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { compose } from "../../src/sending/compose.ts";
import { FieldServer, json, problem } from "./field-server.ts";
import { areas, draft, joined, newPhone, openTab, pathway, result, type Tab } from "./phone.ts";

vi.mock("../../src/sending/sealed-note.ts", () => ({ sealNote: () => Promise.reject(new Error("not here")) }));

const HOUR = 3_600_000;
// The phone's clock is a day behind the server's, which stored it at 14:10 on the 22nd and wants it read in
// two hours.
const HERE = Date.UTC(2026, 10, 21, 14, 10);
let server: FieldServer;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"], now: HERE });
  newPhone();
  server = new FieldServer();
  vi.stubGlobal("fetch", server.fetch);
});
afterEach(() => void vi.useRealTimers());

async function phoneThatSent(): Promise<Tab> {
  const tab = await openTab();
  await tab.keepSetting("devices", joined(""));
  await tab.putInOutbox(draft, compose({ draft, result, pathway, areas, language: "en" }));
  await tab.tryNow();
  server.pages.set("follow-up", () =>
    json(200, {
      id: draft.id,
      reference: "HD-3W6P-RYMK",
      state: "read",
      read_at: "2026-11-22T15:00:00Z",
      due_at: "2026-11-22T16:10:00Z",
      note: "waiting",
      by_whom: "nobody's business",
    }),
  );
  return tab;
}

it("is asked for with the receipt's secret, and kept", async () => {
  const tab = await phoneThatSent();
  expect(await tab.askAbout(draft.id)).toBeUndefined();
  const asked = server.asked.at(-1)!;
  expect(asked.authorization).toMatch(/^Receipt [\w-]{22}$/);
  expect(asked.body).toBe("");
  const again = await openTab();
  await again.refreshReceipts();
  expect(again.receipts.value).toMatchObject([{ state: "read", read_at: "2026-11-22T15:00:00Z", note: "waiting" }]);
  expect(again.receipts.value[0]).not.toHaveProperty("by_whom");
});

it("unread past its due time is said offline, by time gone by and not by how the clock is set", async () => {
  await phoneThatSent();
  const offline = await openTab();
  await offline.refreshReceipts();
  const [receipt] = offline.receipts.value;
  expect(offline.isUnreadPastDue(receipt!, HERE + 2 * HOUR - 1000)).toBe(false);
  expect(offline.isUnreadPastDue(receipt!, HERE + 2 * HOUR + 1000)).toBe(true);
  expect(offline.isUnreadPastDue({ ...receipt!, state: "read" }, HERE + 9 * HOUR)).toBe(false);
});

it("shows up by itself when the minute comes", async () => {
  const tab = await phoneThatSent();
  const { minute } = await import("../../src/state/minute.ts");
  expect(tab.unreadPastDue.value).toEqual([]);
  minute.value = HERE + 3 * HOUR;
  expect(tab.unreadPastDue.value).toHaveLength(1);
});

it.each([
  ["an answer about another referral", () => json(200, { id: "other", state: "read" }), "not_our_server"],
  ["a state we do not know", () => json(200, { id: draft.id, state: "lost" }), "not_our_server"],
  ["no network", () => Promise.reject(new TypeError("Failed to fetch")), "no_connection"],
  ["a server in trouble", () => new Response("", { status: 502 }), "server_trouble"],
])("%s changes nothing and is said", async (_, mishap, code) => {
  const tab = await phoneThatSent();
  server.mishaps.push(mishap);
  await tab.askForNews();
  expect(tab.followUpTrouble.value).toMatchObject({ code });
  expect(tab.receipts.value).toMatchObject([{ state: "stored" }]);
});

it("one that the server no longer knows is shown as gone and not asked about again", async () => {
  const tab = await phoneThatSent();
  server.pages.set("follow-up", () => problem(404, "receipt-unknown"));
  await tab.askForNews();
  const asked = server.asked.length;
  await tab.askForNews();
  expect(tab.receipts.value).toMatchObject([{ state: "gone" }]);
  expect(server.asked).toHaveLength(asked);
});
