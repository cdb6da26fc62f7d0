/**
 * What became of what was sent: receipts kept on this phone, and the status asked for with their secret.
 * "Stored" must never be shown as "someone acts": unread past its due time is said by the phone's own clock,
 * offline too.
 */
import { computed, signal, type ReadonlySignal } from "@preact/signals";

import { minute } from "../state/minute.ts";
import { keepSealed, readAllSealed, readSealed } from "../storage/kept.ts";
import type { Hours } from "../storage/settings.ts";
import { ask, type Trouble } from "./asking.ts";
import type { Addressee, OutboxRow } from "./outbox.ts";

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
  /** When the server was last heard about it, by the phone's clock. */
  readonly checked_at: number;
}

const held = signal<readonly Receipt[]>([]);
const last = signal<Trouble | undefined>(undefined);

/** Everything this phone sent and has a receipt for, newest first. */
export const receipts: ReadonlySignal<readonly Receipt[]> = held;
/** Why the last look for news failed, or undefined after one that did not. */
export const followUpTrouble: ReadonlySignal<Trouble | undefined> = last;
/** Sent, due, and nobody has read it as far as this phone knows: say so, with the team's number. */
export const unreadPastDue: ReadonlySignal<readonly Receipt[]> = computed(() =>
  held.value.filter((one) => isUnreadPastDue(one, minute.value)),
);

export function isUnreadPastDue({ state, due_here }: Receipt, now: number): boolean {
  return state === "stored" && now > due_here;
}

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
  setInterval(look, 300_000);
  look();
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
  const before = await readSealed<Receipt>("receipts", row.id);
  const now = Date.now();
  const received_at = String(body.received_at);
  const due_at = String(body.due_at);
  const { id, reference, team, secret, reply_key, coded_sha256, began } = row;
  const receipt: Receipt = before ?? {
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
  };
  await keepSealed("receipts", id, { ...receipt, note: row.note ? "waiting" : "stored" });
  await refreshReceipts();
}

/** Asks for the state of everything that is not over. Settles; never rejects. */
export async function askForNews(): Promise<void> {
  for (const { id, state } of held.value) {
    if (state === "closed" || state === "gone") continue;
    last.value = await askAbout(id).catch((): Trouble => ({ code: "not_kept" }));
    // What stands between us and the server stands between us and the rest too.
    if (last.value) return;
  }
}

/**
 * Asks for the state of one referral and keeps it.
 *
 * @returns the trouble, or undefined when the answer was kept.
 * @throws CouldNotKeep
 */
export async function askAbout(id: string): Promise<Trouble | undefined> {
  const receipt = await readSealed<Receipt>("receipts", id);
  if (!receipt) return undefined;
  const reply = await ask("follow-up", { authorization: `Receipt ${receipt.secret}` });
  const news =
    "trouble" in reply
      ? reply.trouble.code === "not_found"
        ? { state: "gone" as const }
        : undefined
      : newsIn(reply.body, id);
  if (!news) return "trouble" in reply ? reply.trouble : { code: "not_our_server", status: reply.status };
  await keepSealed("receipts", id, { ...receipt, ...news, checked_at: Date.now() });
  await refreshReceipts();
  return undefined;
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
    ...(Object.fromEntries(details) as Partial<Receipt>),
  };
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
