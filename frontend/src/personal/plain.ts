/**
 * A text made easy to match: any script's digits as 0 to 9, every space a space, every hyphen a hyphen, wide letters
 * narrow, invisible marks left out. It must never lose where each character stood.
 */

export interface Plain {
  readonly text: string;
  /** For each unit of `text`: where its character begins in the original, and where it ends. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

const INVISIBLE = /^[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]$/;
const DIGIT = /^\p{Nd}$/u;
const SPACE = /^[\p{Zs}\t]$/u;
const HYPHEN = /^[\p{Pd}\u2212]$/u;
const WIDE = /^[\uff01-\uff5e]$/;

/** How far the wide forms stand from the ASCII characters they mirror. */
const WIDE_FROM_ASCII = 0xfee0;

export function plain(original: string): Plain {
  let text = "";
  let at = 0;
  const starts: number[] = [];
  const ends: number[] = [];
  for (const character of original) {
    const start = at;
    at += character.length;
    const shown = plainly(character);
    text += shown;
    for (let unit = 0; unit < shown.length; unit++) {
      starts.push(start);
      ends.push(at);
    }
  }
  return { text, starts, ends };
}

function plainly(character: string): string {
  if (character > " " && character <= "~") return character;
  if (INVISIBLE.test(character)) return "";
  if (DIGIT.test(character)) return String(valueOf(character));
  if (SPACE.test(character)) return " ";
  if (HYPHEN.test(character)) return "-";
  if (WIDE.test(character)) return String.fromCharCode(character.charCodeAt(0) - WIDE_FROM_ASCII);
  return character;
}

/** Unicode keeps each script's ten digits together and in order, so the way back to the first one is the value. */
function valueOf(digit: string): number {
  let before = digit.codePointAt(0)! - 1;
  while (DIGIT.test(String.fromCodePoint(before))) before--;
  return (digit.codePointAt(0)! - before - 1) % 10;
}
