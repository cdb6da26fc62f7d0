/**
 * The worker's jobs around unlocking: each begins with what only the member has. They end with the answer; no secret
 * may be in it that is not sealed or halved.
 */
import { base64, fromBase64 } from "../sealing/bytes.ts";
import { halved, newHalf } from "../sealing/halves.ts";
import { recipientOf, unwrapByPasskey, unwrapIdentity, wrapForPasskey, wrapIdentity, type MemberIdentity } from "../sealing/identities.ts";
import { newest, openKeyring, vouchKeyOf, type Keyring } from "../sealing/keyring.ts";
import { tidied } from "../sealing/passphrase.ts";
import { followed, type TeamKey, type Trusted } from "../sealing/vouch.ts";
import type { Drill, Opener, PasskeyWrap, Trouble, Unlock, Unlocked, Work } from "./sealed-work.ts";

/** What age says when a file is whole and the passphrase is not its own. Everything else means: not what was sealed. */
const NOT_ITS_OWN = "no identity matched";

/** The member's identity, or why it stays shut. */
export async function opened(opener: Opener): Promise<Work<MemberIdentity>> {
  try {
    const file = fromBase64(opener.file);
    if ("prf" in opener) return { done: await unwrapByPasskey(file, opener.prf) };
    return { done: await unwrapIdentity(file, tidied(opener.words)) };
  } catch (cause) {
    const isWrong = "words" in opener && cause instanceof Error && cause.message.includes(NOT_ITS_OWN);
    return { trouble: isWrong ? "words" : "damaged" };
  }
}

/** The member's identity and the team's keyring, or why they stay shut. */
export async function openedKeyring(
  opener: Opener,
  teamWrap: string,
): Promise<Work<{ identity: MemberIdentity; keyring: Keyring }>> {
  const identity = await opened(opener);
  if ("trouble" in identity) return identity;
  try {
    return { done: { identity: identity.done, keyring: await openKeyring(fromBase64(teamWrap), identity.done.secret) } };
  } catch {
    return { trouble: "damaged" };
  }
}

/**
 * Whether a keyring may be believed. Anybody can seal one to a member's public key, the server too: it is the team's
 * only when a chain of signatures leads to it from a key that people compared.
 */
export async function isVouchedFor(
  { team, history, pin }: Pick<Unlock, "team" | "history" | "pin">,
  anchor: string,
  keyring: Keyring,
): Promise<{ readonly key: Trusted; readonly by: "anchor" | "pin" } | Trouble> {
  const { n, x25519 } = newest(keyring);
  const key = { age_recipient: await recipientOf(x25519), vouch_key: await vouchKeyOf(newest(keyring)) };
  const until = history.filter((one) => one.n <= n);
  if (await leads(team, anchor, key.vouch_key, until)) return { key, by: "anchor" };
  if (pin && (await leads(team, pin.vouch_key, key.vouch_key, until))) return { key, by: "pin" };
  return { trouble: "compare", key, broken: anchor !== "" || pin !== undefined };
}

/** Opens the team's keyring and halves it. */
export async function unlock(request: Unlock): Promise<Work<Unlocked>> {
  const { opener, teamWrap } = request;
  const found = await openedKeyring(opener, teamWrap);
  if ("trouble" in found) return found;
  const { identity, keyring } = found.done;
  const believed = await isVouchedFor(request, identity.anchor, keyring);
  if ("trouble" in believed) return believed;
  const half = newHalf();
  const done = { halved: await halved(keyring, half), half, key: believed.key };
  if (believed.by === "anchor" || !("words" in opener)) return { done };
  // People compared this key here and the file does not say so: with it, no other browser has to ask again.
  const anchored = { ...identity, anchor: believed.key.vouch_key };
  return { done: { ...done, rewrapped: base64(await wrapIdentity(anchored, tidied(opener.words))) } };
}

export async function passkeyWrap({ opener, prf }: PasskeyWrap): Promise<Work<string>> {
  const identity = await opened(opener);
  return "trouble" in identity ? identity : { done: base64(await wrapForPasskey(identity.done, prf)) };
}

export async function drill({ opener, teamWrap }: Drill): Promise<Work<true>> {
  const found = await openedKeyring(opener, teamWrap);
  return "trouble" in found ? found : { done: true };
}

async function leads(team: number, from: string, to: string, history: readonly TeamKey[]): Promise<boolean> {
  if (from === to) return true;
  const start = history.find(({ vouch_key }) => vouch_key === from);
  return start !== undefined && (await followed(team, start, history))?.key.vouch_key === to;
}
