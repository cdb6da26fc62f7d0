/**
 * Notes that a team keeps for itself, sealed to its own key. That key is public, so sealing alone says nothing about the
 * writer: each note carries the team's signature inside, and one without it must never be shown.
 */
import { canonicalJson } from "../screening/canonical.ts";
import { pack, unpack, type Envelope, type Shown } from "../sealing/envelope.ts";
import type { TeamKeys } from "../sealing/halves.ts";
import { openWith, sealTo } from "../sealing/seal.ts";
import { isSigned, signed } from "../sealing/vouch.ts";

/** Where a note stands: which referral, with which answers, at which place. */
export type NotePlace = Required<Shown>;

const LABEL = "heed own note v1\n";

/** A note for the team as an age file. @param recipient the team's own key, from its roster. */
export async function sealOwnNote(
  keys: TeamKeys,
  recipient: string,
  place: NotePlace,
  text: string,
): Promise<Uint8Array> {
  const envelope: Envelope<"internal"> = { v: 1, kind: "internal", ...place, reply_key: "", text: { text } };
  const vouch = await signed(keys.sign, LABEL + canonicalJson(envelope));
  return sealTo(recipient, pack({ ...envelope, vouch }));
}

/**
 * The words of a note.
 *
 * @param vouchKeys the team's vouching keys, old ones too.
 * @returns undefined when nobody of the team wrote it for this very place.
 * @throws when the file does not open.
 */
export async function openOwnNote(
  keys: TeamKeys,
  vouchKeys: readonly string[],
  place: NotePlace,
  file: Uint8Array,
): Promise<string | undefined> {
  const { envelope, changed } = unpack(await openWith(keys.open, file), place, "internal");
  const { vouch, ...bare } = envelope;
  // The answers may have been changed since: the page says so at the note, and this was written all the same.
  if (changed.some((what) => what !== "answers") || !vouch) return undefined;
  for (const key of vouchKeys) if (await isSigned(key, LABEL + canonicalJson(bare), vouch)) return bare.text.text;
  return undefined;
}
