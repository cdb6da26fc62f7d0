/**
 * What tests/load/sealing.py times in a browser: the phone's sealing and the inbox's unlocking, the very files that
 * are shipped, and the bare work under each of them. On the page's own thread, because the browser slows only that down.
 */
import { scrypt } from "@noble/hashes/scrypt.js";

import { halved, newHalf, rejoined, type Halved } from "../src/sealing/halves.ts";
import { pack } from "../src/sealing/envelope.ts";
import { newIdentity, unwrapByPasskey, unwrapIdentity, wrapForPasskey, wrapIdentity } from "../src/sealing/identities.ts";
import { newKeyring, openKeyring, sealKeyring } from "../src/sealing/keyring.ts";
import { openWith, sealTo } from "../src/sealing/seal.ts";

const WORDS = "alpha bread candy desert engine forest garden";
const text = { where: "behind the yard", safe_contact: "after six", words_used: "x".repeat(600), reach_me: "until 19:00" };
const envelope = { v: 1, kind: "note", referral_id: "0", coded_sha256: "0", seq: 0, reply_key: "A".repeat(43), text } as const;

async function prepared() {
  const [member, { keyring, key }, half, prf] = [await newIdentity(), await newKeyring(), newHalf(), new Uint8Array(32)];
  const identity = { v: 2, secret: member.secret, anchor: key.vouch_key } as const;
  const kept: Halved = await halved(keyring, half);
  return {
    recipient: key.age_recipient,
    byWords: await wrapIdentity(identity, WORDS),
    byPasskey: await wrapForPasskey(identity, prf),
    wrap: await sealKeyring(keyring, member.recipient),
    note: await sealTo(key.age_recipient, pack(envelope)),
    team: await rejoined(kept, half),
    half, prf, kept,
  };
}

const ready = prepared();

/** Each deed by its name; one call is one deed. */
const deeds: Readonly<Record<string, (with_: Awaited<typeof ready>) => Promise<unknown>>> = {
  "seal a note for one team": ({ recipient }) => sealTo(recipient, pack(envelope)),
  "bare: one X25519 exchange with a new key": async ({ team }) => {
    const pair = (await crypto.subtle.generateKey("X25519", false, ["deriveBits"])) as CryptoKeyPair;
    return crypto.subtle.deriveBits({ name: "X25519", public: pair.publicKey }, team.open[0]!, 256);
  },
  "unlock with seven words": async ({ byWords, wrap, half }) => {
    const { secret } = await unwrapIdentity(byWords, WORDS);
    return halved(await openKeyring(wrap, secret), half);
  },
  "bare: scrypt, N = 2^16": async () => scrypt(WORDS, "salt", { N: 1 << 16, r: 8, p: 1, dkLen: 32 }),
  "unlock with a passkey": async ({ byPasskey, wrap, prf, half }) => {
    const { secret } = await unwrapByPasskey(byPasskey, prf);
    return halved(await openKeyring(wrap, secret), half);
  },
  "take up the unlocked key on the next page": ({ kept, half }) => rejoined(kept, half),
  "open a note": ({ team, note }) => openWith(team.open, note),
};

/** Milliseconds of each of `times` calls. */
async function timed(name: string, times: number): Promise<readonly number[]> {
  const given = await ready;
  const took: number[] = [];
  for (let at = 0; at < times; at++) {
    const from = performance.now();
    await deeds[name]!(given);
    took.push(performance.now() - from);
  }
  return took;
}

Object.assign(globalThis, { deeds: Object.keys(deeds), timed });
