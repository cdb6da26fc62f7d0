/**
 * What waits to be sent. The answers are bytes that are made once and never made again; the words are kept beside them,
 * sealed at rest, until a receipt names what they were sealed into.
 * A row leaves only for a receipt that is for those very bytes, or when the worker puts away what no server will take.
 */
import { signal, type ReadonlySignal } from "@preact/signals";

import type { Note } from "../storage/drafts.ts";
import { forget, keepSealed, readAllSealed } from "../storage/kept.ts";
import { readSetting, type Device, type Reading } from "../storage/settings.ts";
import { rememberUnsent } from "../storage/watch.ts";
import type { Trouble } from "./asking.ts";
import { isCut, type Keyed } from "./keyed.ts";

/** What a referral carries to its receipt: who has it, and when to worry. */
export interface Addressee extends Reading {
  readonly id: string;
  readonly name: string;
  readonly urgent_number: string;
}

export interface OutboxRow {
  readonly id: string;
  readonly reference: string;
  readonly team: Addressee;
  /** Id of the joined team as whose phone it goes, when that is not the team it goes to. */
  readonly by?: string;
  /** That other team's age recipient, as a link vouched for it. */
  readonly key?: string;
  /**
   * The receipt secret, 16 bytes, base64url. The server only ever sees its hash until the worker asks for the
   * status.
   */
  readonly secret: string;
  /** 32 bytes, base64url: authenticates messages about this referral. Inside the sealed note too. */
  readonly reply_key: string;
  /** The body of the request as it is sent each time. */
  readonly body: string;
  readonly coded_sha256: string;
  readonly sealed_sha256?: string;
  /** Words that wait for a key: nothing of them is in `body`. */
  readonly note?: Note;
  /** The words that are sealed into `body`, until the receipt agrees. Rows of before have none. */
  readonly words?: Note;
  /** The age recipient that `words` are sealed to. */
  readonly sealed_to?: string;
  /** SHA-256 of what the words were sealed into before: one of these may have arrived though no answer came. */
  readonly earlier?: readonly string[];
  /** The voucher of the phone as which the server has it, or will have it. Notes are signed with it. */
  readonly voucher?: string;
  /** The worker wants to hear no more of it: no receipt is kept. */
  readonly no_follow_up?: 1;
  /** The coded part has its receipt; only the note is still here. */
  readonly coded_stored?: 1;
  readonly made_at: number;
  readonly began: number;
}

/** A row as the screens show it. */
export interface Waiting {
  readonly id: string;
  readonly reference: string;
  readonly team: Addressee;
  readonly made_at: number;
  /** `referral`: nothing is confirmed yet · `note`: the answers have arrived, the words wait. */
  readonly part: "referral" | "note";
  /** `needs_key`: the words wait until this phone has the team's key (join again with a link that holds one). */
  readonly state: "waiting" | "sending" | "needs_key";
  /** Why the last try failed, until the next one. */
  readonly trouble?: Trouble;
  /** When it is tried again by itself, in milliseconds. */
  readonly next_try_at?: number;
}

/** What the clock remembers of a row while the app is open. */
export interface Attempt {
  readonly tries: number;
  /** On the clock that no setting moves (`performance.now()`). */
  readonly due: number;
  readonly sending: boolean;
  readonly trouble?: Trouble;
}

const held = signal<readonly Waiting[]>([]);
const damaged = signal(0);
const unkeptIds = signal<readonly string[]>([]);

/**
 * What has not been sent, oldest first: always in sight. Referrals with only an empty note left are not
 * counted.
 */
export const waiting: ReadonlySignal<readonly Waiting[]> = held;
/** Rows that no longer open. Above nought, the worker is told that something on this phone was lost. */
export const unreadableRows: ReadonlySignal<number> = damaged;
/** What went without a receipt being kept, since the app was opened: its reference is shown, once. */
export const unkept: ReadonlySignal<readonly string[]> = unkeptIds;

/**
 * The row with its words sealed to the key that may be used now, or the same row when they are already. Without such a
 * key the words wait, also those that were sealed to one which nothing vouches for any more: the answers go without.
 */
export async function sealedRow(row: OutboxRow): Promise<OutboxRow> {
  const text = row.note ?? row.words;
  const to = await keyedOf(row);
  const key = recipientFor(row, to);
  if (!text || (key === undefined ? !(to && isCut(to)) : key === row.sealed_to)) return row;
  const bare = unsealed(row, text);
  if (key === undefined) return bare;
  try {
    const { sealNote } = await import("./sealed-note.ts");
    const sealed = await sealNote(key, row, text);
    const body = `${bare.body.slice(0, -1)},"sealed":{"recipient":"${key}","file":"${sealed.file}"}}`;
    const { note: words, ...rest } = bare;
    return { ...rest, words: words!, sealed_to: key, body, sealed_sha256: sealed.sha256 };
  } catch {
    return bare; // A referral about danger is never held back by a key: the words wait, the clock tries again.
  }
}

const SEALED = /,"sealed":\{"recipient":"[^"]*","file":"[^"]*"\}\}$/;

/** The body without the note: who asks with it stores no words, and hears which ones are there. */
export const bareBody = ({ body }: OutboxRow): string => body.replace(SEALED, "}");

/** The row with its words waiting again. */
function unsealed(row: OutboxRow, note: Note): OutboxRow {
  const { words: _words, sealed_to: _to, sealed_sha256, ...rest } = row;
  if (sealed_sha256 === undefined) return row;
  return { ...rest, note, body: bareBody(row), earlier: [...(row.earlier ?? []), sealed_sha256] };
}

/** The device this row goes with: that of its own team, even when the phone has joined another since. */
export async function deviceOf({ by, team }: OutboxRow): Promise<Device | undefined> {
  return (await readSetting("devices"))?.by_team[by ?? team.id];
}

/** The key this row's words are sealed to: the newest that a link vouched for, or that follows it. */
export async function keyOf(row: OutboxRow): Promise<string | undefined> {
  return recipientFor(row, await keyedOf(row));
}

async function keyedOf(row: OutboxRow): Promise<Keyed | undefined> {
  const device = await deviceOf(row);
  return row.by ? device?.other_teams?.find(({ id }) => id === row.team.id) : device;
}

const recipientFor = (row: OutboxRow, to: Keyed | undefined): string | undefined =>
  to?.usable_key ?? (to && isCut(to) ? undefined : row.key);

/** Every row, oldest first. @throws CouldNotKeep when the store cannot be read. */
export async function outboxRows(): Promise<OutboxRow[]> {
  const { rows, unreadable } = await readAllSealed<OutboxRow>("outbox");
  damaged.value = unreadable;
  return rows.sort((a, b) => a.made_at - b.made_at);
}

/** Keeps a changed row, unless another tab has finished with it. @throws CouldNotKeep */
export function keepRow(row: OutboxRow): Promise<void> {
  return keepSealed("outbox", row.id, row, true);
}

/** The row is done: its receipt is kept. @throws CouldNotKeep */
export function finishRow({ id }: Pick<OutboxRow, "id">): Promise<void> {
  return forget("outbox", id);
}

/** Notes, for as long as the app is open, that this one went and left nothing on the phone. */
export function noteUnkept(id: string): void {
  unkeptIds.value = [...unkeptIds.value, id];
}

/** Whether a send would move anything: there is something unconfirmed, or a note with a key to seal it. */
export async function canMove(row: OutboxRow): Promise<boolean> {
  return !row.coded_stored || !row.note || (await keyOf(row)) !== undefined;
}

let attempts: ReadonlyMap<string, Attempt> = new Map();

/** Reads the outbox again and shows it, with what the clock knows of each row. @throws CouldNotKeep */
export async function refreshWaiting(known = attempts): Promise<void> {
  attempts = known;
  const rows = await outboxRows();
  // After a lock was tried too often they still go out, and nobody is shown that they were there.
  const unshown = (await readSetting("unshown")) ?? [];
  const seen = rows.filter(({ id }) => !unshown.includes(id));
  const shown = await Promise.all(
    seen.map(async (row) => ((await canMove(row)) || hasWords(row) ? show(row) : undefined)),
  );
  held.value = shown.filter((one) => one !== undefined);
  rememberUnsent(held.value.length);
}

/** Whether words of it are still only on this phone, as far as it knows. */
export const hasWords = ({ note, words }: OutboxRow): boolean =>
  Object.values(note ?? words ?? {}).some((text: string) => text.trim() !== "");

async function show(row: OutboxRow): Promise<Waiting> {
  const { id, reference, team, made_at } = row;
  const attempt = attempts.get(id);
  const state = attempt?.sending ? "sending" : (await canMove(row)) ? "waiting" : "needs_key";
  return {
    id,
    reference,
    team,
    made_at,
    part: row.coded_stored ? "note" : "referral",
    state,
    ...(attempt?.trouble && { trouble: attempt.trouble }),
    ...(attempt && !attempt.sending && { next_try_at: Date.now() + attempt.due - performance.now() }),
  };
}
