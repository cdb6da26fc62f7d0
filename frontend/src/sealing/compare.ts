/**
 * Six words that two people read to each other, once: the only way a new key gets onto a roster.
 * 66 bits of one key (or of one key with one that was fixed before it): to find another with the same words is out of
 * reach. Never mix two keys into one set of words that a stranger could both choose: then a collision would do.
 */
import { wordlist } from "@scure/bip39/wordlists/english.js";

import { sha256 } from "./bytes.ts";

const COUNT = 6;
const BITS = 11;

/** The words for a team's two public halves. */
export function teamWords(age: string, vouch: string): Promise<readonly string[]> {
  return wordsOf(`team\n${age}\n${vouch}`);
}

/** The words for a member's key, bound to the team that they believed in when they made it (its vouching key). */
export function memberWords(key: string, anchor: string): Promise<readonly string[]> {
  return wordsOf(`member\n${key}\n${anchor}`);
}

async function wordsOf(text: string): Promise<readonly string[]> {
  const digest = await sha256(`heed compare v1\n${text}`);
  const bits = Array.from(digest, (byte) => byte.toString(2).padStart(8, "0")).join("");
  return Array.from({ length: COUNT }, (_, at) => wordlist[parseInt(bits.slice(at * BITS, (at + 1) * BITS), 2)]!);
}

/** What a screen shows as a code, for one that is scanned: the words with a mark in front. */
export const asCode = (words: readonly string[]): string => `${MARK} ${words.join(" ")}`;

/** Whether a scanned code says exactly these words. */
export const saysSame = (scanned: string, words: readonly string[]): boolean => scanned.trim() === asCode(words);

const MARK = "heed-words";
