/**
 * What became of what was sent: receipts kept on this phone, with what came of them (news.ts). "Stored" must never be shown as "someone acts": unread past its due time is said by the phone's own clock,
 * offline too.
 */
import { computed, signal, type ReadonlySignal } from "@preact/signals";

import { minute } from "../state/minute.ts";
import { changeSealed } from "../storage/changed.ts";
import { keepSealed, readAllSealed, readSealed } from "../storage/kept.ts";
import type { Hours } from "../storage/settings.ts";
import type { Theirs } from "./messages.ts";
import type { Addressee, OutboxRow } from "./outbox.ts";
import type { Mine } from "./writing.ts";

/** `gone`: the server no longer knows it (kept no longer than it may be). */
export type FollowUpState = "stored" | "read" | "acted" | "closed" | "gone";
export type NoteState = "none" | "waiting" | "stored" | "read";

export interface Receipt {
  readonly id: string;
  readonly reference: string;
  readonly team: Addressee;
  readonly secret: string;
  readonly reply_key: string;
  readonly coded_sha256: string;
  /** When the check began, by the phone's clock, in milliseconds. */
  readonly began: number;
  /** UTC, ISO, as the server wrote them. */
  readonly received_at: string;
  readonly due_at: string;
  /** When it is due by this phone's clock, in milliseconds, even if that clock is set wrong. */
  readonly due_here: number;
  readonly state: FollowUpState;
  readonly read_at?: string;
  readonly acted_at?: string;
  readonly closed_at?: string;
  readonly closed_as?: string;
  readonly note: NoteState;
  /** Of the sealed note that the server confirmed, hexadecimal. Receipts of before have none. */
  readonly sealed_sha256?: string;
  /** Of the note that lies there by what the server said last; "" for none. */
  readonly note_there?: string;
  /** What the team wrote, and what the worker did, in the order of their places. */
  readonly theirs?: readonly Theirs[];
  readonly mine?: readonly Mine[];
  /** The place of the worker's last message that the server has, and that somebody opened. */
  readonly received?: number;
  readonly received_read?: number;
  /** When the server was last heard about it, by the phone's clock. */
  readonly checked_at: number;
}

const held = signal<readonly Receipt[]>([]);

/** Everything this phone sent and has a receipt for, newest first. */
export const receipts: ReadonlySignal<readonly Receipt[]> = held;
/** Sent, due, and nobody has read it as far as this phone knows: say so, with the team's number. */
export const unreadPastDue: ReadonlySignal<readonly Receipt[]> = computed(() =>
  held.value.filter((one) => isUnreadPastDue(one, minute.value)),
);

/** Something of the team's that the worker has not looked at. */
export const unlooked: ReadonlySignal<readonly Receipt[]> = computed(() => held.value.filter(isUnlooked));

export const isUnlooked = ({ theirs = [] }: Receipt): boolean => theirs.some(({ fresh }) => fresh);

/** Nothing is asked, sent or answered any more. */
export const isOver = ({ state }: Receipt): boolean => state === "closed" || state === "gone";

/** The note that lies at the team is not the one that the server confirmed to this phone. */
export function isNoteAnother({ note, note_there, sealed_sha256, state }: Receipt): boolean {
  const isKnown = sealed_sha256 !== undefined && note_there !== undefined;
  // A closed one's note is deleted as the rules say; one that waits here is about to become another.
  const isJudged = isKnown && !(note_there === "" && (state === "closed" || state === "gone"));
  return isJudged && !(note === "waiting" && note_there !== "") && note_there !== sealed_sha256;
}

export function isUnreadPastDue({ state, due_here }: Receipt, now: number): boolean {
  return state === "stored" && now > due_here;
}

/** Reads the receipts again. @throws CouldNotKeep when the store cannot be read. */
export async function refreshReceipts(): Promise<void> {
  const { rows } = await readAllSealed<Receipt>("receipts");
  held.value = rows.sort((a, b) => b.began - a.began);
}

/**
 * Keeps the receipt of a row; one that is already kept keeps its times and state.
 *
 * @param first the server stored it just now, so its clock and this phone's can be compared.
 * @throws CouldNotKeep: the row must stay.
 */
export async function keepReceipt(
  row: OutboxRow,
  body: Readonly<Record<string, unknown>>,
  first: boolean,
): Promise<void> {
  const news = {
    note: row.note ? ("waiting" as const) : ("stored" as const),
    // While words wait here, what the server has is none of theirs, or it was confirmed before.
    ...(!row.note && row.sealed_sha256 && { sealed_sha256: row.sealed_sha256, note_there: row.sealed_sha256 }),
  };
  const known = await changeSealed<Receipt>("receipts", row.id, (is) => ({ ...is, ...news }));
  if (!known) await keepSealed("receipts", row.id, { ...(await newReceipt(row, body, first)), ...news });
  await refreshReceipts();
}

/** One that came while the phone was locked is kept as it is. */
async function newReceipt(
  row: OutboxRow,
  body: Readonly<Record<string, unknown>>,
  first: boolean,
): Promise<Receipt> {
  const now = Date.now();
  const received_at = String(body.received_at);
  const due_at = String(body.due_at);
  const { id, reference, team, secret, reply_key, coded_sha256, began } = row;
  return (
    (await readSealed<Receipt>("receipts", id)) ?? {
      id,
      reference,
      team: { ...team, ...spoken(body.team) },
      secret,
      reply_key,
      coded_sha256,
      began,
      received_at,
      due_at,
      due_here: first ? now + Date.parse(due_at) - Date.parse(received_at) : Date.parse(due_at),
      state: "stored",
      note: "none",
      checked_at: now,
    }
  );
}

/**
 * Changes a receipt from what it is now, and shows it.
 *
 * @returns the receipt as it is kept now; undefined when it is forgotten, or the phone is locked.
 * @throws CouldNotKeep
 */
export async function changeReceipt(id: string, change: (is: Receipt) => Receipt): Promise<Receipt | undefined> {
  const now = await changeSealed<Receipt>("receipts", id, change);
  await refreshReceipts();
  return now;
}

/** Something that the worker wrote waits to be sent. */
export const hasUnsent = (one: Receipt): boolean => !isOver(one) && (one.mine ?? []).some(({ stored }) => !stored);

/** The worker has looked at what the team wrote. @throws CouldNotKeep */
export async function lookedAt(id: string): Promise<void> {
  const looked = ({ fresh: _, ...one }: Theirs): Theirs => one;
  await changeReceipt(id, (is) => (is.theirs ? { ...is, theirs: is.theirs.map(looked) } : is));
}

/** The team's hours and number as the receipt has them: newer than those of the day the phone joined. */
function spoken(team: unknown): Partial<Addressee> {
  const { hours, reading_hours, urgent_number } = (team ?? {}) as Record<string, unknown>;
  return {
    ...(Array.isArray(hours) && { hours: hours as Hours[] }),
    ...(typeof reading_hours === "string" && { reading_hours }),
    ...(typeof urgent_number === "string" && { urgent_number }),
  };
}
