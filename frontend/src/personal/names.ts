/**
 * Capitalised words that stand together and look like a person's name. Names in scripts without capitals (Arabic,
 * Ge'ez, Chinese …) and names written small or all in capitals are not found; it must never be taken for more.
 */
import type { NotNames } from "./kinds.ts";

/** A capitalised word, an initial with its full stop, or a small word that names have inside (van, bin, da). */
const WORD =
  /(?<![\p{L}\p{M}\d@_])(?:(?:\p{Ll}{1,2}['’-])?\p{Lu}(?:['’-]?[\p{L}\p{M}])+(?![\p{L}\p{M}\d@])|\p{Lu}(?=\.)|(?:da|de|del|della|den|der|di|dos|du|el|al|la|le|van|von|bin|bint|ibn|abu)(?= ))/gu;

/** More capitalised words than this in a row are a heading. */
const MOST = 5;
/** Shorter words all in capitals are initials of a body: NHS, HMO. */
const SHORTEST_LOUD = 4;

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Start and end of each name in `text`. */
export function namesIn(text: string, notNames: NotNames): readonly (readonly [number, number])[] {
  const names: (readonly [number, number])[] = [];
  let chain: Word[] = [];
  const close = (): void => {
    const last = chain.findLastIndex(isCapitalised);
    const words = chain.slice(0, last + 1).filter(isCapitalised);
    const isName = words.length > 1 && words.length <= MOST && !words.every(isLoud);
    if (isName) names.push([chain[0]!.start, chain[last]!.end]);
    chain = [];
  };
  for (const match of text.matchAll(WORD)) {
    const word = { text: match[0], start: match.index, end: match.index + match[0].length };
    const key = keyOf(word);
    const before = chain.at(-1);
    if (before && !isJoined(text.slice(before.end, word.start), before, notNames)) close();
    if (notNames.closing.has(key)) chain = [];
    else if (notNames.apart.has(key) || (isLoud(word) && word.text.length < SHORTEST_LOUD)) close();
    else if (chain.length || (isCapitalised(word) && !isOpening(key, notNames))) chain.push(word);
  }
  close();
  return names;
}

/** Shorter stems are too often names: Wes is not "we". */
const SHORTEST_STEM = 3;

function isOpening(key: string, { opening }: NotNames): boolean {
  if (opening.has(key)) return true;
  const stems = ["s", "d", "ed", "ing"].filter((end) => key.endsWith(end)).map((end) => key.slice(0, -end.length));
  return [...stems, key.replace(/ie[sd]$/, "y"), key.replace(/(?<=...)ing$/, "e")].some(
    (stem) => stem.length >= SHORTEST_STEM && opening.has(stem),
  );
}

function isJoined(gap: string, before: Word, { titles }: NotNames): boolean {
  const isShortened = before.text.length === 1 || titles.has(keyOf(before));
  return gap === " " || gap === "  " || (isShortened && (gap === "." || gap === ". "));
}

const keyOf = ({ text }: Word): string => text.toLowerCase().replace(/['’]s$/, "");
const isCapitalised = ({ text }: Word): boolean => text !== text.toLowerCase();
const isLoud = ({ text }: Word): boolean => text.length > 1 && text === text.toUpperCase();
