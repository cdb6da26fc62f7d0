/**
 * What one team passes on to another, and how the receiving team knows who sealed it. The signature binds the sealed
 * file to its place: moved to another referral, team, purpose or ground it no longer holds.
 */
import { hex, sha256 } from "./bytes.ts";
import { pack, unpack, type Texts } from "./envelope.ts";
import type { TeamKeys } from "./halves.ts";
import { openWith, sealTo } from "./seal.ts";
import { followed, isSigned, signed, type Compared, type TeamKey } from "./vouch.ts";

/** What the page shows beside the sealed words. `from` and `to` are the server's numbers of teams. */
export interface HandoverPlace {
  readonly referral_id: string;
  readonly from: number;
  readonly to: number;
  readonly purpose: string;
  readonly ground: string;
}

/**
 * Seals what is passed on to the receiving team alone, and signs it.
 *
 * @param keys the sending team's. @param to the receiving team's key, from `partnerKey`.
 * @param coded_sha256 of the answers as the page shows them. @throws TooLong
 */
export async function sealHandover(
  keys: TeamKeys,
  to: TeamKey,
  place: HandoverPlace,
  coded_sha256: string,
  text: Texts["handover"],
): Promise<{ readonly file: Uint8Array; readonly signature: string }> {
  const { referral_id } = place;
  const envelope = { v: 1, kind: "handover", referral_id, coded_sha256, seq: 0, reply_key: "", text } as const;
  const file = await sealTo(to.age_recipient, pack<"handover">(envelope));
  return { file, signature: await signed(keys.sign, await textOf(place, file)) };
}

/** A sender, with its history as the server tells it: nothing in that is believed without a signature. */
export interface Sender {
  readonly compared: Compared;
  readonly history: readonly TeamKey[];
}

/**
 * `not-theirs`: the sender did not sign this file for this place · `damaged`: it does not open · `referral`: it was
 * sealed for another one. Otherwise the words; `changed`: the answers are not the ones that were passed on.
 */
export type OpenedHandover =
  | { readonly fault: "not-theirs" | "damaged" | "referral" }
  | { readonly text: Texts["handover"]; readonly changed: boolean };

/**
 * Opens what was passed on, once it is certain who sealed it.
 *
 * @param sender undefined when nobody compared keys with that team: then nothing vouches for it, which the page says.
 */
export async function openHandover(
  keys: TeamKeys,
  sender: Sender | undefined,
  place: HandoverPlace,
  coded_sha256: string,
  file: Uint8Array,
  signature: string,
): Promise<OpenedHandover> {
  if (sender && !(await isTheirs(sender, place, file, signature))) return { fault: "not-theirs" };
  try {
    const shown = { referral_id: place.referral_id, coded_sha256 };
    const { envelope, changed } = unpack(await openWith(keys.open, file), shown, "handover");
    return changed.includes("referral") ? { fault: "referral" } : { text: envelope.text, changed: changed.length > 0 };
  } catch {
    return { fault: "damaged" };
  }
}

/**
 * Signed with the key that was compared, or with one that a chain leads to from there. A key of before the comparison
 * vouches for nothing: nobody ever compared it.
 */
async function isTheirs(
  { compared, history }: Sender,
  place: HandoverPlace,
  file: Uint8Array,
  signature: string,
): Promise<boolean> {
  const text = await textOf(place, file);
  if (await isSigned(compared.vouch_key, text, signature)) return true;
  for (const { n } of history) {
    const reached = await followed(compared.team, compared, history.filter((one) => one.n <= n));
    if (reached?.key.n === n && (await isSigned(reached.key.vouch_key, text, signature))) return true;
  }
  return false;
}

/** The hash is worked out here: the server's own would be as easily changed as the file. */
async function textOf({ referral_id, from, to, purpose, ground }: HandoverPlace, file: Uint8Array): Promise<string> {
  const hash = hex(await sha256(new Uint8Array(file)));
  return `heed handover v1\n${referral_id}\n${from}\n${to}\n${purpose}\n${ground}\n${hash}`;
}
