/**
 * One spelling for a JSON value, so that the phone and the server give the same content the same hash.
 * It must never guess: whatever is not an object, array, string or whole number is refused.
 */

/**
 * The value as canonical JSON: keys by code point, no spaces, nothing escaped that need not be.
 *
 * @throws TypeError for a boolean, null, undefined, or a number that is not a safe integer.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === "string" || Number.isSafeInteger(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const pairs = Object.entries(value).sort(([a], [b]) => byCodePoint(a, b));
    return `{${pairs.map(([key, held]) => `${JSON.stringify(key)}:${canonicalJson(held)}`).join(",")}}`;
  }
  throw new TypeError(`${typeof value} has no canonical form: use a string or a whole number`);
}

/** SHA-256 of the canonical JSON, as 64 hexadecimal characters. */
export async function contentHash(value: unknown): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(canonicalJson(value)));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Order of two strings by code point, as Python sorts; the language's own sort goes by UTF-16 unit. */
export function byCodePoint(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at++) {
    if (a[at] !== b[at]) return a.codePointAt(at)! - b.codePointAt(at)!;
  }
  return a.length - b.length;
}
