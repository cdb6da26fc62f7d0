/** Every derived value is what the description says: answers made by another implementation, in Python. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import { fromBase64url, hex, sha256 } from "../../src/sealing/bytes.ts";
import { memberWords, teamWords } from "../../src/sealing/compare.ts";
import { isVouched, vouched, type Envelope } from "../../src/sealing/envelope.ts";
import { recipientOf, secretText } from "../../src/sealing/identities.ts";
import { renewed, signingKey, vouchKeyOf } from "../../src/sealing/keyring.ts";
import { messageHolds, messageTag, replyIdentity, type Direction } from "../../src/sealing/reply.ts";
import { readRoster, signRoster, type Roster } from "../../src/sealing/roster.ts";
import { joinSecret, voucherOf } from "../../src/sealing/voucher.ts";
import { followed, rotationText, signed, type TeamKey } from "../../src/sealing/vouch.ts";

interface Known {
  readonly identity: readonly { seed: string; secret: string; recipient: string }[];
  readonly reply: readonly {
    reply_key: string;
    recipient: string;
    tags: readonly { referral_id: string; direction: Direction; seq: number; sha256: string; tag: string }[];
  }[];
  readonly invitation: readonly {
    secret: string;
    join: string;
    join_sha256: string;
    voucher: string;
    notes: readonly { envelope: Envelope; tag: string }[];
  }[];
  readonly words: readonly {
    team?: { age_recipient: string; vouch_key: string };
    member?: { key: string; anchor: string };
    words: readonly string[];
  }[];
  readonly rotation: { team: number; seeds: readonly string[]; history: readonly TeamKey[] };
  readonly roster: { seed: string; roster: Roster; body: string; signature: string };
}

const known = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../../tests/vectors/sealing.json"), "utf8"),
) as Known;
const keyOf = (seed: string): Promise<CryptoKey> => signingKey({ n: 1, x25519: "", ed25519: seed });

test.each(known.identity)("the identity of $seed", async ({ seed, secret, recipient }) => {
  expect(secretText.encode(fromBase64url(seed))).toBe(secret);
  expect(secretText.decode(secret)).toEqual(fromBase64url(seed));
  expect(await recipientOf(secret)).toBe(recipient);
});

test.each(known.reply)("what comes from reply key $reply_key", async ({ reply_key, recipient, tags }) => {
  expect((await replyIdentity(reply_key)).recipient).toBe(recipient);
  for (const { tag, ...place } of tags) {
    expect(await messageTag(reply_key, place)).toBe(tag);
    expect(await messageHolds(reply_key, place, tag)).toBe(true);
    expect(await messageHolds(reply_key, { ...place, seq: place.seq + 1 }, tag)).toBe(false);
  }
});

test.each(known.invitation)("what comes from invitation $secret", async ({ secret, join: told, join_sha256, voucher, notes }) => {
  expect(await joinSecret(secret)).toBe(told);
  expect(hex(await sha256(told))).toBe(join_sha256);
  expect(await voucherOf(secret)).toBe(voucher);
  for (const { envelope, tag } of notes) {
    expect((await vouched(envelope, voucher)).vouch).toBe(tag);
    expect(await isVouched({ ...envelope, vouch: tag }, voucher)).toBe(true);
  }
});

test.each(known.words)("the six words $words", async ({ team, member, words }) => {
  const found = team ? teamWords(team.age_recipient, team.vouch_key) : memberWords(member!.key, member!.anchor);
  expect(await found).toEqual(words);
});

test("a history of three keys, followed from each of them", async () => {
  const { team, seeds, history } = known.rotation;
  for (const [at, seed] of seeds.entries()) {
    expect(await vouchKeyOf({ n: 1, x25519: "", ed25519: seed })).toBe(history[at]!.vouch_key);
    expect(await followed(team, history[at]!, history)).toEqual({ key: history[2], broken: false });
  }
  const text = rotationText(team, 2, history[0]!.vouch_key, history[1]!);
  // Ed25519 is deterministic (RFC 8032): the same bytes from both implementations.
  expect(await signed(await keyOf(seeds[0]!), text)).toBe(history[1]!.signature);
});

test("a signed roster", async () => {
  const { seed, roster, body, signature } = known.roster;
  expect(await signRoster(roster, await keyOf(seed))).toEqual({ body, signature });
  for (const { vouch_key } of roster.keys) {
    expect(await readRoster(7, { body, signature }, vouch_key, undefined)).toMatchObject({ roster });
  }
});

test("what a renewal makes follows in the same way", async () => {
  const { team, seeds, history } = known.rotation;
  const keys = seeds.map((ed25519, at) => ({ n: at + 1, x25519: known.identity[at]!.secret, ed25519 }));
  const { key, keyring } = await renewed(team, { v: 2, keys });
  expect(keyring.keys).toHaveLength(4);
  expect(await followed(team, history[0]!, [...history, key])).toEqual({ key, broken: false });
});
