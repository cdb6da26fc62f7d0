/**
 * What is left of a phone whose lock was tried too often: drafts, receipts and the words of the language are gone, with
 * the key that could open a trace of them. What is not sent yet still goes out; it is shown to nobody any more.
 */
import { database, LOCK } from "./database.ts";
import { CouldNotKeep } from "./failure.ts";
import { inLine } from "./kept.ts";
import { holdDataKey } from "./sealed.ts";

const STORES = ["drafts", "receipts", "held"] as const;
/** What says something of who used the phone, and for what. Which team it is of must stay: what waits goes there. */
const SETTINGS = ["locale", "counts", "lives", "lock_after"] as const;

/** All at once or not at all, looked at afterwards. @throws CouldNotKeep: try again */
export function forgetWhatWasLocked(): Promise<void> {
  return inLine(async () => {
    const db = await database();
    const all = [...STORES, "outbox", "keys", "lock", "settings", "content"] as const;
    const change = db.transaction(all, "readwrite", { durability: "strict" });
    const [settings, content, lock] = [
      change.objectStore("settings"),
      change.objectStore("content"),
      change.objectStore("lock"),
    ];
    const epoch = (await lock.get(LOCK))?.epoch ?? 0;
    const unsent = await change.objectStore("outbox").getAllKeys();
    const before = JSON.parse((await settings.get("unshown")) ?? "[]") as string[];
    const words = (await content.getAllKeys()).filter((key) => key.startsWith("words "));
    void Promise.all([
      ...STORES.map((store) => change.objectStore(store).clear()),
      ...words.map((key) => content.delete(key)),
      ...SETTINGS.map((name) => settings.delete(name)),
      settings.put(JSON.stringify([...new Set([...before, ...unsent])]), "unshown"),
      change.objectStore("keys").delete("data"),
      lock.put({ epoch: epoch + 1, tries: 0, until: 0 }, LOCK),
    ]).catch(() => undefined); // `done` tells of a failure.
    await change.done;
    holdDataKey(undefined);
    const left = await Promise.all(STORES.map((store) => db.count(store)));
    const isLocked = (await db.get("lock", LOCK))?.way !== undefined;
    if (isLocked || left.some((count) => count > 0)) throw new CouldNotKeep("not_kept");
  });
}
