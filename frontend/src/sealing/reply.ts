/**
 * Messages between a phone and its team. Both ends know the reply key, which travelled inside the sealed note: from it
 * come the identity that the phone opens messages with, and the key of the tags that show who wrote them.
 */
import { derived, tag, tagHolds } from "./derive.ts";
import { fromBase64url } from "./bytes.ts";
import { recipientOf, secretText, type Identity } from "./identities.ts";

export type Direction = "to_team" | "to_phone";

/** What a tag binds: a message moved to another referral, place or direction no longer holds. */
export interface Place {
  readonly referral_id: string;
  readonly direction: Direction;
  /** Counts from 1 in each direction. */
  readonly seq: number;
  /** Of the age file, hexadecimal. */
  readonly sha256: string;
}

/** The identity that messages to the phone are sealed to. @param replyKey 32 bytes, base64url. */
export async function replyIdentity(replyKey: string): Promise<Identity> {
  const secret = secretText.encode(await derived(fromBase64url(replyKey), "heed reply x25519 v1"));
  return { secret, recipient: await recipientOf(secret) };
}

/** The tag of a message, hexadecimal. */
export async function messageTag(replyKey: string, place: Place): Promise<string> {
  return tag(await tagKey(replyKey), textOf(place));
}

/** Whether the message was written by somebody who knows the reply key, for this very place. */
export async function messageHolds(replyKey: string, place: Place, given: unknown): Promise<boolean> {
  return tagHolds(await tagKey(replyKey), textOf(place), given);
}

const tagKey = (replyKey: string): Promise<Uint8Array<ArrayBuffer>> =>
  derived(fromBase64url(replyKey), "heed reply mac v1");

const textOf = ({ referral_id, direction, seq, sha256 }: Place): string =>
  `heed message v1\n${referral_id}\n${direction}\n${seq}\n${sha256}`;
