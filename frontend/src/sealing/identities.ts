/**
 * Identities of members and teams. They are made in a browser; nothing leaves it but public halves and sealed files.
 */
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";

import { fromBase64url } from "./bytes.ts";
import { openWith, sealTo } from "./seal.ts";

/** log2 of scrypt's N: about a second in a browser, on top of 77 bits of passphrase. */
export const SCRYPT_WORK_FACTOR = 16;

/** An identity's text (AGE-SECRET-KEY-1…) and its public half (age1…). */
export interface Identity {
  readonly secret: string;
  readonly recipient: string;
}

/** A team opens with X25519 and vouches with Ed25519 (a 32-byte seed, base64url). */
export interface TeamIdentity {
  readonly v: 1;
  readonly x25519: string;
  readonly ed25519: string;
}

/** A new X25519 identity. */
export async function newIdentity(): Promise<Identity> {
  const secret = await generateX25519Identity();
  return { secret, recipient: await identityToRecipient(secret) };
}

/** A new team identity with its two public halves: for opening (age1…) and for vouching (base64url). */
export async function newTeamIdentity(): Promise<{ identity: TeamIdentity; recipient: string; vouchKey: string }> {
  const { secret, recipient } = await newIdentity();
  const pair = (await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"])) as CryptoKeyPair;
  const jwk = await crypto.subtle.exportKey("jwk", pair.privateKey);
  // RFC 8037: `d` is the seed, `x` the public key, both base64url.
  return { identity: { v: 1, x25519: secret, ed25519: jwk.d! }, recipient, vouchKey: jwk.x! };
}

/** The member's identity as an age file that the passphrase opens. Slow by design: call it in a worker. */
export function wrapIdentity(secret: string, passphrase: string): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(SCRYPT_WORK_FACTOR);
  encrypter.setPassphrase(passphrase);
  return encrypter.encrypt(secret);
}

/** The identity in a wrapped file. Slow by design. @throws when the passphrase is wrong. */
export async function unwrapIdentity(file: Uint8Array, passphrase: string): Promise<string> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  return (await decrypter.decrypt(file, "text")).trim();
}

/** The team's identity as an age file for one member. */
export function sealTeamIdentity(identity: TeamIdentity, recipient: string): Promise<Uint8Array> {
  return sealTo(recipient, new TextEncoder().encode(JSON.stringify(identity)));
}

/** The team's identity, opened by a member's. @throws when it was sealed to somebody else or is no identity. */
export async function openTeamIdentity(file: Uint8Array, memberSecret: string): Promise<TeamIdentity> {
  const found = JSON.parse(new TextDecoder().decode(await openWith(memberSecret, file))) as TeamIdentity;
  if (found.v !== 1 || fromBase64url(found.ed25519).length !== 32) throw new TypeError("no identity of a team");
  return found;
}
