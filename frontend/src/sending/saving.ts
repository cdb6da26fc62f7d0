/**
 * Saves what is not sent yet as a file. The rows stay where they are and still go out from here: wherever they go out
 * first, the server takes each once, by its id.
 */
import { newPassphrase } from "../sealing/passphrase.ts";
import { readSetting } from "../storage/settings.ts";
import { outboxRows } from "./outbox.ts";
import { sealRows } from "./saved-file.ts";

export interface Saved {
  /** What to call the file. */
  readonly name: string;
  readonly words: string;
  readonly file: Uint8Array<ArrayBuffer>;
  readonly count: number;
}

/** Says nothing: files are seen by others, in folders and in chats. */
const NAME = "document.age";

/** Makes the words and the file. Undefined when nothing waits. @throws CouldNotKeep when the store cannot be read */
export async function saveUnsent(): Promise<Saved | undefined> {
  const unshown = (await readSetting("unshown")) ?? [];
  const rows = (await outboxRows()).filter(({ id }) => !unshown.includes(id));
  if (!rows.length) return undefined;
  const words = newPassphrase();
  return { name: NAME, words, file: await sealRows(rows, words), count: rows.length };
}
