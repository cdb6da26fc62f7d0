/**
 * Whom a referral can go to: the teams this phone has joined, and the other teams of their invitations.
 * A choice that no longer stands is never replaced by another team: the home team may be part of what is told.
 */
import type { Draft, SendTo } from "../storage/drafts.ts";
import type { Device, Settings, Team } from "../storage/settings.ts";

export interface Addressed extends SendTo {
  readonly device: Device;
  readonly to: Team;
  readonly organisation: string;
  /** The age recipient that was vouched for by a link; without one the words wait. */
  readonly key?: string;
}

/** Every team that can be sent to, the home team first, each once: as its own phone where this is one. */
export function reachable(devices: Settings["devices"] | undefined): readonly Addressed[] {
  const { home = "", by_team = {} } = devices ?? {};
  const joined = Object.values(by_team).sort((a, b) => Number(b.team.id === home) - Number(a.team.id === home));
  const own = joined.map((device) => addressed(device, device.team, device.organisation.name, device.usable_key));
  const others = joined.flatMap((device) =>
    (device.other_teams ?? []).map((to) => addressed(device, to, to.organisation_name ?? "", to.usable_key)),
  );
  const all = [...own, ...others];
  return all.filter((one, at) => all.findIndex(({ team }) => team === one.team) === at);
}

function addressed(device: Device, to: Team, organisation: string, key: string | undefined): Addressed {
  return { by: device.team.id, team: to.id, device, to, organisation, ...(key && { key }) };
}

/** Where this draft goes: as chosen for it, else to the home team. Undefined when neither can be reached now. */
export function addresseeOf(
  { send_to }: Pick<Draft, "send_to">,
  devices: Settings["devices"] | undefined,
): Addressed | undefined {
  const all = reachable(devices);
  return send_to ? all.find(({ team }) => team === send_to.team) : all.find(({ team }) => team === devices?.home);
}

/** The age recipients that some link vouched for as this team's, on this phone, until now. */
export function vouchedKeys(devices: Settings["devices"] | undefined, team: string): readonly string[] {
  const joined = Object.values(devices?.by_team ?? {});
  const known = [...joined, ...joined.flatMap(({ other_teams = [] }) => other_teams)];
  return known.flatMap((one) => (("team" in one ? one.team.id : one.id) === team ? (one.usable_key ?? []) : []));
}
