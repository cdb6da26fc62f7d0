/**
 * What is not sent yet as one age file that words open: for the worker's own hands, when this phone will see no signal.
 * It holds the rows as they are and nothing of the phone: no token, no name, no other check.
 */
import type { OutboxRow } from "./outbox.ts";

/** log2 of scrypt's N: some seconds on a slow phone, on top of 77 bits of words. */
const WORK_FACTOR = 16;
/** The file's length says only roughly how much is in it, in bytes. */
const STEP = 8_192;
const KIND = "unsent";

/** The file does not open with these words, or a bit of it was changed. */
export class DoesNotOpen extends Error {
  override name = "DoesNotOpen";
}

/** What opened is not what this app saves, or not whole. */
export class NotSaved extends Error {
  override name = "NotSaved";
}

/** The rows as an age file. Slow by design. The age library is fetched only here. */
export async function sealRows(rows: readonly OutboxRow[], words: string): Promise<Uint8Array<ArrayBuffer>> {
  const { Encrypter } = await import("age-encryption");
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(WORK_FACTOR);
  encrypter.setPassphrase(words);
  const inside = { v: 1, kind: KIND, rows, padding: "" };
  const length = new TextEncoder().encode(JSON.stringify(inside)).length;
  const padding = " ".repeat(Math.ceil(length / STEP) * STEP - length);
  return new Uint8Array(await encrypter.encrypt(JSON.stringify({ ...inside, padding })));
}

/** The rows in such a file, not looked at yet. @throws DoesNotOpen · NotSaved */
export async function openRows(file: Uint8Array, words: string): Promise<readonly unknown[]> {
  const text = await opened(file, words);
  let inside: { v?: unknown; kind?: unknown; rows?: unknown };
  try {
    inside = JSON.parse(text) as typeof inside;
  } catch {
    throw new NotSaved("no JSON");
  }
  if (inside.v !== 1 || inside.kind !== KIND || !Array.isArray(inside.rows)) throw new NotSaved("another file");
  return inside.rows as unknown[];
}

async function opened(file: Uint8Array, words: string): Promise<string> {
  const { Decrypter } = await import("age-encryption");
  const decrypter = new Decrypter();
  decrypter.addPassphrase(words);
  try {
    return await decrypter.decrypt(file, "text");
  } catch (cause) {
    throw new DoesNotOpen("these words do not open this file", { cause });
  }
}
