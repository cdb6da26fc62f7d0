/**
 * What a team vouches for with its Ed25519 key: the key that follows its own, and its roster. Every statement begins
 * with its kind and the team's number, so that none can be taken for another.
 */
import { base64url, fromBase64url } from "./bytes.ts";

/** A team's public halves, number `n` in its history. `signature`: by the key before; "" when nothing vouches. */
export interface TeamKey {
  readonly n: number;
  readonly age_recipient: string;
  readonly vouch_key: string;
  readonly signature: string;
}

/** What a phone, a partner or a member holds to be a team's own. */
export interface Trusted {
  readonly age_recipient: string;
  readonly vouch_key: string;
}

/** Signs a text. @param key Ed25519, private. @returns base64url. */
export async function signed(key: CryptoKey, text: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.sign("Ed25519", key, new TextEncoder().encode(text))));
}

/** Whether the signature is by the holder of this vouching key. What cannot be read is simply not. */
export async function isSigned(vouchKey: string, text: string, signature: string): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey("raw", fromBase64url(vouchKey), "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", key, fromBase64url(signature), new TextEncoder().encode(text));
  } catch (cause) {
    // A browser without Ed25519 must not be taken for a bad signature: nothing can be known there.
    if (cause instanceof DOMException && cause.name === "NotSupportedError") throw cause;
    return false;
  }
}

/** What the key before signs: "this follows me". */
export function rotationText(team: number, n: number, from: string, { age_recipient, vouch_key }: Trusted): string {
  return `heed rotation v1\n${team}\n${n}\n${from}\n${age_recipient}\n${vouch_key}`;
}

/**
 * Follows a team's history from a key that is trusted to the newest one that an unbroken chain vouches for.
 *
 * @param history as the server tells it, in any order; nothing in it is believed without a signature.
 * @returns the newest key that holds (the trusted one itself when nothing follows it); undefined when the trusted key
 *   is not in the history at all. `broken`: the server names a newer key that nothing vouches for.
 */
export async function followed(
  team: number,
  trusted: Trusted,
  history: readonly TeamKey[],
): Promise<{ readonly key: TeamKey; readonly broken: boolean } | undefined> {
  const ordered = [...history].sort((a, b) => a.n - b.n);
  const start = ordered.findIndex(
    (one) => one.age_recipient === trusted.age_recipient && one.vouch_key === trusted.vouch_key,
  );
  if (start < 0) return undefined;
  let key = ordered[start]!;
  for (const next of ordered.slice(start + 1)) {
    const holds =
      next.n === key.n + 1 &&
      (await isSigned(key.vouch_key, rotationText(team, next.n, key.vouch_key, next), next.signature));
    if (!holds) return { key, broken: true };
    key = next;
  }
  return { key, broken: false };
}

/** A team as a roster has it: its number, and its key as two people compared it. */
export type Compared = { readonly team: number } & Trusted;

/** `compared`: seal to this key · `swapped`: the server names other keys than were compared · `broken`: the newest key
 * is one that nothing vouches for. */
export type PartnerKey = { readonly key: TeamKey } | { readonly fault: "swapped" | "broken" };

/** The key that a partner uses now, if a chain leads to it from the one that was compared. */
export async function partnerKey(partner: Compared, history: readonly TeamKey[]): Promise<PartnerKey> {
  const found = await followed(partner.team, partner, history);
  if (!found) return { fault: "swapped" };
  return found.broken ? { fault: "broken" } : { key: found.key };
}
