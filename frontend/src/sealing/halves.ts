/**
 * An unlocked team key, as a browser keeps it between two pages: wrapped under a random half that only the server's
 * session holds. Each alone is noise. (Browsers write keys that cannot be exported to disk in the clear, so none is left
 * there; each page unwraps its own.)
 */
import { ed25519Pkcs8, newest, vouchKeyOf, x25519Pkcs8, type Keyring } from "./keyring.ts";

/** A private key in PKCS #8 under AES-GCM: 12 bytes of nonce, then the rest. */
type Wrapped = Uint8Array<ArrayBuffer>;

/** What lies in the browser. `vouch` is public. */
export interface Halved {
  /** X25519, the newest first. */
  readonly open: readonly Wrapped[];
  /** Ed25519, the newest. */
  readonly sign: Wrapped;
  readonly vouch: string;
}

/** What a page can do with it: open what the team was sent, and sign in its name. Nothing of it can be exported. */
export interface TeamKeys {
  readonly open: readonly CryptoKey[];
  readonly sign: CryptoKey;
  readonly vouch: string;
}

/** A new half: 32 random bytes, for the server's session. */
export const newHalf = (): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(32));

/** Wraps a keyring under a half. */
export async function halved(keyring: Keyring, half: Uint8Array<ArrayBuffer>): Promise<Halved> {
  const key = await crypto.subtle.importKey("raw", half, "AES-GCM", false, ["encrypt"]);
  const wrap = async (pkcs8: Wrapped): Promise<Wrapped> => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, pkcs8));
    return new Uint8Array([...iv, ...sealed]);
  };
  const latest = newest(keyring);
  return {
    open: await Promise.all([...keyring.keys].reverse().map(({ x25519 }) => wrap(x25519Pkcs8(x25519)))),
    sign: await wrap(ed25519Pkcs8(latest.ed25519)),
    vouch: await vouchKeyOf(latest),
  };
}

/** Puts the halves together again. @throws DOMException when they do not belong together. */
export async function rejoined({ open, sign, vouch }: Halved, half: Uint8Array<ArrayBuffer>): Promise<TeamKeys> {
  const key = await crypto.subtle.importKey("raw", half, "AES-GCM", false, ["unwrapKey"]);
  const unwrap = (wrapped: Wrapped, algorithm: string, use: KeyUsage): Promise<CryptoKey> => {
    const how = { name: "AES-GCM", iv: wrapped.subarray(0, 12) };
    return crypto.subtle.unwrapKey("pkcs8", wrapped.subarray(12), key, how, algorithm, false, [use]);
  };
  return {
    open: await Promise.all(open.map((one) => unwrap(one, "X25519", "deriveBits"))),
    sign: await unwrap(sign, "Ed25519", "sign"),
    vouch,
  };
}
