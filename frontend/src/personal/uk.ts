/** The United Kingdom: its numbers, postcodes and ways to write a date in English, on top of what all share. */
import { base } from "./base.ts";
import type { Pack, Pattern } from "./kinds.ts";
import { digitsOf, hasCheckDigit, isDay } from "./numbers.ts";
import { apart, closing, opening, postcodeAreas, titles } from "./uk-words.ts";

const MONTH =
  "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|" +
  "sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?";
const DAY = "\\d{1,2}(?:st|nd|rd|th)?";
const DAY_MONTH = `${DAY}[ .,/-]{0,2}(?:day )?(?:of )?${MONTH}`;
const MONTH_DAY = `${MONTH} ${DAY}`;
/** Two figures are a year only after an apostrophe, a stroke, or where the sentence ends. */
const YEAR = "(?:[ ,./-]{0,2}(?:19|20)\\d{2}|(?: ?['’]|[./-])\\d{2}| \\d{2}(?=[ \\n]*(?:$|[.,;)\\n])))";
const BORN =
  "(?<!\\p{L})(?:born|birth|birthday|dob|d\\.o\\.b\\.?|yob)\\W{1,3}(?:(?:is|was|on|in|the|about|around)\\W{1,2}){0,3}";

const words = (source: string): RegExp => new RegExp(source, "dgiu");

/** Ten figures that are not the rest of a number with a country code. */
const TEN = /(?<!\d|\d-|(?:\+|00)\d{1,3}\)?[ -]?|\(0\) ?|[£€$+])(?:\d{10}|\d{3}[ -]\d{3}[ -]\d{4}|\d{6}[ -]\d{4})(?!\d|-\d)/dgu;

const dates: readonly Pattern[] = [
  {
    kind: "date",
    find: /(?<!\d|\d[./-]|[£€$v])(?<day>\d{1,2})(?<mark>[./-])(?<month>\d{1,2})\k<mark>\d{2}(?!\d|[./-]\d)/dgu,
    holds: ({ groups }) => isDay(Number(groups!["day"]), Number(groups!["month"])),
  },
  { kind: "date", find: words(`(?<![\\p{L}\\d])${DAY_MONTH}${YEAR}(?!\\d)`) },
  { kind: "date", find: words(`(?<!\\p{L})${MONTH_DAY}(?:,? (?:19|20)\\d{2})(?!\\d)`) },
  { kind: "date", find: words(`(?<!\\p{L})${MONTH}(?:[ ,/-]{0,2}(?:19|20)| ?['’])\\d{2}(?!\\d)`) },
  {
    kind: "date",
    find: words(`${BORN}(?<it>\\d{8}|\\d{6}|(?:19|20)\\d{2}|\\d{1,2}[./-]\\d{1,2}|${DAY_MONTH}|${MONTH_DAY})(?![\\p{L}\\d]|[./-]\\d)`),
  },
];

const phones: readonly Pattern[] = [
  {
    kind: "phone",
    find: /(?<![\d+])(?:\((?=\+44\)))?(?:\+|00) ?44[ .\-/()]{0,2}(?:\(0\)|0)?(?:[ .\-/()]{0,3}\d){9,10}(?!\d)/dgu,
  },
  {
    kind: "phone",
    // Never 07.30 or 03/04: those begin a time or a date.
    find: /(?<!\d|\d[.,]|[£€$+])(?:\((?=[\d ]{2,6}\)))?0[1-35789](?![./])(?:[ .\-/()]{0,3}\d){8,9}(?!\d)/dgu,
  },
  // A mobile number without its 0, as people copy it from a contact.
  { kind: "phone", find: /(?<!\d|\d[.,]|[£€$+])(?:44[ -]?)?7\d{3}(?:[ -]?\d{3}){2}(?!\d)/dgu },
  {
    kind: "phone",
    find: /(?<!\p{L})(?:tel|telephone|phone|mobile|mob|call|ring|text|whatsapp)\W{1,3}(?:(?:number|no|is|on|at|him|her|them|me)\W{1,3}){0,3}(?<it>[2-9]\d{2}[ -]?\d{3,5})(?!\d|[.,]\d)/dgiu,
  },
];

export const uk: Pack = {
  nations: ["scotland", "england-wales", "northern-ireland"],
  patterns: [
    {
      kind: "email",
      find: /(?<![\p{L}\d._-])[\p{L}\d._-]{1,64} at [\p{L}\d-]{1,63}(?: dot \p{L}{2,24}){1,3}(?!\p{L})/dgiu,
    },
    {
      kind: "email",
      find: /(?<![\p{L}\d._-])[\p{L}\d._-]{1,64} ?[([]at[)\]] ?[\p{L}\d-]{1,63}(?:(?: ?[([]dot[)\]] ?|\.)\p{L}{2,24}){1,3}(?!\p{L})/dgiu,
    },
    {
      kind: "chi_number",
      find: TEN,
      holds: ({ 0: text }) => {
        const ten = digitsOf(text);
        return isDay(Number(ten.slice(0, 2)), Number(ten.slice(2, 4))) && hasCheckDigit(ten);
      },
    },
    { kind: "nhs_number", find: TEN, holds: ({ 0: text }) => text[0] !== "0" && hasCheckDigit(digitsOf(text)) },
    {
      kind: "ni_number",
      // Prefixes that HMRC never gives: BG, GB, KN, NK, NT, TN, ZZ. Small letters only where nothing stands between.
      find: /(?<![\p{L}\d])(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?:[ -]?\d{2}){3}[ -]?[A-D](?![\p{L}\d])/dgu,
    },
    {
      kind: "ni_number",
      find: /(?<![\p{L}\d])(?!bg|gb|kn|nk|nt|tn|zz)[a-ceghj-pr-tw-z][a-ceghj-npr-tw-z]\d{6}[a-d](?![\p{L}\d])/dgu,
    },
    ...dates,
    ...phones,
    {
      kind: "postcode",
      // The second half never has C, I, K, M, O or V, and small letters that make 1st, 2nd or 4th are a floor.
      find: /(?<![\p{L}\d])(?<area>[A-Za-z]{1,2})\d[A-Za-z\d]?(?: {1,2}|-)?(?!(?:1st|2nd|3rd|\dth)(?!\p{L}))\d[ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2}(?![\p{L}\d])/dgu,
      holds: ({ groups }) => postcodeAreas.has(groups!["area"]!.toUpperCase()),
    },
    ...base.patterns,
    {
      kind: "name_pair",
      find: /(?<!\p{L})(?:[Nn]ame(?:['’]s| is|:)|[Nn]amed|[Kk]nown as|[Gg]oes by) (?<it>\p{Lu}(?:['’-]?[\p{L}\p{M}])+)(?![\p{L}\d])/dgu,
      holds: ({ groups }) => [apart, opening, closing].every((known) => !known.has(groups!["it"]!.toLowerCase())),
    },
  ],
  notNames: { apart, opening, closing, titles },
};
