/**
 * Rows sealed at rest: AES-GCM under keys that the page can use and never export.
 * Without a lock this stops a look through the browser, not a look at the disk; a row never opens under another key or
 * in another place, and nothing is sealed under a key that was replaced meanwhile.
 */
import { database, LOCK, type Sealed, type SealedStore } from "./database.ts";
import { CouldNotKeep } from "./failure.ts";

/** A key, and the epoch of the lock that it belongs to: only rows of the data key have one. */
export interface DataKey {
  readonly key: CryptoKey;
  readonly epoch?: number;
}

/** The data key of a lock that was opened in this tab. Nowhere else is it unwrapped. */
let opened: Required<DataKey> | undefined;

/** Takes the data key up for this tab; undefined locks it. */
export function holdDataKey(held: Required<DataKey> | undefined): void {
  opened = held;
}

/** The data key as this tab holds it, where there is a lock. */
export const heldDataKey = (): Required<DataKey> | undefined => opened;

/** Whether there is a lock, and whether this tab has opened it. */
export async function lockState(): Promise<"none" | "locked" | "open"> {
  const row = await (await database()).get("lock", LOCK);
  if (!row?.way) return "none";
  return opened?.epoch === row.epoch ? "open" : "locked";
}

/** The outbox has its own key, so that a lock on the rest never holds back an unsent referral. */
const isOutside = (store: SealedStore): boolean => store === "outbox" || store === "held";

/**
 * The key of a store, made on first use. Two tabs that start together end with the same one: the first that was stored.
 *
 * @throws CouldNotKeep `locked`
 */
export async function keyFor(store: SealedStore): Promise<DataKey> {
  const name = isOutside(store) ? "outbox" : "data";
  for (;;) {
    const read = (await database()).transaction(["keys", "lock"]);
    const [key, row] = await Promise.all([
      read.objectStore("keys").get(name),
      read.objectStore("lock").get(LOCK),
      read.done,
    ]);
    if (name === "outbox") {
      if (key) return { key };
    } else if (row?.way) {
      if (opened?.epoch === row.epoch) return opened;
      throw new CouldNotKeep("locked");
    } else if (key) {
      return { key, epoch: row?.epoch ?? 0 };
    }
    await makeKey(name);
  }
}

async function makeKey(name: "data" | "outbox"): Promise<void> {
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const change = (await database()).transaction(["keys", "lock"], "readwrite", { durability: "strict" });
  const keys = change.objectStore("keys");
  const isLocked = name === "data" && (await change.objectStore("lock").get(LOCK))?.way !== undefined;
  if (!isLocked && (await keys.getKey(name)) === undefined) void keys.put(made, name);
  await change.done;
}

/** Where a row lives is bound into it: a row moved to another id does not open. */
const place = (store: SealedStore, key: string): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(`${store}/${key}`);

/** The row as JSON, sealed. @throws DOMException when the browser refuses the key. */
export async function sealWith(with_: CryptoKey, store: SealedStore, key: string, row: unknown): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify(row));
  const crypt = { name: "AES-GCM", iv, additionalData: place(store, key) };
  const sealed = await crypto.subtle.encrypt(crypt, with_, text);
  const bytes = new Uint8Array(12 + sealed.byteLength);
  bytes.set(iv);
  bytes.set(new Uint8Array(sealed), 12);
  return bytes;
}

/** The row opened, or undefined when it was altered, moved, or sealed under another key. */
export async function openWithKey<T>(
  with_: CryptoKey,
  store: SealedStore,
  key: string,
  bytes: Sealed,
): Promise<T | undefined> {
  const crypt = { name: "AES-GCM", iv: bytes.subarray(0, 12), additionalData: place(store, key) };
  try {
    const text = await crypto.subtle.decrypt(crypt, with_, bytes.subarray(12));
    return JSON.parse(new TextDecoder().decode(text)) as T;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "OperationError") return undefined;
    throw cause;
  }
}
