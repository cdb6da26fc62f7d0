/** Identities: wrapped by the words or a passkey, the team's keyring sealed to the member; nothing else opens them. */
import { Encrypter } from "age-encryption";
import { expect, test } from "vitest";

import { SCRYPT_WORK_FACTOR, newIdentity, unwrapByPasskey, unwrapIdentity, wrapForPasskey, wrapIdentity } from "../../src/sealing/identities.ts";
import { newKeyring, newest, openKeyring, renewed, sealKeyring } from "../../src/sealing/keyring.ts";
import { openWith, sealTo } from "../../src/sealing/seal.ts";

const WORDS = "alpha bread candy desert engine forest garden";
const ANCHOR = "A".repeat(43);

test("the words open the member's identity, others do not, and the file says how slow it is", { timeout: 60_000 }, async () => {
  const { secret } = await newIdentity();
  const file = await wrapIdentity({ v: 2, secret, anchor: ANCHOR }, WORDS);
  const header = new TextDecoder("latin1").decode(file.slice(0, 200));
  expect(header).toMatch(new RegExp(`^age-encryption\\.org/v1\n-> scrypt [\\w+/]{22} ${SCRYPT_WORK_FACTOR}\n`));
  // Never a symmetric recipient beside another one: its holder could seal in another's name.
  expect(header.match(/^-> /gm)).toHaveLength(1);
  expect(await unwrapIdentity(file, WORDS)).toEqual({ v: 2, secret, anchor: ANCHOR });
  await expect(unwrapIdentity(file, WORDS.replace("garden", "garlic"))).rejects.toThrow();
});

test("a file of the first release opens, and says that nothing was compared", { timeout: 60_000 }, async () => {
  const { secret } = await newIdentity();
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(10);
  encrypter.setPassphrase(WORDS);
  expect(await unwrapIdentity(await encrypter.encrypt(secret), WORDS)).toEqual({ v: 2, secret, anchor: "" });
});

test("a passkey's result opens what was wrapped for it; one bit off does not", async () => {
  const { secret } = await newIdentity();
  const prf = crypto.getRandomValues(new Uint8Array(32));
  const file = await wrapForPasskey({ v: 2, secret, anchor: ANCHOR }, prf);
  expect(await unwrapByPasskey(file, prf)).toEqual({ v: 2, secret, anchor: ANCHOR });
  await expect(unwrapByPasskey(file, prf.map((byte, at) => (at ? byte : byte ^ 1)))).rejects.toThrow();
});

test("the keyring opens only for the member it was sealed to, with all its keys", async () => {
  const [member, stranger, first] = await Promise.all([newIdentity(), newIdentity(), newKeyring()]);
  const { keyring } = await renewed(1, first.keyring);
  const file = await sealKeyring(keyring, member.recipient);
  expect(await openKeyring(file, member.secret)).toEqual(keyring);
  await expect(openKeyring(file, stranger.secret)).rejects.toThrow();
});

test("a keyring of the first release is one key, the first", async () => {
  const member = await newIdentity();
  const { x25519, ed25519 } = newest((await newKeyring()).keyring);
  const old = await sealTo(member.recipient, new TextEncoder().encode(JSON.stringify({ v: 1, x25519, ed25519 })));
  expect(await openKeyring(old, member.secret)).toEqual({ v: 2, keys: [{ n: 1, x25519, ed25519 }] });
});

test.each(['{"v":2,"keys":[]}', '{"v":2}', '{"v":2,"keys":[{"n":1,"x25519":"","ed25519":""}]}', "[]"])(
  "%s for the member is no keyring",
  async (text) => {
    const member = await newIdentity();
    const odd = await sealTo(member.recipient, new TextEncoder().encode(text));
    await expect(openKeyring(odd, member.secret)).rejects.toThrow();
  },
);

test("one file for several opens for each of them", async () => {
  const [one, two, stranger] = await Promise.all([newIdentity(), newIdentity(), newIdentity()]);
  const note = new TextEncoder().encode("a note");
  const file = await sealTo([one.recipient, two.recipient], note);
  for (const { secret } of [one, two]) expect(await openWith([stranger.secret, secret], file)).toEqual(note);
  await expect(openWith(stranger.secret, file)).rejects.toThrow();
});
