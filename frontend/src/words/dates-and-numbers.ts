/** Days, times and telephone numbers as people read them. What is dialled or stored is never changed here. */
import { locale } from "./translate.ts";

/** Days are written the British way in English. */
export const tag = (): string => (locale.value === "en" ? "en-GB" : locale.value);

/** A day, from YYYY-MM-DD or from milliseconds: "22 Nov 2026". */
export function day(at: string | number): string {
  const format = new Intl.DateTimeFormat(tag(), { day: "numeric", month: "short", year: "numeric" });
  return format.format(typeof at === "string" ? new Date(`${at.slice(0, 10)}T12:00:00`) : at);
}

/** A day and a time on the phone's clock: "Sun 22 Nov, 14:05". */
export function moment(at: string | number): string {
  return new Intl.DateTimeFormat(tag(), {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  }).format(typeof at === "string" ? Date.parse(at) : at);
}

/** A number as it is read aloud: a British E.164 number in its national groups, others as they stand. */
export function readable(number: string): string {
  const national = number.replace(/^\+44/, "0");
  return national.length > 9 && national.startsWith("0")
    ? `${national.slice(0, 4)} ${national.slice(4, 7)} ${national.slice(7)}`
    : number;
}
