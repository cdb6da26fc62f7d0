/**
 * Writing so that it counts: every write is read back in a transaction of its own and compared.
 * Nothing here may swallow a failure: the worker must be told what this phone could not keep.
 */
import { database, type Sealed, type SealedStore, type TextStore } from "./database.ts";
import { withEnd } from "./deadline.ts";
import { CouldNotKeep } from "./failure.ts";
import { openRow, sealRow } from "./sealed.ts";

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
    await put(store, key, text);
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
 * Seals a row and keeps it, read back byte for byte.
 *
 * @param onlyIfThere change a row that still exists, never bring one back that another tab has finished with.
 * @throws CouldNotKeep when it is not there afterwards.
 */
export function keepSealed(store: SealedStore, key: string, row: unknown, onlyIfThere = false): Promise<void> {
  return inLine(async () => {
    const bytes = await sealRow(store, key, row);
    if (!(await put(store, key, bytes, onlyIfThere))) return;
    const back = await (await database()).get(store, key);
    if (!back || !same(back, bytes)) throw new CouldNotKeep("not_kept");
  });
}

/** One sealed row opened, or undefined when there is none or it does not open. */
export function readSealed<T>(store: SealedStore, key: string): Promise<T | undefined> {
  return stored(async () => {
    const bytes = await (await database()).get(store, key);
    return bytes && (await openRow<T>(store, key, bytes));
  });
}

/** Every row of a store that opens, and how many do not (the store was damaged, or its key lost). */
export function readAllSealed<T>(store: SealedStore): Promise<{ rows: T[]; unreadable: number }> {
  return stored(async () => {
    const keys = await (await database()).getAllKeys(store);
    const opened = await Promise.all(keys.map((key) => readSealed<T>(store, key)));
    const rows = opened.filter((row) => row !== undefined);
    return { rows, unreadable: keys.length - rows.length };
  });
}

async function put(
  store: TextStore | SealedStore,
  key: string,
  value: string | Sealed,
  onlyIfThere = false,
): Promise<boolean> {
  const change = (await database()).transaction(store, "readwrite", { durability: "strict" });
  const wanted = !onlyIfThere || (await change.store.getKey(key)) !== undefined;
  if (wanted) void change.store.put(value as never, key);
  await change.done;
  return wanted;
}

function same(a: Sealed, b: Sealed): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
