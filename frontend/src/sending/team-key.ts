/**
 * Which key of a team words may be sealed to: one that a link vouched for, or that follows it by an unbroken chain of
 * signatures. What the server alone says is never enough; a key that it no longer names seals nothing new.
 */
import { followed } from "../sealing/vouch.ts";
import { isSame, keysOf, type Keyed } from "./keyed.ts";
import type { ToldKeys } from "./told-team.ts";

/**
 * What may be used now that the server tells this. A phone of before trusts no pair and follows nothing: its key stays.
 *
 * @param before what a link gave, or what was followed until now.
 */
export async function keyNow(before: Keyed, told: ToldKeys): Promise<Keyed> {
  const { trusted } = before;
  if (!trusted) return keysOf(before);
  // Without a history there is nothing to follow, and what was trusted must be what is named.
  if (!told.keys.length) return isSame(told, trusted) ? { usable_key: trusted.age_recipient, trusted } : { trusted };
  let now: Awaited<ReturnType<typeof followed>>;
  try {
    now = await followed(Number(told.id), trusted, told.keys);
  } catch {
    // A browser without Ed25519 cannot follow. Members keep their earlier keys, so that what it seals is still read.
    return { usable_key: trusted.age_recipient, trusted };
  }
  if (!now || now.broken || !isSame(now.key, told)) return { trusted };
  const { age_recipient, vouch_key } = now.key;
  return { usable_key: age_recipient, trusted: { age_recipient, vouch_key } };
}
