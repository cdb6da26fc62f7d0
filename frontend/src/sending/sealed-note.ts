/**
 * Seals a note to the team's key. The age library is fetched only here; nothing of a note leaves this file unsealed.
 */
import { base64, hex, sha256 } from "../sealing/bytes.ts";
import { pack, vouched, type Envelope } from "../sealing/envelope.ts";
import { withEnd } from "../storage/deadline.ts";
import type { Note } from "../storage/drafts.ts";

/** Longer than this and the coded part goes without: the words follow. */
const SEAL_MS = 15_000;

/** What ties a note to its referral: the envelope repeats it, so that a swap is seen. */
export interface NoteOf {
  readonly id: string;
  readonly coded_sha256: string;
  readonly reply_key: string;
  /** By which the team knows that a phone it invited made the note; phones of before have none. */
  readonly voucher?: string;
}

export interface SealedNote {
  /** The age file, base64. */
  readonly file: string;
  /** Of the file's bytes, hexadecimal: what the receipt must repeat. */
  readonly sha256: string;
}

/** The note in its envelope, sealed to an X25519 recipient. @throws whatever kept it from being sealed in time. */
export async function sealNote(recipient: string, row: NoteOf, text: Note): Promise<SealedNote> {
  const { id: referral_id, coded_sha256, reply_key, voucher } = row;
  const bare: Envelope = { v: 1, kind: "note", referral_id, coded_sha256, seq: 0, reply_key, text };
  const envelope = pack(voucher ? await vouched(bare, voucher) : bare);
  const sealing = import("../sealing/seal.ts").then(({ sealTo }) => sealTo(recipient, envelope));
  const file = new Uint8Array(await withEnd(sealing, SEAL_MS));
  return { file: base64(file), sha256: hex(await sha256(file)) };
}
