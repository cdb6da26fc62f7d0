/**
 * Keys made from a key (HKDF-SHA256, RFC 5869) and tags made with one (HMAC-SHA256). Each purpose has a label of its
 * own, so that what was made for one can never stand in for another.
 */
import { hex } from "./bytes.ts";

/** 32 bytes for one purpose, from 32 secret bytes. */
export async function derived(secret: Uint8Array<ArrayBuffer>, purpose: string): Promise<Uint8Array<ArrayBuffer>> {
  const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  const info = new TextEncoder().encode(purpose);
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info };
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, 256));
}

/** HMAC-SHA256 of a text, hexadecimal. */
export async function tag(key: Uint8Array<ArrayBuffer>, text: string): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.sign("HMAC", await macKey(key), new TextEncoder().encode(text))));
}

/** Whether `given` is the tag of this text. Anything that is no tag is simply not it. */
export async function tagHolds(key: Uint8Array<ArrayBuffer>, text: string, given: unknown): Promise<boolean> {
  // Over tags of tags, so that comparing tells nothing about where two differ.
  const expected = await tag(key, text);
  return typeof given === "string" && (await tag(key, given)) === (await tag(key, expected));
}

function macKey(key: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
}
