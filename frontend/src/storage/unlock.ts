/**
 * Opening the lock. Every PIN is counted before it is looked at, so that switching the phone off wins no further try;
 * after ten wrong ones in a row what it guarded is gone. What is not sent yet is not behind the lock, and stays.
 */
import { database, LOCK, type LockRow } from "./database.ts";
import { CouldNotKeep } from "./failure.ts";
import { forgetWhatWasLocked } from "./forget-locked.ts";
import { takeHeldIn } from "./held.ts";
import { inLine } from "./kept.ts";
import { unwrapped } from "./lock-change.ts";
import { keyOfPasskey } from "./lock-passkey.ts";
import { keyOfPin } from "./pin.ts";
import { holdDataKey } from "./sealed.ts";
import { countSeen, seenNow } from "./seen.ts";

export const MOST_TRIES = 10;

/** After so many wrong PINs, this much time (ms) must be seen before the next is looked at. */
const PAUSES: Readonly<Record<number, number>> = { 5: 30_000, 6: 60_000, 7: 120_000, 8: 300_000, 9: 600_000 };

/** `left`: tries until everything goes. `ms`: until the next is looked at. */
export type Tried =
  | { readonly as: "open" | "emptied" }
  | { readonly as: "wrong"; readonly left: number; readonly ms: number }
  | { readonly as: "wait"; readonly ms: number };

/** How the lock is opened, and how long nothing is looked at. @throws CouldNotKeep */
export async function lockAsked(): Promise<{ by: "pin" | "passkey" | "nothing"; ms: number }> {
  const row = await lockRow();
  const by = row?.way ? (row.way.passkey ? "passkey" : "pin") : "nothing";
  return { by, ms: Math.max(0, (row?.until ?? 0) - (seenNow()?.draft ?? 0)) };
}

const lockRow = (): Promise<LockRow | undefined> => inLine(async () => (await database()).get("lock", LOCK));

/** @param pin plain figures, as pinOf gives them. @throws CouldNotKeep: try again, and it may have been counted */
export async function tryPin(pin: string): Promise<Tried> {
  await countSeen();
  const now = seenNow()!.draft;
  const row = await counted(now);
  if ("as" in row) return row.as === "emptied" ? emptied() : row;
  const { salt, rounds } = row.way!;
  if (await openedWith(row, await keyOfPin(pin, salt, rounds!))) return { as: "open" };
  const left = MOST_TRIES - row.tries;
  return left > 0 ? { as: "wrong", left, ms: row.until - now } : emptied();
}

/** The row with this try in it, as it is kept now; or why no PIN is looked at. */
function counted(now: number): Promise<LockRow | Exclude<Tried, { as: "wrong" }>> {
  return inLine(async () => {
    const change = (await database()).transaction("lock", "readwrite", { durability: "strict" });
    const row = await change.store.get(LOCK);
    if (!row?.way) return { as: "open" };
    // Ten were counted, and the app was closed before the last was found to be wrong.
    if (row.tries >= MOST_TRIES) return { as: "emptied" };
    if (row.until > now) return { as: "wait", ms: row.until - now };
    const tries = row.tries + 1;
    const next: LockRow = { ...row, tries, until: now + (PAUSES[tries] ?? 0) };
    void change.store.put(next, LOCK);
    await change.done;
    return next;
  });
}

/** Asks the phone for its passkey. False when that did not open the lock. @throws NoPrf · what the browser throws */
export async function tryPasskey(): Promise<boolean> {
  const row = await lockRow();
  if (!row?.way?.passkey) return row?.way === undefined;
  return openedWith(row, await keyOfPasskey(row.way.passkey, row.way.salt));
}

/** Gives up what the lock guards, where nobody can open it any more. @throws CouldNotKeep */
export async function emptied(): Promise<{ as: "emptied" }> {
  await forgetWhatWasLocked();
  return { as: "emptied" };
}

async function openedWith(row: LockRow, wrapping: CryptoKey): Promise<boolean> {
  let key: CryptoKey;
  try {
    key = await unwrapped(row.way!, wrapping);
  } catch {
    return false;
  }
  await inLine(async () => {
    const change = (await database()).transaction("lock", "readwrite", { durability: "strict" });
    const now = await change.store.get(LOCK);
    // Another tab may have taken the lock away, or emptied the phone: then this key opens nothing any more.
    if (now?.epoch !== row.epoch) throw new CouldNotKeep("locked");
    void change.store.put({ ...now, tries: 0, until: 0 }, LOCK);
    await change.done;
  });
  holdDataKey({ key, epoch: row.epoch });
  await takeHeldIn();
  return true;
}
