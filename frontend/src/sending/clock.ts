/**
 * The outbox's clock: tries each row until its receipt agrees, one tab at a time, for as long as the app is open.
 * It never believes `navigator.onLine`, never gives a row up by itself, and never waits without an end.
 */
import { readSealed } from "../storage/kept.ts";
import { FOR_GOOD, HOPELESS, type Trouble } from "./asking.ts";
import { refreshReceipts } from "./follow-up.ts";
import { canMove, finishRow, noteUnkept, outboxRows, refreshWaiting, unkept, type Attempt, type OutboxRow } from "./outbox.ts";

const FIRST_MS = 2_000;
const LONGEST_MS = 300_000;
/**
 * A tab that was frozen while it held the lock is passed over after this: sending twice is harmless, never
 * sending is not.
 */
const LOCK_MS = 60_000;

/** What one tab tells the others. */
interface Told {
  readonly id: string;
  readonly unkept?: true;
}

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
  otherTabs.onmessage = ({ data }: MessageEvent<Told>) => {
    if (data.unkept) noteUnkept(data.id);
    void Promise.all([refreshWaiting(attempts), refreshReceipts()]).catch(() => undefined);
  };
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
    // Fetched when there is something to send: the first screen comes sooner without it.
    if (row && (await canMove(row))) trouble = await (await import("./delivery.ts")).deliver(row);
  } catch {
    trouble = { code: "not_kept" };
  }
  if (trouble)
    attempts.set(id, { tries: tries + 1, due: performance.now() + pause(trouble, tries), sending: false, trouble });
  else attempts.delete(id);
  await changed(id);
}

/** Shown here, and told to the other tabs. */
async function changed(id: string): Promise<void> {
  await shown();
  otherTabs.postMessage({ id, ...(unkept.value.includes(id) && { unkept: true }) } satisfies Told);
}

/** What the clock knows of a row's last try. */
export const troubleOf = (id: string): Trouble | undefined => attempts.get(id)?.trouble;

/**
 * The worker lets go of what no server will take: the row is deleted. Nothing happens to one that may still go, or that
 * has gone meanwhile. @throws CouldNotKeep: it is still here.
 */
export async function putAway(id: string): Promise<void> {
  let failure: unknown;
  await alone(async () => {
    const code = troubleOf(id)?.code;
    if (!code || !HOPELESS.includes(code)) return;
    await finishRow({ id }).catch((cause: unknown) => (failure = cause));
    if (!failure) attempts.delete(id);
  });
  await changed(id);
  if (failure) throw failure as Error;
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
