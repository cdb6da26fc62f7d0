/**
 * A team's private halves, old ones too, so that what was sealed before a rotation stays readable. It exists in a
 * browser's memory and as age files to members and to the recovery key; nowhere else.
 */
import { base64url, fromBase64url } from "./bytes.ts";
import { newIdentity, secretText } from "./identities.ts";
import { openWith, sealTo } from "./seal.ts";
import { rotationText, signed, type TeamKey } from "./vouch.ts";

/** One pair of private halves: X25519 (AGE-SECRET-KEY-1…) and Ed25519 (32-byte seed, base64url). */
export interface PrivateKey {
  readonly n: number;
  readonly x25519: string;
  readonly ed25519: string;
}

/** All of them, the oldest first. */
export interface Keyring {
  readonly v: 2;
  readonly keys: readonly PrivateKey[];
}

/** A keyring just made or renewed, with the public halves of its newest key. */
export interface Made {
  readonly keyring: Keyring;
  readonly key: TeamKey;
}

/** A team's first keys. `after`: the number of a key that was lost; nothing vouches for what follows it. */
export async function newKeyring(after = 0): Promise<Made> {
  const { priv, age_recipient, vouch_key } = await newPair(after + 1);
  return { keyring: { v: 2, keys: [priv] }, key: { n: priv.n, age_recipient, vouch_key, signature: "" } };
}

/** The keyring with a new key that its newest one vouches for. */
export async function renewed(team: number, keyring: Keyring): Promise<Made> {
  const before = newest(keyring);
  const { priv, age_recipient, vouch_key } = await newPair(before.n + 1);
  const text = rotationText(team, priv.n, await vouchKeyOf(before), { age_recipient, vouch_key });
  const signature = await signed(await signingKey(before), text);
  return { keyring: { v: 2, keys: [...keyring.keys, priv] }, key: { n: priv.n, age_recipient, vouch_key, signature } };
}

/** The key that is used now. */
export const newest = ({ keys }: Keyring): PrivateKey => keys.at(-1)!;

/** The keyring as an age file for one member, or for the recovery key. */
export function sealKeyring(keyring: Keyring, recipient: string): Promise<Uint8Array> {
  return sealTo(recipient, new TextEncoder().encode(JSON.stringify(keyring)));
}

/** The keyring in a sealed file. @throws when it was sealed to somebody else or is no keyring. */
export async function openKeyring(file: Uint8Array, secret: string): Promise<Keyring> {
  return readKeyring(JSON.parse(new TextDecoder().decode(await openWith(secret, file))));
}

/** Files of the first release hold one key, without a number. */
function readKeyring(found: { v?: unknown; keys?: unknown }): Keyring {
  const keys = (found.v === 2 ? found.keys : [{ ...found, n: 1 }]) as PrivateKey[];
  const holds = ({ n, x25519, ed25519 }: PrivateKey): boolean =>
    Number.isInteger(n) && typeof x25519 === "string" && fromBase64url(ed25519).length === 32;
  if (!Array.isArray(keys) || !keys.length || !keys.every(holds)) throw new TypeError("no keyring of a team");
  return { v: 2, keys: keys.map(({ n, x25519, ed25519 }) => ({ n, x25519, ed25519 })) };
}

/** The private half that signs, for use in this page only. */
export function signingKey({ ed25519 }: PrivateKey): Promise<CryptoKey> {
  return crypto.subtle.importKey("pkcs8", ed25519Pkcs8(ed25519), "Ed25519", false, ["sign"]);
}

/** The public half of what signs, base64url. */
export async function vouchKeyOf({ ed25519 }: PrivateKey): Promise<string> {
  const key = await crypto.subtle.importKey("pkcs8", ed25519Pkcs8(ed25519), "Ed25519", true, ["sign"]);
  return (await crypto.subtle.exportKey("jwk", key)).x!;
}

/** RFC 8410: what stands before the 32 bytes of an Ed25519 private key in PKCS #8. */
const ED25519 = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];
/** The same for X25519. */
const X25519 = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x6e, 0x04, 0x22, 0x04, 0x20];

/** An Ed25519 seed (base64url) as PKCS #8. */
export const ed25519Pkcs8 = (seed: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array([...ED25519, ...fromBase64url(seed)]);

/** An X25519 secret (AGE-SECRET-KEY-1…) as PKCS #8. */
export const x25519Pkcs8 = (secret: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array([...X25519, ...secretText.decode(secret)]);

async function newPair(n: number): Promise<{ priv: PrivateKey; age_recipient: string; vouch_key: string }> {
  const { secret, recipient } = await newIdentity();
  const seed = base64url(crypto.getRandomValues(new Uint8Array(32)));
  const priv = { n, x25519: secret, ed25519: seed };
  return { priv, age_recipient: recipient, vouch_key: await vouchKeyOf(priv) };
}
