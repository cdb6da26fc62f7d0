/**
 * Checks that were begun and not sent, sealed from the first tap.
 * A draft holds answers and the worker's note; no field of it asks who the person is.
 */
import { forget, keepSealed, readAllSealed, readSealed } from "./kept.ts";
import { seenNow } from "./seen.ts";
import type { Answer } from "../screening/types.ts";

export type Known = "seen" | "heard" | "person_said" | "other_said";

/** Where a referral goes. */
export interface SendTo {
  /** Id of the joined team as whose phone it is sent. */
  readonly by: string;
  /** Id of the team it goes to: the same, or another of its invitation. */
  readonly team: string;
}

/** One sign as it was answered; `known` only with a yes. */
export interface Answered {
  readonly answer: Answer;
  readonly known?: readonly Known[];
}

/** The definition a check was begun with; it is finished with the same one, whatever is published meanwhile. */
export interface DefinitionName {
  readonly id: string;
  readonly version: number;
  readonly hash: string;
}

/** The four prompts of the note: the only free text there is, and it leaves the phone sealed or not at all. */
export interface Note {
  readonly where: string;
  readonly safe_contact: string;
  readonly words_used: string;
  readonly reach_me: string;
}

/** `none`: no follow-up; nothing of it is kept on the phone afterwards. */
export type Reach = "sealed_number" | "app" | "ring" | "none";

export interface Raised {
  readonly to: "some" | "strong";
  readonly why: "worry" | "pattern" | "told_in_confidence" | "other_signs";
}

export interface Draft {
  /** uuid4, lower case, made when the check began: the id of the referral it may become. */
  readonly id: string;
  /** When it began, by the phone's clock, in milliseconds. */
  readonly began: number;
  readonly checklist: DefinitionName;
  readonly pathway: DefinitionName;
  readonly answers: Readonly<Record<string, Answered>>;
  /** Asked facts and `parent_care`, each a value the pathway lists. */
  readonly facts: Readonly<Record<string, string | readonly string[]>>;
  readonly raised?: Raised;
  /** Area code before rolling up. */
  readonly area?: string;
  readonly reach?: Reach;
  /** Chosen for this one alone; the home team without. */
  readonly send_to?: SendTo;
  readonly note: Note;
  /** Where the worker is, in the screens' own words. */
  readonly at?: string;
  /** When it was last kept, by the time that the app has seen (seen.ts), in milliseconds. */
  readonly kept_at?: number;
}

/** A new draft, not kept yet: keep it with the first tap. */
export function beginDraft(checklist: DefinitionName, pathway: DefinitionName): Draft {
  const note = { where: "", safe_contact: "", words_used: "", reach_me: "" };
  return { id: crypto.randomUUID(), began: Date.now(), checklist, pathway, answers: {}, facts: {}, note };
}

/** A day, by the time that the app has seen. */
const LIFE_MS = 86_400_000;

/** Milliseconds that a draft is still kept; the whole life for one that was kept before its time was counted. */
export function leftOf({ kept_at }: Pick<Draft, "kept_at">): number {
  const now = seenNow()?.draft ?? 0;
  return Math.min(LIFE_MS, Math.max(0, (kept_at ?? now) + LIFE_MS - now));
}

/** Keeps the draft as it stands. @throws CouldNotKeep */
export function keepDraft(draft: Draft): Promise<void> {
  // Before any time was counted it has none: its life then begins with the first sweep.
  return keepSealed("drafts", draft.id, { ...draft, kept_at: seenNow()?.draft });
}

/** One draft, or undefined. @throws CouldNotKeep when the store cannot be read. */
export function readDraft(id: string): Promise<Draft | undefined> {
  return readSealed<Draft>("drafts", id);
}

/**
 * Drafts that can be carried on, newest first. One whose id was already sent, or waits to be sent, is
 * forgotten here:
 * the page was closed between the two steps of sending.
 *
 * @throws CouldNotKeep when the store cannot be read.
 */
export async function readDrafts(): Promise<Draft[]> {
  // Only a row that opens counts as sent: a damaged one must not take its draft with it.
  const sent = await Promise.all([
    readAllSealed<{ id: string }>("outbox"),
    readAllSealed<{ id: string }>("receipts"),
  ]);
  const done = new Set(sent.flatMap(({ rows: found }) => found.map(({ id }) => id)));
  const { rows } = await readAllSealed<Draft>("drafts");
  await Promise.all(rows.filter(({ id }) => done.has(id)).map(({ id }) => forgetDraft(id)));
  return rows.filter(({ id }) => !done.has(id)).sort((a, b) => b.began - a.began);
}

/** Forgets a draft: it was sent, or the worker threw it away. @throws CouldNotKeep */
export function forgetDraft(id: string): Promise<void> {
  return forget("drafts", id);
}
