/** Stands in for sealing where only what happens to the sealed bytes matters; it can be told to fail. */
import { createHash } from "node:crypto";

import type { NoteOf } from "../../src/sending/sealed-note.ts";

const shared = globalThis as { sealing?: { works: boolean; calls: number } };

/** One for all tabs, though each has its own copy of this module. */
export const sealing = (shared.sealing ??= { works: true, calls: 0 });

export async function sealNote(to: string, { voucher }: NoteOf): Promise<{ file: string; sha256: string }> {
  if (!sealing.works) throw new Error("the age library could not be fetched");
  const file = Buffer.from(`age-encryption.org/v1 ${++sealing.calls} to ${to} by ${voucher}`);
  return { file: file.toString("base64"), sha256: createHash("sha256").update(file).digest("hex") };
}
