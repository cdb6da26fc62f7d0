/** The short key under which the words of a sentence travel: see server/translating/word_keys.py, which makes the same. */
const known = new Map<string, string>();

/** FNV-1a over the UTF-16 units of a text, its upper 28 bits in base 36. */
export function keyOf(english: string): string {
  let key = known.get(english);
  if (key === undefined) {
    let number = 2166136261;
    for (let at = 0; at < english.length; at++) number = Math.imul(number ^ english.charCodeAt(at), 16777619);
    known.set(english, (key = (number >>> 4).toString(36)));
  }
  return key;
}
