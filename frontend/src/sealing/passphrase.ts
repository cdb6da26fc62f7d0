/** The passphrase that a browser makes: seven words, 77 bits, too many to guess even with the sealed file at hand. */
import { wordlist } from "@scure/bip39/wordlists/english.js";

export const WORDS = 7;
/** The list has 2 048 words, so a word is 11 bits and no draw has to be thrown away. */
const BITS = 0x7ff;

/** Seven words of the BIP 39 English list, drawn by the browser's generator, with one space between them. */
export function newPassphrase(): string {
  const drawn = crypto.getRandomValues(new Uint16Array(WORDS));
  return Array.from(drawn, (number) => wordlist[number & BITS]!).join(" ");
}

/** What somebody typed, as it was made: lower case, single spaces. A wrong word stays wrong. */
export function tidied(typed: string): string {
  return typed.trim().toLowerCase().split(/[\s,.-]+/).join(" ");
}
