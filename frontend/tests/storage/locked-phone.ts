/** A phone with a draft and a receipt, a lock on it, and ways to look at what lies in its store. */
import { keyOfPin } from "../../src/storage/pin.ts";
import { openTab } from "../sending/phone.ts";

export const PIN = "271828";
/** The lock's own row says how many there are: a test need not wait for 600 000. */
const ROUNDS = 1_000;

/** The app opened in a tab, with everything that belongs to the lock: of the same modules. */
export async function openLockTab() {
  const tab = await openTab();
  const [change, unlock, sealed, held, expiry, seen, forgetting] = await Promise.all([
    import("../../src/storage/lock-change.ts"),
    import("../../src/storage/unlock.ts"),
    import("../../src/storage/sealed.ts"),
    import("../../src/storage/held.ts"),
    import("../../src/storage/expiry.ts"),
    import("../../src/storage/seen.ts"),
    import("../../src/storage/forget-locked.ts"),
  ]);
  return { ...tab, ...change, ...unlock, ...sealed, ...held, ...expiry, ...seen, ...forgetting };
}

export type LockTab = Awaited<ReturnType<typeof openLockTab>>;

/** Puts a PIN on, as the settings do. */
export async function lockWith(tab: LockTab, pin = PIN): Promise<void> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  await tab.setLock(await keyOfPin(pin, salt, ROUNDS), { salt, rounds: ROUNDS });
}

/** Every value of every store, as bytes and text: what a look at the store would find. */
export async function everything(tab: LockTab): Promise<{ keys: string[]; values: unknown[]; text: string }> {
  const db = await tab.database();
  const keys: string[] = [];
  const values: unknown[] = [];
  for (const store of db.objectStoreNames) {
    keys.push(...(await db.getAllKeys(store)).map((key) => `${store}/${key}`));
    values.push(...(await db.getAll(store)));
  }
  const text = JSON.stringify(values, (_, value: unknown) =>
    value instanceof Uint8Array ? new TextDecoder("latin1").decode(value) : value,
  );
  return { keys, values, text };
}
