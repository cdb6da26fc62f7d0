/** When the outbox is tried, and what each answer a phone can meet does to a row: only its own receipt ends it. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import {
  answerLost,
  captivePortal,
  json,
  problem,
  receiptFor,
  slowTrickle,
  type FieldServer,
} from "./field-server.ts";
import { held, nextTry, phoneAndServer, phoneWithRow, settled, until } from "./outbox-on-phone.ts";
import { draft } from "./phone.ts";

vi.mock("../../src/sending/sealed-note.ts", () => import("./sealing-stand-in.ts"));

let server: FieldServer;

beforeEach(() => {
  server = phoneAndServer();
});

afterEach(() => {
  vi.useRealTimers();
});

describe("a referral that arrives", () => {
  it("leaves the outbox for a receipt of its own bytes, and its draft is gone", async () => {
    const tab = await phoneWithRow();
    expect(tab.waiting.value).toMatchObject([{ reference: "HD-3W6P-RYMK", part: "referral", state: "waiting" }]);
    await tab.tryNow();
    expect(server.referrals.size).toBe(1);
    expect(await held(tab)).toBe(0);
    expect(tab.waiting.value).toEqual([]);
    expect(await tab.keysOf("drafts")).toEqual([]);
    expect(tab.receipts.value).toMatchObject([
      { id: draft.id, state: "stored", note: "stored", team: { reading_hours: "Every day 8 to 22", hours: [{ closes: "22:00" }] } },
    ]);
  });

  it("is sent though the browser says there is no network", async () => {
    vi.stubGlobal("navigator", { onLine: false, locks: navigator.locks });
    const tab = await phoneWithRow();
    await tab.tryNow();
    expect(server.referrals.size).toBe(1);
  });

  it("is in the server once when the answer was lost, and every try sent the same bytes", async () => {
    const tab = await phoneWithRow();
    server.mishaps.push(answerLost(server), answerLost(server));
    await tab.tryNow();
    await tab.tryNow();
    expect(tab.waiting.value).toMatchObject([{ state: "waiting", trouble: { code: "no_connection" } }]);
    await tab.tryNow();
    expect(server.referrals.size).toBe(1);
    expect(await held(tab)).toBe(0);
    expect(new Set(server.asked.map(({ body }) => body)).size).toBe(1);
    expect(server.asked).toHaveLength(3);
  });
});

describe("a row stays, with the right word for it, after", () => {
  const wrong = { coded: "0".repeat(64), sealed: "0".repeat(64) };
  it.each([
    ["a captive portal's page with 200", captivePortal, "not_our_server"],
    ["a 200 that is somebody else's JSON", () => json(200, { ok: 1 }), "not_our_server"],
    ["a 401 that is not from our server", () => new Response("no", { status: 401 }), "not_our_server"],
    ["a 401", () => problem(401, "unknown-device"), "device_refused"],
    ["a 409 for other content", () => problem(409, "other-content"), "other_content"],
    ["a 409 for a note somebody has read", () => problem(409, "note-already-read"), "note_already_read"],
    ["a 413", () => new Response("too large", { status: 413 }), "too_large"],
    ["a 422", () => problem(422, "bad-shape"), "refused"],
    ["a 403 for a team that is not offered", () => problem(403, "team-not-offered"), "team_not_offered"],
    ["a 204 with nothing in it", () => new Response(null, { status: 204 }), "not_our_server"],
    ["a 429", () => problem(429, "too-many", { "retry-after": "30" }), "busy"],
    ["a 500", () => new Response("oops", { status: 500 }), "server_trouble"],
    ["a 503", () => problem(503, "busy"), "server_trouble"],
    ["no answer", () => Promise.reject(new TypeError("Failed to fetch")), "no_connection"],
    ["a receipt for other answers", () => json(201, receiptFor(draft.id, wrong)), "receipt_differs"],
  ])("%s", async (_, mishap, code) => {
    const tab = await phoneWithRow();
    server.mishaps.push(mishap);
    await tab.tryNow();
    expect(tab.waiting.value).toMatchObject([{ state: "waiting", trouble: { code } }]);
    expect(await held(tab)).toBe(1);
    await tab.tryNow();
    expect(await held(tab)).toBe(0);
    expect(server.referrals.size).toBe(1);
  });

  it("a receipt that confirms the note but other answers", async () => {
    const tab = await phoneWithRow();
    const [row] = await tab.outboxRows();
    const other = { coded: wrong.coded, sealed: row!.sealed_sha256! };
    server.mishaps.push(() => json(201, receiptFor(draft.id, other)));
    await tab.tryNow();
    expect(tab.waiting.value[0]?.trouble?.code).toBe("receipt_differs");
  });

  it("a receipt that confirms the answers but another note", async () => {
    const tab = await phoneWithRow();
    const [row] = await tab.outboxRows();
    server.mishaps.push(() => json(201, receiptFor(draft.id, { coded: row!.coded_sha256, sealed: wrong.sealed })));
    await tab.tryNow();
    expect(tab.waiting.value[0]?.trouble?.code).toBe("receipt_differs");
  });

  it("an answer that trickles and never ends: given up after 20 seconds, then tried again by itself", async () => {
    const tab = await phoneWithRow();
    server.mishaps.push(slowTrickle);
    const round = tab.tryNow();
    await until(() => server.asked.length === 1);
    await vi.advanceTimersByTimeAsync(19_000);
    expect(tab.waiting.value[0]?.state).toBe("sending");
    await vi.advanceTimersByTimeAsync(1_100);
    await round;
    expect(tab.waiting.value[0]).toMatchObject({ state: "waiting", trouble: { code: "too_slow" } });
    await nextTry(tab);
    await until(() => server.referrals.size === 1);
  });
});

describe("when it is tried again", () => {
  it("backs off from seconds to minutes, and goes on for ever", async () => {
    const tab = await phoneWithRow();
    const pauses: number[] = [];
    for (let n = 0; n < 12; n++) {
      server.mishaps.push(() => Promise.reject(new TypeError("Failed to fetch")));
      await tab.tryNow();
      pauses.push(tab.waiting.value[0]!.next_try_at! - Date.now());
    }
    expect(pauses[0]).toBeGreaterThanOrEqual(2_000);
    expect(pauses[0]).toBeLessThanOrEqual(4_000);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(300_000);
    expect(pauses[11]).toBeGreaterThanOrEqual(210_000);
    await nextTry(tab);
    await until(() => server.referrals.size === 1);
  });

  it("waits as long as a busy server says: not for a new connection, but for the worker's own tap", async () => {
    const tab = await phoneWithRow();
    server.mishaps.push(() => problem(429, "too-many", { "retry-after": "120" }));
    await tab.startClock();
    await until(() => tab.waiting.value[0]?.trouble?.code === "busy");
    dispatchEvent(new Event("online"));
    await settled();
    await vi.advanceTimersByTimeAsync(119_000);
    await settled();
    expect(server.asked).toHaveLength(1);
    await tab.tryNow();
    expect(server.referrals.size).toBe(1);
  });

  it("tries at once when the connection comes back or the app is looked at", async () => {
    const tab = await phoneWithRow();
    server.mishaps.push(() => Promise.reject(new TypeError("Failed to fetch")));
    await tab.startClock();
    await until(() => tab.waiting.value[0]?.trouble?.code === "no_connection");
    dispatchEvent(new Event("online"));
    await until(() => server.referrals.size === 1);
  });

  it("lets a clock that jumps change nothing", async () => {
    const tab = await phoneWithRow();
    server.mishaps.push(() => Promise.reject(new TypeError("Failed to fetch")));
    await tab.tryNow();
    const wait = tab.waiting.value[0]!.next_try_at! - Date.now();
    vi.setSystemTime(new Date(2020, 0, 1));
    await vi.advanceTimersByTimeAsync(wait + 1);
    await until(() => server.referrals.size === 1);
  });
});
