/**
 * Changes a sealed row from what it is now: of two tabs, or two answers, that change the same row at once neither undoes
 * the other. It never brings a row back, and changes nothing while the phone is locked.
 */
import { database, LOCK, type Sealed } from "./database.ts";
import { CouldNotKeep } from "./failure.ts";
import { inLine, same } from "./kept.ts";
import { keyFor, lockState, openWithKey, sealWith, type DataKey } from "./sealed.ts";

/**
 * @param change what the row becomes; called again when the row was changed meanwhile.
 * @returns the row as it is kept now; undefined when there is none, or the phone is locked.
 * @throws CouldNotKeep when it is not there afterwards.
 */
export function changeSealed<T>(store: "receipts", id: string, change: (row: T) => T): Promise<T | undefined> {
  return inLine(async () => {
    for (;;) {
      if ((await lockState()) === "locked") return undefined;
      const with_ = await keyFor(store);
      const before = await (await database()).get(store, id);
      const row = before && (await openWithKey<T>(with_.key, store, id, before));
      if (!before || !row) return undefined;
      const now = change(row);
      const bytes = await sealWith(with_.key, store, id, now);
      if (await exchanged(store, id, [before, bytes], with_)) return now;
    }
  });
}

/** False when the row, or the key that it was sealed with, is another by now. */
async function exchanged(
  store: "receipts",
  id: string,
  [before, bytes]: readonly [Sealed, Sealed],
  { epoch }: DataKey,
): Promise<boolean> {
  const db = await database();
  const change = db.transaction([store, "lock"], "readwrite", { durability: "strict" });
  const rows = change.objectStore(store);
  const [lock, there] = await Promise.all([change.objectStore("lock").get(LOCK), rows.get(id)]);
  const isNow = (lock?.epoch ?? 0) === epoch && there !== undefined && same(there, before);
  if (isNow) void rows.put(bytes, id);
  await change.done;
  if (!isNow) return false;
  const back = await db.get(store, id);
  // Another tab may have changed it again already: only what is as before was not written.
  if (back && same(back, before)) throw new CouldNotKeep("not_kept");
  return true;
}
