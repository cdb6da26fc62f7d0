/**
 * What the phone remembers about itself: language, device, how often a card was shown. Never anything about a
 * check.
 */
import type { Trusted } from "../sealing/vouch.ts";
import { keepText, readText } from "./kept.ts";

/** When a team reads: on these days (ISO, Monday is 1) from `opens` to `closes`, "08:00" to "24:00". */
export interface Hours {
  readonly days: readonly number[];
  readonly opens: string;
  readonly closes: string;
}

/** What a team says of when it reads. Records of before have the English line alone. */
export interface Reading {
  /** Empty: the team has not said. */
  readonly hours?: readonly Hours[];
  readonly reading_hours?: string;
}

/** A team that can be sent to, as the server described it last. */
export interface Team extends Reading {
  readonly id: string;
  readonly name: string;
  readonly areas: readonly string[];
  /** E.164. */
  readonly urgent_number: string;
  readonly age_recipient?: string;
  readonly vouch_key?: string;
  /** Organisations whose own people this team must not be told about. */
  readonly conflicts?: readonly string[];
}

/** Another team of the invitation: a referral may go to it in place of the home team. */
export interface OtherTeam extends Team {
  readonly organisation_name?: string;
  /** As `Device.usable_key`. */
  readonly usable_key?: string;
  /** As `Device.trusted`. */
  readonly trusted?: Trusted;
}

export interface Organisation {
  readonly name: string;
  readonly kind: string;
  readonly nation: string;
  /** "yes" | "no" or as the server spells it: handed to the pathway as `from_organisation` facts. */
  readonly first_responder: string;
  readonly duty_to_notify: string;
}

export interface Device {
  readonly device_token: string;
  readonly organisation: Organisation;
  readonly team: Team;
  /** The team's age recipient that words are sealed to: see sending/team-key.ts. */
  readonly usable_key?: string;
  /** What an invitation's fragment vouched for, or what followed it by signatures. Phones of before have none. */
  readonly trusted?: Trusted;
  /** When a renewed key was followed, by the phone's clock, until the worker was told. */
  readonly renewed_at?: number;
  /** When the server last described this team, by the phone's clock, in milliseconds. */
  readonly heard_at?: number;
  /** From the invitation: what notes are signed with, so that the team knows a phone that it invited. */
  readonly voucher?: string;
  /** What the team calls this phone: six letters or figures, for the worker to read out. */
  readonly phone?: string;
  readonly other_teams?: readonly OtherTeam[];
  /** The server no longer takes this phone's word: it was taken out of the team. What waits is kept. */
  readonly taken_out?: 1;
}

/** How much time the app has seen, in milliseconds: what a draft lives by, and what a receipt does. */
export interface Seen {
  readonly draft: number;
  readonly receipt: number;
  /** The phone's clock when it was last counted. */
  readonly at: number;
}

export interface Life {
  readonly came: number;
  readonly over?: number;
}

export interface Settings {
  locale: string;
  /** The home team's id, and one device for each team this phone ever joined (unsent rows go with their own). */
  devices: { readonly home: string; readonly by_team: Readonly<Record<string, Device>> };
  /** How often something was shown, such as the "before you ask" card. */
  counts: Readonly<Record<string, number>>;
  /** See watch.ts. */
  marker: string;
  /** When the server last said how things stand, by the phone's clock, in milliseconds. See sending/contact.ts. */
  looked_at: number;
  /** When the lock comes back once the app is out of sight; five minutes without a word of it. */
  lock_after: "at_once" | "five_minutes";
  /** See seen.ts. */
  seen: Seen;
  /** When each receipt came and was over, on the longer clock of seen.ts, by id. See expiry.ts. */
  lives: Readonly<Record<string, Life>>;
  /** Ids of referrals that still go out and are shown to nobody: the lock was tried too often. */
  unshown: readonly string[];
  /** Tokens of a phone that was emptied, until the server has heard that it was. Nothing else is left then. */
  farewell: readonly string[];
}

/** A setting, or undefined when it was never set. @throws CouldNotKeep when the phone's store cannot be read. */
export async function readSetting<Name extends keyof Settings>(name: Name): Promise<Settings[Name] | undefined> {
  const text = await readText("settings", name);
  return text === undefined ? undefined : (JSON.parse(text) as Settings[Name]);
}

/** Keeps a setting. @throws CouldNotKeep */
export function keepSetting<Name extends keyof Settings>(name: Name, value: Settings[Name]): Promise<void> {
  return keepText("settings", name, JSON.stringify(value));
}

/** Counts one more showing of something and returns how many it makes. @throws CouldNotKeep */
export async function countOneMore(what: string): Promise<number> {
  const counts = (await readSetting("counts")) ?? {};
  const now = (counts[what] ?? 0) + 1;
  await keepSetting("counts", { ...counts, [what]: now });
  return now;
}

/** The device of the home team, or undefined before joining. @throws CouldNotKeep */
export async function homeDevice(): Promise<Device | undefined> {
  const devices = await readSetting("devices");
  return devices?.by_team[devices.home];
}
