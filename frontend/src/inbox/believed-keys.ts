/**
 * Which keys of which teams this browser believes: its own team's by the signed roster, partners' from where two people
 * compared them, along their own chain. What is only in the database is never among them.
 */
import type { Roster } from "../sealing/roster.ts";
import { followed, partnerKey, type TeamKey } from "../sealing/vouch.ts";
import type { KeysState } from "./state.ts";
import { trustedRoster, unlockedTeam } from "./unlocked.ts";

/** The public part of what the server tells of a team's keys. */
export type PublicKeys = Pick<KeysState, "history" | "roster" | "partners">;

/**
 * A partner's key as it is now, if a chain leads to it from the one that was compared; undefined when it was never
 * compared, or the chain is broken.
 */
export async function keyOfPartner(
  roster: Roster,
  { partners }: Pick<KeysState, "partners">,
  team: number,
): Promise<TeamKey | undefined> {
  const [compared, told] = [entryOf(roster, team), partners.find((one) => one.team === team)];
  const found = compared && told && (await partnerKey(compared, told.history));
  return found && "key" in found ? found.key : undefined;
}

/** The vouching keys that are, or were, a team's, by the team's number; none for a team that is not believed. */
export async function believedVouchKeys(state: KeysState): Promise<(team: number) => readonly string[]> {
  const read = await trustedRoster(state);
  if ("fault" in read) {
    const own = (await unlockedTeam(state))?.vouch;
    return (team) => (team === state.team.id && own ? [own] : []);
  }
  const { roster } = read;
  const believed = new Map([[state.team.id, roster.keys.map(({ vouch_key }) => vouch_key)]]);
  for (const { team, history } of state.partners) {
    const compared = entryOf(roster, team);
    const now = compared && (await followed(team, compared, history));
    const chain = history.filter(({ n }) => now && n >= compared.n && n <= now.key.n);
    believed.set(team, chain.map(({ vouch_key }) => vouch_key));
  }
  return (team) => believed.get(team) ?? [];
}

const entryOf = (roster: Roster, team: number): Roster["partners"][number] | undefined =>
  roster.partners.find((one) => one.team === team);
