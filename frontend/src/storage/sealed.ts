/**
 * Rows sealed at rest: AES-GCM under keys that the page can use and never export.
 * This stops a look through the browser, not a look at the disk; a row never opens under another key or in
 * another place.
 */
import { database, type Sealed, type SealedStore } from "./database.ts";

/** The outbox has its own key, so that a later lock on the rest never holds back an unsent referral. */
const keyOf = (store: SealedStore): string => (store === "outbox" ? "outbox" : "data");

/** The key, made on first use. Two tabs that start together end with the same one: the first that was stored. */
async function keyFor(store: SealedStore): Promise<CryptoKey> {
  const name = keyOf(store);
  const db = await database();
  const held = await db.get("keys", name);
  if (held) return held;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const change = db.transaction("keys", "readwrite", { durability: "strict" });
  if ((await change.store.getKey(name)) === undefined) void change.store.put(made, name);
  await change.done;
  return (await db.get("keys", name))!;
}

/** Where a row lives is bound into it: a row moved to another id does not open. */
const place = (store: SealedStore, key: string): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(`${store}/${key}`);

/** The row as JSON, sealed. @throws DOMException when the browser refuses the key. */
export async function sealRow(store: SealedStore, key: string, row: unknown): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify(row));
  const sealed = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv, additionalData: place(store, key) },
    await keyFor(store),
    text,
  );
  const bytes = new Uint8Array(12 + sealed.byteLength);
  bytes.set(iv);
  bytes.set(new Uint8Array(sealed), 12);
  return bytes;
}

/** The row opened, or undefined when it was altered, moved, or sealed under a key that is gone. */
export async function openRow<T>(store: SealedStore, key: string, bytes: Sealed): Promise<T | undefined> {
  const crypt = { name: "AES-GCM", iv: bytes.subarray(0, 12), additionalData: place(store, key) };
  try {
    const text = await crypto.subtle.decrypt(crypt, await keyFor(store), bytes.subarray(12));
    return JSON.parse(new TextDecoder().decode(text)) as T;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "OperationError") return undefined;
    throw cause;
  }
}
