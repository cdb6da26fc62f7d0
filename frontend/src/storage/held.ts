/**
 * Receipts that came while the phone was locked: kept under the outbox's key, which the lock does not touch, and moved
 * behind the lock when it is opened. A row of the outbox may leave only for a receipt that stays.
 */
import { database, LOCK, type Sealed } from "./database.ts";
import { inLine } from "./kept.ts";
import { keyFor, openWithKey, sealWith } from "./sealed.ts";

/** What a later receipt of the same referral can say that the first did not: what became of the note. */
const NEW = ["note", "sealed_sha256", "note_there"] as const;

type Kept = Readonly<Partial<Record<(typeof NEW)[number], unknown>>>;

/**
 * Moves them all; one that came twice keeps its first times and state, and only what became of its note is new.
 * Those that were written meanwhile stay for the next time.
 *
 * @throws CouldNotKeep: nothing has moved; `locked` when this tab is
 */
export function takeHeldIn(): Promise<void> {
  return inLine(async () => {
    const db = await database();
    const held = await db.getAllKeys("held");
    if (!held.length) return;
    const [inside, outside] = [await keyFor("receipts"), await keyFor("held")];
    const moved = new Map<string, Sealed>();
    for (const id of held) {
      const [bytes, before] = [await db.get("held", id), await db.get("receipts", id)];
      const came = bytes && (await openWithKey<Kept>(outside.key, "held", id, bytes));
      const known = before && (await openWithKey<Kept>(inside.key, "receipts", id, before));
      if (came) moved.set(id, await sealWith(inside.key, "receipts", id, known ? { ...known, ...ofNote(came) } : came));
    }
    const change = db.transaction(["held", "receipts", "lock"], "readwrite", { durability: "strict" });
    if (((await change.objectStore("lock").get(LOCK))?.epoch ?? 0) === inside.epoch) {
      for (const [id, bytes] of moved) {
        void change.objectStore("receipts").put(bytes, id);
        void change.objectStore("held").delete(id);
      }
    }
    await change.done;
  });
}

function ofNote(came: Kept): Kept {
  return Object.fromEntries(NEW.filter((name) => name in came).map((name) => [name, came[name]]));
}
