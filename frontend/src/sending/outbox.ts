/**
 * What waits to be sent: the exact bytes of each request, made once and never made again.
 * A row leaves only for a receipt that is for those very bytes; nothing here may drop a row for any other reason.
 */
import { signal, type ReadonlySignal } from "@preact/signals";

import type { Note } from "../storage/drafts.ts";
import { forget, keepSealed, readAllSealed } from "../storage/kept.ts";
import { readSetting, type Device, type Reading } from "../storage/settings.ts";
import { rememberUnsent } from "../storage/watch.ts";
import type { Trouble } from "./asking.ts";
import { sealNote } from "./sealed-note.ts";

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
  /** Words that wait for a key. Gone as soon as they are sealed into `body`. */
  readonly note?: Note;
  /** The same, sealed already, for another team than the home team: when it is refused, the worker chooses anew. */
  readonly words?: Note;
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

/**
 * What has not been sent, oldest first: always in sight. Referrals with only an empty note left are not
 * counted.
 */
export const waiting: ReadonlySignal<readonly Waiting[]> = held;
/** Rows that no longer open. Above nought, the worker is told that something on this phone was lost. */
export const unreadableRows: ReadonlySignal<number> = damaged;

/**
 * The row with its words sealed into the body, or the same row while no key can be used. The coded bytes stay
 * as they are.
 */
export async function sealedRow(row: OutboxRow): Promise<OutboxRow> {
  const { note, ...rest } = row;
  const recipient = await keyOf(row);
  if (!note || !recipient) return row;
  try {
    const sealed = await sealNote(recipient, row, note);
    const body = `${row.body.slice(0, -1)},"sealed":{"recipient":"${recipient}","file":"${sealed.file}"}}`;
    return { ...rest, ...(row.by && { words: note }), body, sealed_sha256: sealed.sha256 };
  } catch {
    return row; // A referral about danger is never held back by a key: the words wait, the clock tries again.
  }
}

/** The device this row goes with: that of its own team, even when the phone has joined another since. */
export async function deviceOf({ by, team }: OutboxRow): Promise<Device | undefined> {
  return (await readSetting("devices"))?.by_team[by ?? team.id];
}

/** The key this row's words are sealed to: the newest that a link vouched for. */
export async function keyOf(row: OutboxRow): Promise<string | undefined> {
  const device = await deviceOf(row);
  const to = row.by ? device?.other_teams?.find(({ id }) => id === row.team.id) : device;
  return to?.usable_key ?? row.key;
}

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
export function finishRow(row: OutboxRow): Promise<void> {
  return forget("outbox", row.id);
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
  const shown = await Promise.all(
    rows.map(async (row) => ((await canMove(row)) || hasWords(row) ? show(row) : undefined)),
  );
  held.value = shown.filter((one) => one !== undefined);
  rememberUnsent(held.value.length);
}

/** Whether words of it still wait on this phone. */
export const hasWords = ({ note }: OutboxRow): boolean =>
  Object.values(note ?? {}).some((text: string) => text.trim() !== "");

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
