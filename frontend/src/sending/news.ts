/**
 * News of what was sent: status and messages, asked for with the receipt's secret. Nothing of it happens while the phone
 * is locked; an answer is kept whole or not at all.
 */
import { signal, type ReadonlySignal } from "@preact/signals";

import { readSealed } from "../storage/kept.ts";
import { lockState } from "../storage/sealed.ts";
import { ask, type Trouble } from "./asking.ts";
import {
  changeReceipt,
  hasUnsent,
  isOver,
  receipts,
  refreshReceipts,
  type FollowUpState,
  type NoteState,
  type Receipt,
} from "./follow-up.ts";
import type { Theirs } from "./messages.ts";
import type { Mine } from "./writing.ts";

const LOOK_MS = 300_000;
/** While something that the worker wrote waits. */
const SOON_MS = 30_000;

const last = signal<Trouble | undefined>(undefined);

/** Why the last look for news failed, or undefined after one that did not. */
export const followUpTrouble: ReadonlySignal<Trouble | undefined> = last;

/**
 * Reads the kept receipts and starts looking for news. Call once, when the app starts. @throws CouldNotKeep
 * when there is no store.
 */
export async function startFollowUp(): Promise<void> {
  await refreshReceipts();
  const look = (): void => {
    if (document.visibilityState === "visible") void askForNews();
  };
  document.addEventListener("visibilitychange", look);
  addEventListener("online", look);
  setInterval(look, LOOK_MS);
  setInterval(() => receipts.value.some(hasUnsent) && look(), SOON_MS);
  look();
}

/** Sends what waits and asks for the state of everything that is not over. Settles; never rejects. */
export async function askForNews(): Promise<void> {
  for (const { id } of receipts.value) {
    last.value = await lookAfter(id).catch((): Trouble => ({ code: "not_kept" }));
    // What stands between us and the server stands between us and the rest too.
    if (last.value) return;
  }
}

async function lookAfter(id: string): Promise<Trouble | undefined> {
  const receipt = receipts.value.find((one) => one.id === id);
  // What is asked with a receipt is the worker's: nothing of it happens behind the lock.
  if (!receipt || isOver(receipt) || (await lockState()) === "locked") return undefined;
  if (hasUnsent(receipt)) await (await import("./writing.ts")).sendMessages(id);
  return askAbout(id);
}

/**
 * Asks for the state of one referral and keeps it, with what the team wrote.
 *
 * @returns the trouble, or undefined when the answer was kept.
 * @throws CouldNotKeep
 */
export async function askAbout(id: string): Promise<Trouble | undefined> {
  const receipt = await readSealed<Receipt>("receipts", id);
  if (!receipt) return undefined;
  const reply = await ask("follow-up", { authorization: `Receipt ${receipt.secret}` });
  if ("trouble" in reply) {
    if (reply.trouble.code !== "not_found") return reply.trouble;
    await changeReceipt(id, (is) => ({ ...is, state: "gone", checked_at: Date.now() }));
    return undefined;
  }
  const news = newsIn(reply.body, id);
  if (!news) return { code: "not_our_server", status: reply.status };
  let theirs: readonly Theirs[] | undefined;
  try {
    theirs = await theirsIn(receipt, reply.body);
  } catch {
    // What opens messages could not be fetched: all of the news is kept another time, and none of it is lost.
    return { code: "no_connection" };
  }
  await changeReceipt(id, (is) => ({
    ...is,
    ...news,
    // Words that arrived while the server was asked: what it said of the note is older than their receipt.
    ...(is.sealed_sha256 !== receipt.sealed_sha256 && { note_there: is.note_there ?? "" }),
    ...(theirs && { theirs: asLooked(theirs, is.theirs) }),
    ...(is.mine && { mine: is.mine.map((one) => confirmed(one, news.received)) }),
    checked_at: Date.now(),
  }));
  return undefined;
}

/**
 * Fetches what opens messages only where there are some. Of one that was taken back the server has none any more, nor of
 * one that was deleted in its time, whose `received` it does not know either: what was shown stays, and nothing is missing.
 */
async function theirsIn(
  receipt: Receipt,
  { messages, closed_as, received }: Readonly<Record<string, unknown>>,
): Promise<readonly Theirs[] | undefined> {
  const isEmpty = !(Array.isArray(messages) && messages.length);
  const isNone = isEmpty && (!receipt.theirs?.length || received === undefined);
  if (isNone || closed_as === "withdrawn") return undefined;
  return (await import("./messages.ts")).judged(receipt, messages);
}

/** The worker may have looked while the server was asked. */
function asLooked(theirs: readonly Theirs[], now: readonly Theirs[] = []): readonly Theirs[] {
  const isSame = (a: Theirs, b: Theirs): boolean => a.is === b.is && a.seq === b.seq && a.sha256 === b.sha256;
  return theirs.map((one) => {
    const before = now.find((other) => isSame(one, other) && one.lost === other.lost);
    const { fresh: _, ...looked } = one;
    return before && !before.fresh ? looked : one;
  });
}

/** A server that was set back has fewer than it confirmed: then the same bytes are sent again. */
function confirmed(one: Mine, received: number | undefined): Mine {
  const { stored: _, ...waits } = one;
  return received !== undefined && one.seq > received ? waits : one;
}

const STATES = ["stored", "read", "acted", "closed"];
const NOTES = ["none", "waiting", "stored", "read"];
const DETAILS = ["read_at", "acted_at", "closed_at", "closed_as"] as const;

/** Only what we know by name is taken from the answer; undefined when it is not about this referral. */
function newsIn(body: Readonly<Record<string, unknown>>, id: string): Partial<Receipt> | undefined {
  if (body.id !== id || !STATES.includes(body.state as string)) return undefined;
  const details = DETAILS.filter((name) => typeof body[name] === "string").map((name) => [name, body[name]]);
  return {
    state: body.state as FollowUpState,
    ...(NOTES.includes(body.note as string) && { note: body.note as NoteState }),
    note_there: typeof body.note_sha256 === "string" ? body.note_sha256 : "",
    ...countIn(body, "received"),
    ...countIn(body, "received_read"),
    ...(Object.fromEntries(details) as Partial<Receipt>),
  };
}

function countIn(body: Readonly<Record<string, unknown>>, name: "received" | "received_read"): Partial<Receipt> {
  const count = body[name];
  return Number.isSafeInteger(count) && (count as number) >= 0 ? { [name]: count as number } : {};
}
