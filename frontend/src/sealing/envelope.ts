/**
 * The one envelope inside every sealed file. age neither binds a file to its place nor says who made it: the
 * envelope carries the referral's id and the hash of its coded part, so that a swap is seen when it is opened.
 */

/** What the worker may write, in four short prompts. Empty prompts are sent too: absence must say nothing. */
export interface NoteText {
  readonly where: string;
  readonly safe_contact: string;
  readonly words_used: string;
  readonly reach_me: string;
}

export interface Envelope {
  readonly v: 1;
  readonly kind: "note";
  readonly referral_id: string;
  /** Of the coded part's canonical JSON, hexadecimal. */
  readonly coded_sha256: string;
  readonly seq: number;
  /** 32 bytes, base64url: authenticates messages about this referral, both ways. */
  readonly reply_key: string;
  readonly text: NoteText;
}

/** What the reader was shown beside the sealed file. */
export interface Shown {
  readonly referral_id: string;
  readonly coded_sha256: string;
}

/** `changed` names what differs from what was shown: then the file belongs elsewhere, or the answers were altered. */
export interface Opened {
  readonly envelope: Envelope;
  readonly changed: readonly ("referral" | "answers")[];
}

/** An envelope fills one of these, in bytes, so that its length says next to nothing about the words. */
export const BUCKETS = [1024, 4096, 16_384] as const;

/** More words than the largest bucket holds. */
export class TooLong extends Error {
  override name = "TooLong";
}

/** What was opened is no envelope of a version known here: the file was not made by Heed, or by a later one. */
export class NotAnEnvelope extends Error {
  override name = "NotAnEnvelope";
}

/** The envelope as UTF-8 JSON of exactly a bucket's length. @throws TooLong */
export function pack(envelope: Envelope): Uint8Array<ArrayBuffer> {
  const length = new TextEncoder().encode(JSON.stringify({ ...envelope, padding: "" })).length;
  const bucket = BUCKETS.find((size) => length <= size);
  if (bucket === undefined) throw new TooLong(`${length} bytes; shorten the note`);
  return new TextEncoder().encode(JSON.stringify({ ...envelope, padding: " ".repeat(bucket - length) }));
}

/** The envelope in opened bytes, held against what the reader was shown. @throws NotAnEnvelope */
export function unpack(bytes: Uint8Array, shown: Shown): Opened {
  const { padding: _, ...envelope } = parsed(bytes);
  const changed: ("referral" | "answers")[] = [];
  if (envelope.referral_id !== shown.referral_id) changed.push("referral");
  if (envelope.coded_sha256 !== shown.coded_sha256) changed.push("answers");
  return { envelope, changed };
}

function parsed(bytes: Uint8Array): Envelope & { padding?: unknown } {
  try {
    const found = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as Envelope;
    const texts = [found.text.where, found.text.safe_contact, found.text.words_used, found.text.reach_me];
    if (found.v === 1 && found.kind === "note" && texts.every((text) => typeof text === "string")) return found;
  } catch {
    // Said below, in one way for every way of being wrong.
  }
  throw new NotAnEnvelope("not a note that this version of Heed can read");
}
