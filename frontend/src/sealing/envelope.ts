/**
 * The one envelope inside every sealed file. age neither binds a file to its place nor says who made it: the envelope
 * carries the referral's id and the hash of its coded part, so that a swap is seen when it is opened, and a note the
 * tag of the phone's invitation, so that one made up by somebody else is seen too.
 */
import { canonicalJson } from "../screening/canonical.ts";
import { noteHolds, noteTag } from "./voucher.ts";

/** What the worker may write, in four short prompts. Empty prompts are sent too: absence must say nothing. */
export interface NoteText {
  readonly where: string;
  readonly safe_contact: string;
  readonly words_used: string;
  readonly reach_me: string;
}

/** What each kind of envelope holds in words. */
export interface Texts {
  /** From the phone to its team, with the referral. */
  readonly note: NoteText;
  /** Between the phone and its team, afterwards. */
  readonly message: { readonly text: string };
  /** A team's own, which it seals to itself. */
  readonly internal: { readonly text: string };
  /** From one team to another: what it chose to pass on of the note, and why. */
  readonly handover: NoteText & { readonly why: string };
}

export type Kind = keyof Texts;

const PROMPTS: { readonly [K in Kind]: readonly (keyof Texts[K] & string)[] } = {
  note: ["where", "safe_contact", "words_used", "reach_me"],
  message: ["text"],
  internal: ["text"],
  handover: ["where", "safe_contact", "words_used", "reach_me", "why"],
};

export interface Envelope<K extends Kind = "note"> {
  readonly v: 1;
  readonly kind: K;
  readonly referral_id: string;
  /** Of the coded part's canonical JSON, hexadecimal. */
  readonly coded_sha256: string;
  /** 0 for a note and a hand-over; messages count from 1 in each direction. */
  readonly seq: number;
  /** 32 bytes, base64url: authenticates messages about this referral, both ways. "" in all but notes. */
  readonly reply_key: string;
  readonly text: Texts[K];
  /** Of a note, by a phone whose invitation has a voucher: see voucher.ts. */
  readonly vouch?: string;
}

/** What the reader was shown beside the sealed file. */
export interface Shown {
  readonly referral_id: string;
  readonly coded_sha256: string;
  /** Of a message. */
  readonly seq?: number;
}

/** `changed` names what differs from what was shown: then the file belongs elsewhere, or the answers were altered. */
export interface Opened<K extends Kind = "note"> {
  readonly envelope: Envelope<K>;
  readonly changed: readonly ("referral" | "answers" | "place")[];
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
export function pack<K extends Kind>(envelope: Envelope<K>): Uint8Array<ArrayBuffer> {
  const length = new TextEncoder().encode(JSON.stringify({ ...envelope, padding: "" })).length;
  const bucket = BUCKETS.find((size) => length <= size);
  if (bucket === undefined) throw new TooLong(`${length} bytes; shorten the note`);
  return new TextEncoder().encode(JSON.stringify({ ...envelope, padding: " ".repeat(bucket - length) }));
}

/** The envelope in opened bytes, held against what the reader was shown. @throws NotAnEnvelope */
export function unpack<K extends Kind = "note">(
  bytes: Uint8Array,
  shown: Shown,
  kind: K = "note" as K,
): Opened<K> {
  const { padding: _, ...envelope } = parsed(bytes, kind);
  const changed: ("referral" | "answers" | "place")[] = [];
  if (envelope.referral_id !== shown.referral_id) changed.push("referral");
  if (envelope.coded_sha256 !== shown.coded_sha256) changed.push("answers");
  if (shown.seq !== undefined && envelope.seq !== shown.seq) changed.push("place");
  return { envelope, changed };
}

/** The note's envelope with the tag of the phone's invitation. @param voucher 32 bytes, base64url. */
export async function vouched(envelope: Envelope, voucher: string): Promise<Envelope> {
  return { ...envelope, vouch: await noteTag(voucher, canonicalJson(bare(envelope))) };
}

/** Whether the note was made by a phone with this voucher. */
export function isVouched(envelope: Envelope, voucher: string): Promise<boolean> {
  return noteHolds(voucher, canonicalJson(bare(envelope)), envelope.vouch);
}

function bare({ vouch: _, ...envelope }: Envelope): Omit<Envelope, "vouch"> {
  return envelope;
}

function parsed<K extends Kind>(bytes: Uint8Array, kind: K): Envelope<K> & { padding?: unknown } {
  try {
    const found = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as Envelope<K>;
    const texts = PROMPTS[kind].map((prompt) => found.text[prompt]);
    if (found.v === 1 && found.kind === kind && texts.every((text) => typeof text === "string")) return found;
  } catch {
    // Said below, in one way for every way of being wrong.
  }
  throw new NotAnEnvelope(`not a ${kind} that this version of Heed can read`);
}
