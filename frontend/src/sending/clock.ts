/**
 * The outbox's clock: tries each row until its receipt agrees, one tab at a time, for as long as the app is open.
 * It never believes `navigator.onLine`, never gives a row up, and never waits without an end.
 */
import { readSealed } from "../storage/kept.ts";
import { ask, type Trouble } from "./asking.ts";
import { keepReceipt, refreshReceipts } from "./follow-up.ts";
import {
  canMove,
  deviceOf,
  finishRow,
  keepRow,
  keyOf,
  outboxRows,
  refreshWaiting,
  sealedRow,
  type Attempt,
  type OutboxRow,
} from "./outbox.ts";

const FIRST_MS = 2_000;
const LONGEST_MS = 300_000;
/**
 * A tab that was frozen while it held the lock is passed over after this: sending twice is harmless, never
 * sending is not.
 */
const LOCK_MS = 60_000;

/**
 * The server has them already, or will not take them however often they are sent: tried at the slowest pace, and at
 * once when the worker asks.
 */
export const FOR_GOOD: readonly Trouble["code"][] = [
  "device_refused",
  "other_content",
  "note_already_read",
  "note_replaced_before",
  "too_large",
  "team_not_offered",
  "refused",
];

const attempts = new Map<string, Attempt>();
const otherTabs = new BroadcastChannel("kept");
let timer: ReturnType<typeof setTimeout> | undefined;
let round: Promise<void> | undefined;
let wanted = false;

/**
 * Shows the outbox and starts its clock. Call once, when the app starts. @throws CouldNotKeep when there is no
 * store.
 */
export async function startClock(): Promise<void> {
  addEventListener("online", wake);
  document.addEventListener("visibilitychange", wake);
  otherTabs.onmessage = () =>
    void Promise.all([refreshWaiting(attempts), refreshReceipts()]).catch(() => undefined);
  await refreshWaiting(attempts);
  wake();
}

/** The worker's own "try now": every row, whatever its back-off. Settles when each was tried; never rejects. */
export function tryNow(): Promise<void> {
  for (const [id, attempt] of attempts) attempts.set(id, { ...attempt, due: 0 });
  return tick();
}

/** A sign that there may be a connection: back-off is forgotten, but a server that asked for time gets it. */
function wake(): void {
  if (document.visibilityState !== "visible") return;
  for (const [id, attempt] of attempts)
    if (attempt.trouble?.wait === undefined) attempts.set(id, { ...attempt, due: 0 });
  void tick();
}

/** One round of what is due; asked for during a round, another follows it. */
function tick(): Promise<void> {
  wanted = true;
  return (round ??= rounds());
}

async function rounds(): Promise<void> {
  while (wanted) {
    wanted = false;
    clearTimeout(timer);
    const ids = await dueRows();
    for (const id of ids) await alone(() => tryRow(id));
  }
  const next = Math.min(LONGEST_MS, ...Array.from(attempts.values(), ({ due }) => due - performance.now()));
  timer = setTimeout(() => void tick(), Math.max(0, next));
  round = undefined;
}

/** Ids to try now. Rows that are gone, or cannot move before a key comes, leave the clock. */
async function dueRows(): Promise<string[]> {
  try {
    const rows = await outboxRows();
    const moving: OutboxRow[] = [];
    for (const row of rows) if (await canMove(row)) moving.push(row);
    for (const id of attempts.keys()) if (!moving.some((row) => row.id === id)) attempts.delete(id);
    return moving.filter(({ id }) => (attempts.get(id)?.due ?? 0) <= performance.now()).map(({ id }) => id);
  } catch {
    return []; // The store cannot be read just now: the next wake or tap tries again.
  }
}

/** Runs the work while no other tab sends. */
async function alone(work: () => Promise<void>): Promise<void> {
  const { locks } = navigator;
  let began = false;
  const begin = (): Promise<void> => {
    began = true;
    return work();
  };
  const end = new AbortController();
  const patience = setTimeout(() => end.abort(), LOCK_MS);
  try {
    await (locks ? locks.request("outbox", { signal: end.signal }, begin) : begin());
  } catch {
    // Either we waited too long, or another tab took the lock from us while we were at it.
    if (!began) await locks.request("outbox", { steal: true }, begin).catch(() => undefined);
  } finally {
    clearTimeout(patience);
  }
}

/** Tries one row and notes how it went. Never rejects. */
async function tryRow(id: string): Promise<void> {
  const tries = attempts.get(id)?.tries ?? 0;
  attempts.set(id, { tries, due: 0, sending: true });
  await shown();
  let trouble: Trouble | undefined;
  try {
    const row = await readSealed<OutboxRow>("outbox", id);
    if (row && (await canMove(row))) trouble = await send(await withNoteSealed(row));
  } catch {
    trouble = { code: "not_kept" };
  }
  if (trouble)
    attempts.set(id, { tries: tries + 1, due: performance.now() + pause(trouble, tries), sending: false, trouble });
  else attempts.delete(id);
  await shown();
  otherTabs.postMessage(id);
}

/** Sealed bytes are sent only once they are kept, so that every retry sends the same. */
async function withNoteSealed(row: OutboxRow): Promise<OutboxRow> {
  const sealed = await sealedRow(row);
  if (sealed === row) return row;
  try {
    await keepRow(sealed);
    return sealed;
  } catch {
    return row;
  }
}

async function send(row: OutboxRow): Promise<Trouble | undefined> {
  if (row.coded_stored && row.note) return { code: "not_sealed" };
  const device = await deviceOf(row);
  if (!device) return { code: "device_refused" };
  const reply = await ask("referrals", {
    method: "POST",
    body: row.body,
    authorization: `Bearer ${device.device_token}`,
  });
  if ("trouble" in reply) return reply.trouble;
  const { id, coded_sha256, sealed_sha256 } = reply.body;
  if (id !== row.id) return { code: "not_our_server", status: reply.status };
  if (coded_sha256 !== row.coded_sha256 || (row.sealed_sha256 && sealed_sha256 !== row.sealed_sha256)) {
    return { code: "receipt_differs", status: reply.status };
  }
  // The receipt first: closed between these two steps, the row is sent again and answered 200.
  await keepReceipt(row, reply.body, reply.status === 201);
  await (row.note ? keepRow({ ...row, coded_stored: 1 }) : finishRow(row));
  return row.note && (await keyOf(row)) ? { code: "not_sealed" } : undefined;
}

/**
 * Milliseconds until the next try: doubling from 2 s to 5 min with up to 30 % taken off at random, or as long
 * as the server says.
 */
function pause({ code, wait }: Trouble, tries: number): number {
  if (wait !== undefined) return Math.max(wait, FIRST_MS);
  const longest = FOR_GOOD.includes(code) ? LONGEST_MS : Math.min(LONGEST_MS, FIRST_MS * 2 ** (tries + 1));
  return Math.max(FIRST_MS, longest * (1 - Math.random() * 0.3));
}

const shown = (): Promise<void> => refreshWaiting(attempts).catch(() => undefined);
