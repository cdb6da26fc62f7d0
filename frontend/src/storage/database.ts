/**
 * The phone's own database: what is in which store, and one connection to it.
 * Its name must never tell what the app is for; nothing in it may be trusted to be there until it was read back.
 */
import { openDB, type DBSchema, type IDBPDatabase } from "idb";

import { withEnd } from "./deadline.ts";
import { CouldNotKeep } from "./failure.ts";

/** A sealed row: 12 bytes of nonce, then what AES-GCM made. */
export type Sealed = Uint8Array<ArrayBuffer>;

export interface Schema extends DBSchema {
  /** Non-extractable AES-GCM keys: `data` for drafts and receipts, `outbox` for what must still go out. */
  keys: { key: string; value: CryptoKey };
  drafts: { key: string; value: Sealed };
  outbox: { key: string; value: Sealed };
  receipts: { key: string; value: Sealed };
  /** JSON text: device, locale, counts, marker. */
  settings: { key: string; value: string };
  /** JSON text: index, definitions by hash, words by locale. */
  content: { key: string; value: string };
}

export type SealedStore = "drafts" | "outbox" | "receipts";
export type TextStore = "settings" | "content";

const NAME = "kept";
const VERSION = 1;

/** Some browsers leave an open request unanswered for ever; longer than this and the worker is told. */
const OPEN_MS = 8_000;

let connection: Promise<IDBPDatabase<Schema>> | undefined;

/**
 * The open database, opened on first use and again after the browser closed it.
 *
 * @throws CouldNotKeep `no_storage` when the browser gives no database, or none in time.
 */
export function database(): Promise<IDBPDatabase<Schema>> {
  connection ??= withEnd(open(), OPEN_MS).catch((cause: unknown) => {
    connection = undefined;
    throw new CouldNotKeep("no_storage", cause);
  });
  return connection;
}

function open(): Promise<IDBPDatabase<Schema>> {
  return openDB<Schema>(NAME, VERSION, {
    upgrade(db, from) {
      if (from < 1) {
        for (const store of ["keys", "drafts", "outbox", "receipts", "settings", "content"] as const) {
          db.createObjectStore(store);
        }
      }
    },
    // A newer version of the app in another tab wants to upgrade: give way, it opens again on next use.
    blocking: () => void closeDatabase(),
    terminated: () => {
      connection = undefined;
    },
  });
}

/** Ends the connection; the next use opens a new one. */
export async function closeDatabase(): Promise<void> {
  const held = connection;
  connection = undefined;
  (await held?.catch(() => undefined))?.close();
}
