/**
 * What is kept no longer than it is needed: a draft a day after it was last touched, a receipt a month after its referral
 * was closed and never longer than three. All of it by time that the app has seen; nothing goes that is open.
 */
import { forgetDraft, keepDraft, leftOf, readDrafts } from "./drafts.ts";
import { forget, readAllSealed } from "./kept.ts";
import { keepSetting, readSetting, type Life, type Settings } from "./settings.ts";
import { seenNow } from "./seen.ts";

const DAY = 86_400_000;
const OVER_MS = 30 * DAY;
const LONGEST_MS = 90 * DAY;

/** Deletes the drafts whose time is up. @param open the one that the worker is on. @throws CouldNotKeep */
export async function sweepDrafts(open: string | undefined): Promise<void> {
  const now = seenNow()?.draft;
  for (const draft of await readDrafts()) {
    if (now === undefined || draft.id === open) continue;
    // One of before any counting, or of before the count began anew.
    if (draft.kept_at === undefined || draft.kept_at > now) await keepDraft(draft);
    else if (leftOf(draft) === 0) await forgetDraft(draft.id);
  }
}

interface Ending {
  readonly id: string;
  readonly state: string;
}

const OVER = ["closed", "gone", "withdrawn"];

/**
 * Deletes the receipts whose time is up, and notes when each came and was over. One stays while something of its
 * referral still waits to go out.
 *
 * @throws CouldNotKeep
 */
export async function sweepReceipts(): Promise<void> {
  // A count that began anew must not let a receipt stay longer than it may, hence the smaller of the two below.
  const [{ rows }, unsent] = [await readAllSealed<Ending>("receipts"), await readAllSealed<Ending>("outbox")];
  const before = (await readSetting("lives")) ?? {};
  const now = seenNow()?.receipt;
  if (now === undefined) return;
  const lives: Record<string, Life> = {};
  for (const { id, state } of rows) {
    const { came: first = now, over = OVER.includes(state) ? now : undefined } = before[id] ?? {};
    const came = Math.min(first, now);
    const isUp = now - came >= LONGEST_MS || (over !== undefined && now - over >= OVER_MS);
    if (isUp && !unsent.rows.some((row) => row.id === id)) {
      await forget("receipts", id);
    } else {
      lives[id] = { came, ...(over !== undefined && { over }) };
    }
  }
  if (JSON.stringify(lives) !== JSON.stringify(before)) await keepSetting("lives", lives satisfies Settings["lives"]);
}
