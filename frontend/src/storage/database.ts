/**
 * The phone's own database: what is in which store, and one connection to it.
 * Its name must never tell what the app is for; nothing in it may be trusted to be there until it was read back.
 */
import { openDB, type DBSchema, type IDBPDatabase } from "idb";

import { withEnd } from "./deadline.ts";
import { CouldNotKeep } from "./failure.ts";

/** A sealed row: 12 bytes of nonce, then what AES-GCM made. */
export type Sealed = Uint8Array<ArrayBuffer>;

/** How the data key is wrapped: by what a PIN or a passkey gives. Bytes only; nothing of it opens anything by itself. */
export interface Way {
  /** For a PIN: what it is mixed with. For a passkey: what it is asked about. */
  readonly salt: Sealed;
  /** Rounds of PBKDF2; none for a passkey. */
  readonly rounds?: number;
  /** Which passkey. */
  readonly passkey?: Sealed;
  /** 12 bytes of nonce, then the data key as AES-GCM wrapped it. */
  readonly wrapped: Sealed;
}

export interface LockRow {
  /** One more with every change of the data key: a row sealed under an earlier key is never written after it. */
  readonly epoch: number;
  /** Without one there is no lock. */
  readonly way?: Way;
  /** Wrong PINs in a row, each counted before it was looked at. */
  readonly tries: number;
  /** No further PIN is looked at before this much time was seen (seen.ts), in milliseconds. */
  readonly until: number;
}

export interface Schema extends DBSchema {
  /**
   * Non-extractable AES-GCM keys: `data` for drafts and receipts, `outbox` for what must still go out. With a lock
   * there is no `data`: it lies in `lock`, wrapped.
   */
  keys: { key: string; value: CryptoKey };
  /** One row, under LOCK; none before the first lock. */
  lock: { key: string; value: LockRow };
  drafts: { key: string; value: Sealed };
  outbox: { key: string; value: Sealed };
  receipts: { key: string; value: Sealed };
  /** Receipts that came while the phone was locked, under the outbox's key: see held.ts. */
  held: { key: string; value: Sealed };
  /** JSON text: device, locale, counts, marker. */
  settings: { key: string; value: string };
  /** JSON text: index, definitions by hash, words by locale. */
  content: { key: string; value: string };
}

export type SealedStore = "drafts" | "outbox" | "receipts" | "held";
export type TextStore = "settings" | "content";

const NAME = "kept";
const VERSION = 2;
/** The key of the one row of the store `lock`. */
export const LOCK = "now";

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
      if (from < 2) for (const store of ["lock", "held"] as const) db.createObjectStore(store);
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
