/**
 * From a PIN to the key that wraps the data key. A PIN of six figures is a screen lock: it stops a look by whoever picks
 * the phone up, not somebody who copies the store and tries every PIN at leisure.
 */

/** OWASP's figure for PBKDF2 with SHA-256 (Password Storage Cheat Sheet, 2023). */
export const ROUNDS = 600_000;
export const SHORTEST = 6;
const LONGEST = 32;

/** Where the figures of other scripts begin: Arabic, Persian and Urdu, Hindi, Bengali, full width. */
const ZEROS = [0x0660, 0x06f0, 0x0966, 0x09e6, 0xff10];

/** What was typed as plain figures, or undefined when it is no PIN. */
export function pinOf(typed: string): string | undefined {
  const figures = Array.from(typed.replace(/\s/g, ""), (letter) => {
    const code = letter.codePointAt(0)!;
    const zero = ZEROS.find((from) => code >= from && code < from + 10);
    return zero === undefined ? letter : String(code - zero);
  }).join("");
  return /^\d+$/.test(figures) && figures.length >= SHORTEST && figures.length <= LONGEST ? figures : undefined;
}

/** All the same, or one after the other: the first that anyone tries. */
export function isEasy(pin: string): boolean {
  const steps = new Set(Array.from(pin.slice(1), (figure, at) => (Number(figure) - Number(pin[at]) + 10) % 10));
  return steps.size === 1 && [0, 1, 9].includes([...steps][0]!);
}

/** The wrapping key of a PIN. Slow by design. */
export async function keyOfPin(
  pin: string,
  salt: Uint8Array<ArrayBuffer>,
  iterations = ROUNDS,
): Promise<CryptoKey> {
  const text = new TextEncoder().encode(pin);
  const base = await crypto.subtle.importKey("raw", text, "PBKDF2", false, ["deriveKey"]);
  const derived = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return crypto.subtle.deriveKey(derived, base, { name: "AES-GCM", length: 256 }, false, ["wrapKey", "unwrapKey"]);
}
