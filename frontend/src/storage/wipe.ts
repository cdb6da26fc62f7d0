/**
 * Empties this phone: everything of checks, receipts, team and worker, and the keys that could open a trace of it.
 * It asks nothing: whoever calls it has let the outbox go first. It promises no erased flash memory.
 */
import { database, LOCK } from "./database.ts";
import { CouldNotKeep } from "./failure.ts";
import { inLine } from "./kept.ts";
import { holdDataKey } from "./sealed.ts";

const STORES = ["keys", "drafts", "outbox", "receipts", "held", "settings"] as const;

/**
 * All at once or not at all, looked at afterwards. What stays: published checklists and numbers, which are anyone's;
 * the marker by which a loss is noticed (this is none); and the tokens with which the server is told.
 *
 * @throws CouldNotKeep when something is still there: try again.
 */
export function emptyPhone(farewell: readonly string[]): Promise<void> {
  return inLine(async () => {
    const db = await database();
    const change = db.transaction([...STORES, "content", "lock"] as const, "readwrite", { durability: "strict" });
    const [settings, content] = [change.objectStore("settings"), change.objectStore("content")];
    const marker = await settings.get("marker");
    const epoch = (await change.objectStore("lock").get(LOCK))?.epoch ?? 0;
    // Which language was spoken here says something about who did.
    const words = (await content.getAllKeys()).filter((key) => key.startsWith("words "));
    const stays = { ...(marker !== undefined && { marker }), farewell: JSON.stringify(farewell) };
    void Promise.all([
      ...STORES.map((store) => change.objectStore(store).clear()),
      ...words.map((key) => content.delete(key)),
      change.objectStore("lock").put({ epoch: epoch + 1, tries: 0, until: 0 }, LOCK),
      ...Object.entries(stays).map(([key, text]) => settings.put(text, key)),
    ]).catch(() => undefined); // `done` tells of a failure.
    await change.done;
    holdDataKey(undefined);
    const left = await Promise.all(STORES.map((store) => db.count(store)));
    if (left.reduce((sum, count) => sum + count, 0) !== Object.keys(stays).length) throw new CouldNotKeep("not_kept");
  });
}
