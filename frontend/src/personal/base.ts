/** The shapes that are the same everywhere: addresses of the net, numbers with a country code, dates in figures. */
import type { Pack } from "./kinds.ts";
import { isDay } from "./numbers.ts";

const words = (source: string): RegExp => new RegExp(source, "dgiu");

/** What follows in an address, without the stop or bracket that ends a sentence. */
const REST = "[^\\s<>]{0,300}[^\\s<>.,;:!?)\\]'\"’”»،؟]";
const LABEL = "[\\p{L}\\d](?:[\\p{L}\\d-]{0,61}[\\p{L}\\d])?";
/** Other endings are words too (me, it, so) and count only before a path: a space after a full stop gets lost. */
const SURE = "(?:com|org|net|info|biz|app|eu|uk|scot|wales)";
/** Neither inside a word nor the second half of an e-mail address. */
const ALONE = "(?<![\\p{L}\\d@._-]|@ |[([]at[)\\]] ?)";
const DONE = "(?![\\p{L}\\d@]|\\.[\\p{L}\\d])";

export const base: Pack = {
  nations: [],
  patterns: [
    { kind: "web_address", find: words(`(?<![\\p{L}\\d])(?:https?:\\/\\/|www\\.)${REST}`) },
    { kind: "web_address", find: words(`${ALONE}(?:${LABEL}\\.){1,4}(?:${SURE}(?:\\/${REST}|\\/)?|\\p{L}{2}\\/${REST})${DONE}`) },
    {
      kind: "email",
      find: /(?<![\p{L}\p{M}\d._%+'-])[\p{L}\p{M}\d._%+'-]{1,64} ?@ ?[\p{L}\p{M}\d-]{1,63}(?:\.[\p{L}\p{M}\d-]{1,63}){0,4}\.\p{L}{2,24}(?![\p{L}\d])/dgiu,
    },
    {
      kind: "date",
      find: /(?<!\d|\d[./-]|[£€$])(?<one>\d{1,2}) ?(?<mark>[./-]) ?(?<two>\d{1,2}) ?\k<mark> ?(?:19|20)\d{2}(?!\d|[./-]\d)/dgu,
      holds: isDayAndMonth,
    },
    { kind: "date", find: /(?<!\d ?)(?<one>\d{2}) (?<two>\d{2}) (?:19|20)\d{2}(?! ?\d)/dgu, holds: isDayAndMonth },
    {
      kind: "date",
      // Years 1300 to 1499 are those of the Persian and the Islamic calendar.
      find: /(?<!\d|\d[./-])(?:1[349]|20)\d{2}(?<mark>[./-])(?<two>\d{1,2})\k<mark>(?<one>\d{1,2})(?!\d|[./-]\d)/dgu,
      holds: ({ groups }) => isDay(Number(groups!["one"]), Number(groups!["two"])),
    },
    { kind: "phone", find: /(?<![\d+])(?:\((?=\+\d{1,4}\)))?\+(?:[ .\-/()]{0,3}\d){8,15}(?!\d)/dgu },
    { kind: "phone", find: /(?<!\d|\d[.,])00 ?(?=[1-9])(?:[ .\-/()]{0,3}\d){9,14}(?!\d)/dgu },
  ],
};

/** A full year makes it a date in either order of day and month. */
function isDayAndMonth({ groups }: RegExpExecArray): boolean {
  const [one, two] = [Number(groups!["one"]), Number(groups!["two"])];
  return isDay(one, two) || isDay(two, one);
}
