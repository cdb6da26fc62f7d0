/**
 * When a team reads, in the phone's own language: names of days and figures by the browser, never by a table of ours.
 * It must never make up hours: what cannot be read is left out, and a team that has not said is said not to have.
 */
import type { Hours, Reading } from "../storage/settings.ts";
import { tag } from "./dates-and-numbers.ts";
import { t } from "./translate.ts";

const CLOCK = /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/;
const ALL_DAY = "00:00 24:00";

/** The whole line of a team: "They read: Mon–Fri, 08:00–18:00", or that it has not said. */
export function saidReading(team: Reading): string {
  const hours = saidHours(team);
  return hours ? t("They read: {hours}", { hours }) : t("The team has not said when it reads.");
}

/** "Mon–Fri, 08:00–18:00 · Sat, 10:00–14:00"; the English line of older records; "" when there is neither. */
export function saidHours({ hours, reading_hours = "" }: Reading): string {
  if (!Array.isArray(hours)) return reading_hours;
  const spansByDays = new Map<string, string[]>();
  for (const { days, opens, closes } of (hours as readonly Hours[]).filter(isSound)) {
    const key = [...new Set(days)].sort().join("");
    spansByDays.set(key, [...(spansByDays.get(key) ?? []), `${opens} ${closes}`]);
  }
  return [...spansByDays].map(([days, spans]) => saidEntry([...days].map(Number), spans)).join(" · ");
}

function isSound(one: Hours | null): one is Hours {
  const { days, opens, closes } = one ?? ({} as Partial<Hours>);
  return (
    Array.isArray(days) &&
    days.length > 0 &&
    days.every((day) => Number.isInteger(day) && day >= 1 && day <= 7) &&
    CLOCK.test(String(opens)) &&
    CLOCK.test(String(closes))
  );
}

function saidEntry(days: readonly number[], spans: readonly string[]): string {
  const isEveryDay = days.length === 7;
  if (spans.includes(ALL_DAY)) {
    return isEveryDay ? t("every day, at any hour") : t("{days}, at any hour", { days: saidDays(days) });
  }
  const times = listed(spans.map(saidSpan));
  return isEveryDay ? t("every day, {times}", { times }) : t("{days}, {times}", { days: saidDays(days), times });
}

/** Three days or more in a row are a range, also over the end of the week: "Sat–Mon". */
function saidDays(days: readonly number[]): string {
  const runs: number[][] = [];
  for (const day of days) {
    const last = runs.at(-1);
    if (last?.at(-1) === day - 1) last.push(day);
    else runs.push([day]);
  }
  if (runs.length > 1 && days.includes(1) && days.includes(7)) runs.push([...runs.pop()!, ...runs.shift()!]);
  return listed(runs.flatMap((run) => (run.length < 3 ? run.map(nameOf) : [saidRange(run)])));
}

function saidRange(run: readonly number[]): string {
  // words: Days of the week: Mon–Fri.
  return t("{first}–{last}", { first: nameOf(run[0]!), last: nameOf(run.at(-1)!) });
}

/** 1 January 2024 was a Monday. */
function nameOf(day: number): string {
  return new Intl.DateTimeFormat(tag(), { weekday: "short", timeZone: "UTC" }).format(Date.UTC(2024, 0, day));
}

function saidSpan(span: string): string {
  const [opens = "", closes = ""] = span.split(" ");
  // words: Times of day: 08:00–18:00. Use words where a dash could be read the wrong way round.
  return t("{opens}–{closes}", { opens: saidClock(opens), closes: saidClock(closes) });
}

/** In the language's own figures. Midnight at the end of a day is 24:00, as the team wrote it. */
function saidClock(clock: string): string {
  const [hour = 0, minute = 0] = clock.split(":").map(Number);
  return new Intl.DateTimeFormat(tag(), {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: hour === 24 ? "h24" : "h23",
    timeZone: "UTC",
  }).format(Date.UTC(2024, 0, 1, hour, minute));
}

/** Names one after the other, with the comma of the language. */
function listed(names: readonly string[]): string {
  return new Intl.ListFormat(tag(), { type: "unit", style: "short" }).format(names);
}

/** One of several, in words: "A or B". */
export function oneOf(names: readonly string[]): string {
  return new Intl.ListFormat(tag(), { type: "disjunction" }).format(names);
}
