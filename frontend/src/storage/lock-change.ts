/**
 * Setting a lock and taking it away. Rows go over to a new data key in one transaction with the lock itself: closed at
 * any moment, the phone has either everything under the old key or everything under the new one.
 */
import { database, LOCK, type LockRow, type Sealed, type Way } from "./database.ts";
import { CouldNotKeep } from "./failure.ts";
import { inLine, same } from "./kept.ts";
import { heldDataKey, holdDataKey, keyFor, openWithKey, sealWith } from "./sealed.ts";

const GCM = { name: "AES-GCM", length: 256 } as const;
const USES = ["encrypt", "decrypt"] as const;
const STORES = ["drafts", "receipts"] as const;

type Rows = Record<(typeof STORES)[number], Map<string, Sealed>>;

/**
 * Puts a lock on: the data key is made anew, and kept wrapped only. The phone is open afterwards, in this tab.
 *
 * @param wrapping the key that wraps it: of a PIN or a passkey
 * @throws CouldNotKeep: everything is as it was
 */
export function setLock(wrapping: CryptoKey, way: Omit<Way, "wrapped">): Promise<void> {
  return inLine(async () => {
    const made = await crypto.subtle.generateKey(GCM, true, [...USES]);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const wrapped = await crypto.subtle.wrapKey("raw", made, wrapping, { name: "AES-GCM", iv });
    const whole: Way = { ...way, wrapped: joined(iv, new Uint8Array(wrapped)) };
    // What was wrapped must open before anything depends on it.
    const key = await unwrapped(whole, wrapping);
    while (!(await overTo(key, whole))) continue;
  });
}

/** The data key out of its wrapping, not to be taken out again. @throws DOMException when it is another's. */
export function unwrapped({ wrapped }: Way, wrapping: CryptoKey): Promise<CryptoKey> {
  const [iv, file] = [wrapped.subarray(0, 12), wrapped.subarray(12)];
  return crypto.subtle.unwrapKey("raw", file, wrapping, { name: "AES-GCM", iv }, GCM, false, [...USES]);
}

/** Seals every row anew and puts the lock on. False when something was written meanwhile: then once more. */
async function overTo(key: CryptoKey, way: Way): Promise<boolean> {
  const before = await keyFor("drafts");
  const [from, found] = await readRows();
  if (from !== before.epoch) return false;
  const sealed: Rows = { drafts: new Map(), receipts: new Map() };
  for (const store of STORES) {
    for (const [id, bytes] of found[store]) {
      const row = await openWithKey<unknown>(before.key, store, id, bytes);
      // One that did not open before does not open after; it is counted as damaged, not deleted.
      sealed[store].set(id, row === undefined ? bytes : await sealWith(key, store, id, row));
    }
  }
  const row: LockRow = { epoch: from + 1, way, tries: 0, until: 0 };
  if (!(await writeRows(found, sealed, row))) return false;
  if ((await (await database()).get("lock", LOCK))?.epoch !== row.epoch) throw new CouldNotKeep("not_kept");
  holdDataKey({ key, epoch: row.epoch });
  return true;
}

async function readRows(): Promise<[epoch: number, rows: Rows]> {
  const read = (await database()).transaction([...STORES, "lock"] as const);
  const rowsOf = async (store: (typeof STORES)[number]): Promise<Map<string, Sealed>> => {
    const [ids, bytes] = await Promise.all([read.objectStore(store).getAllKeys(), read.objectStore(store).getAll()]);
    return new Map(ids.map((id, at) => [id, bytes[at]!]));
  };
  const row = read.objectStore("lock").get(LOCK);
  const [drafts, receipts] = await Promise.all([rowsOf("drafts"), rowsOf("receipts"), row, read.done]);
  return [(await row)?.epoch ?? 0, { drafts, receipts }];
}

/** All of it or none; none when a row is not as it was read, or the lock was changed. */
async function writeRows(found: Rows, sealed: Rows, row: LockRow): Promise<boolean> {
  const all = [...STORES, "keys", "lock"] as const;
  const change = (await database()).transaction(all, "readwrite", { durability: "strict" });
  let isAsRead = ((await change.objectStore("lock").get(LOCK))?.epoch ?? 0) === row.epoch - 1;
  for (const store of STORES) {
    const rows = change.objectStore(store);
    const [ids, bytes] = await Promise.all([rows.getAllKeys(), rows.getAll()]);
    const isSame = (id: string, at: number): boolean => {
      const before = found[store].get(id);
      return before !== undefined && same(before, bytes[at]!);
    };
    isAsRead &&= ids.length === found[store].size && ids.every(isSame);
  }
  if (isAsRead) {
    for (const store of STORES)
      for (const [id, bytes] of sealed[store]) void change.objectStore(store).put(bytes, id);
    void change.objectStore("keys").delete("data");
    void change.objectStore("lock").put(row, LOCK);
  }
  await change.done;
  return isAsRead;
}

/**
 * Takes the lock away: the data key lies in the store again, as the page may use it and never export it.
 *
 * @throws CouldNotKeep `locked` when this tab has not opened it
 */
export function removeLock(): Promise<void> {
  return inLine(async () => {
    const held = heldDataKey();
    const change = (await database()).transaction(["keys", "lock"], "readwrite", { durability: "strict" });
    const row = await change.objectStore("lock").get(LOCK);
    const mayGo = row?.way !== undefined && held?.epoch === row.epoch;
    if (mayGo) {
      void change.objectStore("keys").put(held.key, "data");
      void change.objectStore("lock").put({ epoch: row.epoch + 1, tries: 0, until: 0 }, LOCK);
    }
    await change.done;
    if (row?.way && !mayGo) throw new CouldNotKeep("locked");
    holdDataKey(undefined);
  });
}

function joined(iv: Sealed, rest: Sealed): Sealed {
  const bytes = new Uint8Array(iv.length + rest.length);
  bytes.set(iv);
  bytes.set(rest, iv.length);
  return bytes;
}
