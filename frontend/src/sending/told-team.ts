/**
 * What the server tells of a team, taken by name: whatever else an answer holds is not kept.
 * It decides no key: `age_recipient`, `vouch_key` and `keys` are what the server says, and count as team-key.ts has it.
 */
import type { TeamKey } from "../sealing/vouch.ts";
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

/** A team's key and the history that ends with it, as the server tells them. Nothing of it is believed unsigned. */
export interface ToldKeys {
  readonly id: string;
  readonly age_recipient?: string;
  readonly vouch_key?: string;
  readonly keys: readonly TeamKey[];
}

/** What is told of a team's keys. Entries that are none are left out, which breaks a chain that needs them. */
export function toldKeys(told: unknown): ToldKeys {
  const { id, keys, ...rest } = (told ?? {}) as Told;
  return {
    id: String(id),
    ...textsOf(rest, ["age_recipient", "vouch_key"]),
    keys: Array.isArray(keys) ? keys.flatMap((one) => toldKey(one as Told) ?? []) : [],
  };
}

function toldKey({ n, ...rest }: Told): TeamKey | undefined {
  const found = textsOf(rest, ["age_recipient", "vouch_key", "signature"]);
  if (typeof n !== "number" || !found.age_recipient || !found.vouch_key) return undefined;
  return { n, age_recipient: found.age_recipient, vouch_key: found.vouch_key, signature: found.signature ?? "" };
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
