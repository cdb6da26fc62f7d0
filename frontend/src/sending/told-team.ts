/**
 * What the server tells of a team, taken by name: whatever else an answer holds is not kept.
 * It decides no key: `age_recipient` and `vouch_key` are what the server says, and count only as join.ts has it.
 */
import type { Hours, OtherTeam, Organisation } from "../storage/settings.ts";

type Told = Readonly<Record<string, unknown>>;

const TEXTS = ["reading_hours", "urgent_number", "age_recipient", "vouch_key", "organisation_name"] as const;
const ORGANISATION = ["name", "kind", "nation", "first_responder", "duty_to_notify"] as const;

/** A team as the phone keeps it; undefined when the answer names none. */
export function toldTeam(told: unknown): OtherTeam | undefined {
  const { id, name, areas, hours, conflicts, ...rest } = (told ?? {}) as Told;
  if ((typeof id !== "number" && typeof id !== "string") || typeof name !== "string") return undefined;
  return {
    id: String(id),
    name,
    areas: texts(areas),
    urgent_number: "",
    ...textsOf(rest, TEXTS),
    ...(Array.isArray(hours) && { hours: hours as Hours[] }),
    conflicts: texts(conflicts),
  };
}

/** Several, without those that cannot be read. */
export function toldTeams(told: unknown): readonly OtherTeam[] {
  return Array.isArray(told) ? told.flatMap((one) => toldTeam(one) ?? []) : [];
}

/** The organisation of a team; undefined when the answer names none. */
export function toldOrganisation(told: unknown): Organisation | undefined {
  const found = textsOf((told ?? {}) as Told, ORGANISATION);
  if (found.name === undefined) return undefined;
  return { name: "", kind: "", nation: "", first_responder: "", duty_to_notify: "", ...found };
}

function textsOf<Name extends string>(told: Told, names: readonly Name[]): Partial<Record<Name, string>> {
  return Object.fromEntries(
    names.filter((name) => typeof told[name] === "string").map((name) => [name, told[name]]),
  ) as Partial<Record<Name, string>>;
}

const texts = (told: unknown): readonly string[] =>
  Array.isArray(told) ? told.filter((one) => typeof one === "string") : [];
