/**
 * Writing so that it counts: every write is read back in a transaction of its own and compared.
 * Nothing here may swallow a failure: the worker must be told what this phone could not keep.
 */
import { database, LOCK, type Sealed, type SealedStore, type TextStore } from "./database.ts";
import { withEnd } from "./deadline.ts";
import { CouldNotKeep } from "./failure.ts";
import { keyFor, lockState, openWithKey, sealWith } from "./sealed.ts";

const STORE_MS = 8_000;

/** Any storage work: it ends, and it fails as CouldNotKeep only. */
async function stored<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await withEnd(work(), STORE_MS);
  } catch (cause) {
    if (cause instanceof CouldNotKeep) throw cause;
    throw new CouldNotKeep(
      cause instanceof Error && cause.name === "QuotaExceededError" ? "full" : "no_storage",
      cause,
    );
  }
}

let line: Promise<unknown> = Promise.resolve();

/** One write after the other: the last tap wins, no read-back meets a later write. It fails as CouldNotKeep only. */
export function inLine<T>(write: () => Promise<T>): Promise<T> {
  const turn = line.then(() => stored(write));
  line = turn.catch(() => undefined);
  return turn;
}

/**
 * Keeps text under a key, read back and compared.
 *
 * @throws CouldNotKeep when it is not there afterwards.
 */
export function keepText(store: TextStore, key: string, text: string): Promise<void> {
  return inLine(async () => {
    const change = (await database()).transaction(store, "readwrite", { durability: "strict" });
    void change.store.put(text, key);
    await change.done;
    if ((await (await database()).get(store, key)) !== text) throw new CouldNotKeep("not_kept");
  });
}

/** The text kept under a key, or undefined. */
export function readText(store: TextStore, key: string): Promise<string | undefined> {
  return stored(async () => (await database()).get(store, key));
}

/** Every key of a store. */
export function keysOf(store: TextStore | SealedStore): Promise<string[]> {
  return stored(async () => (await database()).getAllKeys(store));
}

/** Forgets one row. Nothing happens if there is none. */
export function forget(store: TextStore | SealedStore, key: string): Promise<void> {
  return inLine(async () => {
    const change = (await database()).transaction(store, "readwrite", { durability: "strict" });
    await Promise.all([change.store.delete(key), change.done]);
  });
}

/**
 * Seals a row and keeps it, read back byte for byte. While the phone is locked a receipt is held under the outbox's
 * key (held.ts); one that nobody is to see any more is not kept at all.
 *
 * @param onlyIfThere change a row that still exists, never bring one back that another tab has finished with.
 * @throws CouldNotKeep when it is not there afterwards; `locked` for a draft while the phone is locked.
 */
export function keepSealed(store: SealedStore, key: string, row: unknown, onlyIfThere = false): Promise<void> {
  return inLine(async () => {
    if (store === "receipts" && (await isUnshown(key))) return;
    const there = await within(store);
    while (!(await seal(there, key, row, onlyIfThere))) continue;
  });
}

/** False when the data key was replaced between sealing and writing: then it is sealed again, under the new one. */
async function seal(store: SealedStore, id: string, row: unknown, onlyIfThere: boolean): Promise<boolean> {
  const { key, epoch } = await keyFor(store);
  const bytes = await sealWith(key, store, id, row);
  const outcome = await put(store, id, bytes, { onlyIfThere, epoch });
  if (outcome !== "put") return outcome === "not_there";
  const back = await (await database()).get(store, id);
  if (!back || !same(back, bytes)) throw new CouldNotKeep("not_kept");
  return true;
}

interface Unless {
  readonly onlyIfThere: boolean;
  /** Of the key it was sealed with; undefined where no lock can change it. */
  readonly epoch: number | undefined;
}

async function put(
  store: SealedStore,
  id: string,
  bytes: Sealed,
  { onlyIfThere, epoch }: Unless,
): Promise<"put" | "not_there" | "other_key"> {
  const db = await database();
  // What lies outside the lock waits for nothing that belongs to it.
  if (epoch === undefined) {
    const change = db.transaction(store, "readwrite", { durability: "strict" });
    const wanted = !onlyIfThere || (await change.store.getKey(id)) !== undefined;
    if (wanted) void change.store.put(bytes, id);
    await change.done;
    return wanted ? "put" : "not_there";
  }
  const change = db.transaction([store, "lock"], "readwrite", { durability: "strict" });
  const rows = change.objectStore(store);
  const isNow = ((await change.objectStore("lock").get(LOCK))?.epoch ?? 0) === epoch;
  const wanted = isNow && (!onlyIfThere || (await rows.getKey(id)) !== undefined);
  if (wanted) void rows.put(bytes, id);
  await change.done;
  return wanted ? "put" : isNow ? "not_there" : "other_key";
}

/** Where the rows of a store are to be found now. */
async function within(store: SealedStore): Promise<SealedStore> {
  return store === "receipts" && (await lockState()) === "locked" ? "held" : store;
}

async function isUnshown(id: string): Promise<boolean> {
  const text = await (await database()).get("settings", "unshown");
  return text !== undefined && (JSON.parse(text) as string[]).includes(id);
}

/** One sealed row opened, or undefined when there is none or it does not open. @throws CouldNotKeep `locked` */
export function readSealed<T>(store: SealedStore, key: string): Promise<T | undefined> {
  return stored(async () => {
    const there = await within(store);
    const bytes = await (await database()).get(there, key);
    return bytes && (await openWithKey<T>((await keyFor(there)).key, there, key, bytes));
  });
}

/**
 * Every row of a store that opens, and how many do not (the store was damaged, or its key lost). While the phone is
 * locked, of the receipts only those that came meanwhile.
 *
 * @throws CouldNotKeep `locked` for drafts
 */
export function readAllSealed<T>(store: SealedStore): Promise<{ rows: T[]; unreadable: number }> {
  return stored(async () => {
    const there = await within(store);
    const read = (await database()).transaction(there);
    const [ids, all] = await Promise.all([read.store.getAllKeys(), read.store.getAll(), read.done]);
    if (!ids.length) return { rows: [], unreadable: 0 };
    const { key } = await keyFor(there);
    const opened = await Promise.all(ids.map((id, at) => openWithKey<T>(key, there, id, all[at]!)));
    const rows = opened.filter((row) => row !== undefined);
    return { rows, unreadable: ids.length - rows.length };
  });
}

export function same(a: Sealed, b: Sealed): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
