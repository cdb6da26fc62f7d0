/**
 * Identities of members: X25519, made in a browser, and wrapped there by what only the member has. Nothing leaves it but
 * the public half and wrapped files.
 */
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import { bech32 } from "@scure/base";

import { base64url } from "./bytes.ts";

/** log2 of scrypt's N: about a second in a browser, on top of 77 bits of passphrase. */
export const SCRYPT_WORK_FACTOR = 16;
/** For 256 bits that a passkey gives: stretching adds nothing to them. */
const PASSKEY_WORK_FACTOR = 10;

/** An identity's text (AGE-SECRET-KEY-1…) and its public half (age1…). */
export interface Identity {
  readonly secret: string;
  readonly recipient: string;
}

/**
 * What a wrapped file holds. `anchor`: the vouching key of the team that this member believed in when they made their
 * key, and compared in words; a team's key that no chain leads to from there is not believed. "" in files of before.
 */
export interface MemberIdentity {
  readonly v: 2;
  readonly secret: string;
  readonly anchor: string;
}

const PREFIX = "AGE-SECRET-KEY-";

/** 32 bytes as an identity's text, and back. @throws for any other text. */
export const secretText = {
  encode: (bytes: Uint8Array): string => bech32.encodeFromBytes(PREFIX, bytes).toUpperCase(),
  decode: (text: string): Uint8Array => {
    const { prefix, bytes } = bech32.decodeToBytes(text.trim());
    if (prefix.toUpperCase() !== PREFIX || bytes.length !== 32) throw new TypeError("no identity of age");
    return bytes;
  },
};

/** A new X25519 identity. */
export async function newIdentity(): Promise<Identity> {
  const secret = await generateX25519Identity();
  return { secret, recipient: await identityToRecipient(secret) };
}

/** The public half of an identity's text. @throws for what is none. */
export const recipientOf = (secret: string): Promise<string> => identityToRecipient(secret);

/** The identity as an age file that the passphrase opens. Slow by design: call it in a worker. */
export function wrapIdentity(identity: MemberIdentity, passphrase: string): Promise<Uint8Array> {
  return wrapped(identity, passphrase, SCRYPT_WORK_FACTOR);
}

/** The identity as an age file that a passkey's PRF result (32 bytes) opens. */
export function wrapForPasskey(identity: MemberIdentity, prf: Uint8Array): Promise<Uint8Array> {
  return wrapped(identity, base64url(prf), PASSKEY_WORK_FACTOR);
}

/** The identity in a wrapped file. Slow by design. @throws when the passphrase is wrong. */
export async function unwrapIdentity(file: Uint8Array, passphrase: string): Promise<MemberIdentity> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  const text = (await decrypter.decrypt(file, "text")).trim();
  // Files of the first release hold the identity alone.
  if (text.startsWith(PREFIX)) return { v: 2, secret: text, anchor: "" };
  const { v, secret, anchor } = JSON.parse(text) as MemberIdentity;
  if (v !== 2) throw new TypeError("no identity that this version of Heed can read");
  return { v, secret, anchor };
}

/** The same, by a passkey's PRF result. @throws when it is another passkey's. */
export function unwrapByPasskey(file: Uint8Array, prf: Uint8Array): Promise<MemberIdentity> {
  return unwrapIdentity(file, base64url(prf));
}

function wrapped(identity: MemberIdentity, passphrase: string, factor: number): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(factor);
  encrypter.setPassphrase(passphrase);
  return encrypter.encrypt(JSON.stringify(identity));
}
