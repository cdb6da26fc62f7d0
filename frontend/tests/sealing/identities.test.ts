/** Identities: wrapped by the words, the team's sealed to the member; nothing else opens them. */
import { expect, test } from "vitest";

import { fromBase64url } from "../../src/sealing/bytes.ts";
import {
  SCRYPT_WORK_FACTOR,
  newIdentity,
  newTeamIdentity,
  openTeamIdentity,
  sealTeamIdentity,
  unwrapIdentity,
  wrapIdentity,
} from "../../src/sealing/identities.ts";
import { openWith, sealTo } from "../../src/sealing/seal.ts";

const WORDS = "alpha bread candy desert engine forest garden";

test("the words open the member's identity, others do not, and the file says how slow it is", { timeout: 60_000 }, async () => {
  const member = await newIdentity();
  const file = await wrapIdentity(member.secret, WORDS);
  const header = new TextDecoder("latin1").decode(file.slice(0, 200));
  expect(header).toMatch(new RegExp(`^age-encryption\\.org/v1\n-> scrypt [\\w+/]{22} ${SCRYPT_WORK_FACTOR}\n`));
  expect(header.match(/^-> /gm)).toHaveLength(1);
  expect(await unwrapIdentity(file, WORDS)).toBe(member.secret);
  await expect(unwrapIdentity(file, WORDS.replace("garden", "garlic"))).rejects.toThrow();
});

test("the team's identity opens only for the member it was sealed to", async () => {
  const [member, stranger, team] = await Promise.all([newIdentity(), newIdentity(), newTeamIdentity()]);
  const file = await sealTeamIdentity(team.identity, member.recipient);
  expect(await openTeamIdentity(file, member.secret)).toEqual(team.identity);
  await expect(openTeamIdentity(file, stranger.secret)).rejects.toThrow();
});

test("the team's two public halves belong to its two private ones", async () => {
  const { identity, recipient, vouchKey } = await newTeamIdentity();
  expect(fromBase64url(identity.ed25519)).toHaveLength(32);
  const note = new TextEncoder().encode("a note");
  expect(await openWith(identity.x25519, await sealTo(recipient, note))).toEqual(note);

  const jwk = { kty: "OKP", crv: "Ed25519", x: vouchKey };
  const secret = await crypto.subtle.importKey("jwk", { ...jwk, d: identity.ed25519 }, "Ed25519", false, ["sign"]);
  const open = await crypto.subtle.importKey("jwk", jwk, "Ed25519", false, ["verify"]);
  expect(await crypto.subtle.verify("Ed25519", open, await crypto.subtle.sign("Ed25519", secret, note), note)).toBe(true);
});

test("a file for the member that is no team's identity is refused", async () => {
  const member = await newIdentity();
  const odd = await sealTo(member.recipient, new TextEncoder().encode('{"v":2,"x25519":"","ed25519":""}'));
  await expect(openTeamIdentity(odd, member.secret)).rejects.toThrow();
});
