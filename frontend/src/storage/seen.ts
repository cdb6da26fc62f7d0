/**
 * How much time the app has seen, which is what drafts and receipts live by. A step counts for so much and no more,
 * whatever the phone's clock says, so that a clock that jumps deletes nothing.
 */
import { signal, type ReadonlySignal } from "@preact/signals";

import { database } from "./database.ts";
import { inLine } from "./kept.ts";
import type { Seen } from "./settings.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** While the app is open. A browser that sleeps lets steps grow; they are not longer than this. */
const OPEN_MS = 15 * MINUTE;
/**
 * An absence, for a draft and for a receipt: one that lasted a week leaves a draft three quarters of its day, so that
 * its end is always announced first.
 */
const AWAY_MS = { draft: 6 * HOUR, receipt: 7 * 24 * HOUR } as const;

const NOTHING: Seen = { draft: 0, receipt: 0, at: 0 };
const held = signal<Seen | undefined>(undefined);

/** As it was counted last; undefined before the first time. */
export const seen: ReadonlySignal<Seen | undefined> = held;
export const seenNow = (): Seen | undefined => held.value;

/**
 * Counts the time since it was last counted, here or in another tab. Call it when the app starts, and every minute.
 *
 * @throws CouldNotKeep
 */
export function countSeen(): Promise<void> {
  return inLine(async () => {
    const change = (await database()).transaction("settings", "readwrite");
    const text = await change.store.get("seen");
    const before = text === undefined ? { ...NOTHING, at: Date.now() } : (JSON.parse(text) as Seen);
    const now = Date.now();
    // A clock that was set back has seen nothing, and goes on from where it is.
    const passed = Math.max(0, now - before.at);
    const step = (longest: number): number => Math.min(passed, longest);
    const next: Seen = {
      draft: before.draft + step(held.value ? OPEN_MS : AWAY_MS.draft),
      receipt: before.receipt + step(held.value ? OPEN_MS : AWAY_MS.receipt),
      at: now,
    };
    void change.store.put(JSON.stringify(next), "seen");
    await change.done;
    held.value = next;
  });
}
