/**
 * Whom a referral can go to: the teams this phone has joined, and the other teams of their invitations.
 * A choice that no longer stands is never replaced by another team: the home team may be part of what is told.
 */
import type { Draft, SendTo } from "../storage/drafts.ts";
import type { Device, Settings, Team } from "../storage/settings.ts";
import { isCut, keysOf, type Keyed } from "./keyed.ts";

export interface Addressed extends SendTo {
  readonly device: Device;
  readonly to: Team;
  readonly organisation: string;
  /** The age recipient that a link vouched for, or that follows it; without one the words wait. */
  readonly key?: string;
  /** The team's key was changed, and nothing vouches for the new one. */
  readonly cut?: true;
}

/** Every team that can be sent to, the home team first, each once: as its own phone where this is one. */
export function reachable(devices: Settings["devices"] | undefined): readonly Addressed[] {
  const { home = "", by_team = {} } = devices ?? {};
  const joined = Object.values(by_team).sort((a, b) => Number(b.team.id === home) - Number(a.team.id === home));
  const own = joined.map((device) => addressed(device, device.team, device.organisation.name, device));
  const others = joined.flatMap((device) =>
    (device.other_teams ?? []).map((to) => addressed(device, to, to.organisation_name ?? "", to)),
  );
  const all = [...own, ...others];
  return all.filter((one, at) => all.findIndex(({ team }) => team === one.team) === at);
}

function addressed(device: Device, to: Team, organisation: string, keyed: Keyed): Addressed {
  const known = { ...(keyed.usable_key && { key: keyed.usable_key }), ...(isCut(keyed) && { cut: true as const }) };
  return { by: device.team.id, team: to.id, device, to, organisation, ...known };
}

/** Where this draft goes: as chosen for it, else to the home team. Undefined when neither can be reached now. */
export function addresseeOf(
  { send_to }: Pick<Draft, "send_to">,
  devices: Settings["devices"] | undefined,
): Addressed | undefined {
  const all = reachable(devices);
  return send_to ? all.find(({ team }) => team === send_to.team) : all.find(({ team }) => team === devices?.home);
}

/** What this phone holds of this team's keys until now, from whichever links. */
export function keptKeys(devices: Settings["devices"] | undefined, team: string): readonly Keyed[] {
  const joined = Object.values(devices?.by_team ?? {});
  const own = joined.filter((device) => device.team.id === team);
  const others = joined.flatMap(({ other_teams = [] }) => other_teams).filter(({ id }) => id === team);
  return [...own, ...others].map(keysOf);
}
