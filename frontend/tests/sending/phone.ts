/**
 * A phone for tests: its own database, its own tabs. A tab is a fresh copy of the app's modules over the same
 * database.
 */
import { IDBFactory } from "fake-indexeddb";
import "fake-indexeddb/auto";
import { vi } from "vitest";

import type { Draft } from "../../src/storage/drafts.ts";
import type { Settings } from "../../src/storage/settings.ts";
import type { Areas, AskedFacts, Screened } from "../../src/sending/compose.ts";

export const RECIPIENT = `age1${"q".repeat(58)}`;

/** A phone fresh out of the box; what a browser gives a page is stood in for. */
export function newPhone(address = "http://localhost:8000/"): void {
  const beside = new Map<string, string>();
  vi.stubGlobal("indexedDB", new IDBFactory());
  vi.stubGlobal("location", new URL(address));
  vi.stubGlobal("history", {
    state: null,
    replaceState: vi.fn((_: unknown, __: string, path: string) =>
      vi.stubGlobal("location", new URL(path, address)),
    ),
  });
  vi.stubGlobal("document", Object.assign(new EventTarget(), { visibilityState: "visible" }));
  const page = new EventTarget();
  vi.stubGlobal("addEventListener", page.addEventListener.bind(page));
  vi.stubGlobal("dispatchEvent", page.dispatchEvent.bind(page));
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => beside.get(key) ?? null,
    setItem: (key: string, text: string) => void beside.set(key, text),
    removeItem: (key: string) => void beside.delete(key),
  });
}

/** The app opened in a tab: what was in the memory of another is not in this one. */
export async function openTab() {
  vi.resetModules();
  const [clock, outbox, handingOver, join, leaving, followUp, news, writing, withdraw, drafts, settings, kept, database, watch] = await Promise.all([
    import("../../src/sending/clock.ts"),
    import("../../src/sending/outbox.ts"),
    import("../../src/sending/handing-over.ts"),
    import("../../src/sending/join.ts"),
    import("../../src/sending/leave-team.ts"),
    import("../../src/sending/follow-up.ts"),
    import("../../src/sending/news.ts"),
    import("../../src/sending/writing.ts"),
    import("../../src/sending/withdraw.ts"),
    import("../../src/storage/drafts.ts"),
    import("../../src/storage/settings.ts"),
    import("../../src/storage/kept.ts"),
    import("../../src/storage/database.ts"),
    import("../../src/storage/watch.ts"),
  ]);
  const sending = { ...clock, ...outbox, ...handingOver, ...join, ...leaving, ...followUp, ...news, ...writing, ...withdraw };
  return { ...sending, ...drafts, ...settings, ...kept, ...database, ...watch };
}

export type Tab = Awaited<ReturnType<typeof openTab>>;

/** A phone that has joined the demo's social work team; with or without a key it may use. */
export function joined(key: string | undefined = RECIPIENT, token = "device-token"): Settings["devices"] {
  const organisation = {
    name: "Clyde Valley Council",
    kind: "council",
    nation: "scotland",
    first_responder: "yes",
    duty_to_notify: "yes",
  };
  const team = {
    id: "team-1",
    name: "Social work",
    areas: ["S12000049"],
    hours: [{ days: [1, 2, 3, 4, 5, 6, 7], opens: "08:00", closes: "20:00" }],
    conflicts: [],
    urgent_number: "+441410000000",
    ...(key && { age_recipient: key, vouch_key: "v".repeat(43) }),
  };
  return {
    home: "team-1",
    by_team: { "team-1": { device_token: token, organisation, team, ...(key && { usable_key: key }), heard_at: Date.now() } },
  };
}

export const WORDS = {
  where: "MARKER-where",
  safe_contact: "MARKER-safe",
  words_used: "MARKER-words",
  reach_me: "MARKER-reach",
};

export const draft: Draft = {
  id: "1f0d6c7a-93b2-4c1d-8e5f-0123456789ab",
  began: new Date(2026, 10, 22, 14, 5).getTime(),
  checklist: { id: "first-look", version: 1, hash: "c".repeat(64) },
  pathway: { id: "scotland", version: 2, hash: "p".repeat(64) },
  answers: { A1: { answer: "yes", known: ["heard", "seen"] }, A2: { answer: "no" }, A3: { answer: "not_asked" } },
  facts: { subject: "person", danger: "none", parent_care: "unknown" },
  area: "S12000049",
  reach: "ring",
  note: WORDS,
};

export const result: Screened = {
  concern: "some",
  could_be: "strong",
  flags: ["labour_rights"],
  actions: [{ action: "coordinator.send", urgency: "today" }],
};
export const pathway: AskedFacts = {
  facts: {
    subject: { how: "asked", values: ["person", "place"] },
    danger: { how: "asked", values: ["now", "ongoing", "none", "unknown"] },
    concern: { how: "derived", values: ["none", "low", "some", "strong"] },
  },
};
export const areas: Areas = { areas: [{ code: "S12000049" }, { code: "S12000023", roll_up: { code: "PD-N" } }] };
