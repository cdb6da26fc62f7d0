/**
 * Which keys go into an invitation's link. An operator who edits the database must not get a key of theirs in: a team's
 * key comes from its signed roster, read from one that people compared, or the link is not made.
 */
import type { TeamKeys } from "../sealing/halves.ts";
import { currentKey, type Roster } from "../sealing/roster.ts";
import { followed, type TeamKey, type Trusted } from "../sealing/vouch.ts";
import { keyOfPartner, type PublicKeys } from "./believed-keys.ts";
import { keepPin, readPin } from "./memory.ts";
import { fetched, keysState, type KeysState } from "./state.ts";
import { rosterFrom, unlockedTeam } from "./unlocked.ts";

/** A team's keys as its public page tells them. */
export interface TeamPublic extends PublicKeys {
  readonly csrf: string;
  readonly team: { readonly id: number } & { readonly [K in keyof Trusted]: string | null };
}

/** Keys by team number; a team that is not in it rides without, and its notes wait on the phones. */
export interface LinkKeys {
  readonly csrf: string;
  readonly of: ReadonlyMap<number, TeamKey>;
  /** Unlocked keys of the inviting team, where this browser has them: they vouch for the phones of the invitation. */
  readonly sign?: TeamKeys;
}

/**
 * `compare`: nobody has compared this team's key in this browser · `roster`: the roster is forged or older than one seen
 * before, or the server names another key than the roster · `locked`: unlock first, so that the team can sign.
 */
export type LinkFault = { readonly fault: "roster" | "locked" } | { readonly fault: "compare"; readonly key: TeamKey };

/** The keys for a link of this team that also names others. @throws NotAnswered */
export async function linkKeys(team: number, others: readonly number[]): Promise<LinkKeys | LinkFault> {
  const told = (await (await fetched(`/teams/${team}/public-keys`)).json()) as TeamPublic;
  const { csrf, history } = told;
  if (!history.length) return { csrf, of: new Map() };
  const own = await ownState(team);
  const sign = own && (await unlockedTeam(own));
  if (own?.team_wrap && !sign) return { fault: "locked" };
  const anchor = sign?.vouch ?? (await readPin(team))?.vouch_key;
  if (!anchor) return { fault: "compare", key: history.at(-1)! };
  const roster = await rosterOf(team, told, anchor);
  const key = roster && currentKey(roster);
  const isSaid = key?.age_recipient === told.team.age_recipient && key?.vouch_key === told.team.vouch_key;
  if (!roster || !key || !isSaid) return { fault: "roster" };
  const found = new Map([[team, key]]);
  for (const other of others) {
    const theirs = await keyOfPartner(roster, told, other);
    if (theirs) found.set(other, theirs);
  }
  return { csrf, of: found, ...(sign?.vouch === key.vouch_key && { sign }) };
}

/** Somebody compared the six words of this key with the team. */
export function comparedWith(team: number, key: TeamKey): Promise<void> {
  return keepPin(team, key);
}

/** What the server tells this member of their own keys; nothing when they have none, or the team is another one. */
async function ownState(team: number): Promise<KeysState | undefined> {
  // An administrator who works with no referrals is told nothing, and needs nothing of it.
  const state = await keysState().catch(() => undefined);
  return state?.team.id === team ? state : undefined;
}

/** A team of before may have keys and no roster yet: then its chain alone says which key is its own, and no partner's. */
async function rosterOf(team: number, { roster, history }: TeamPublic, anchor: string): Promise<Roster | undefined> {
  const read = await rosterFrom(team, roster ?? undefined, anchor);
  if ("roster" in read) return read.roster;
  const start = read.fault === "none" && history.find(({ vouch_key }) => vouch_key === anchor);
  const now = start && (await followed(team, start, history));
  if (!now || now.broken) return undefined;
  return { v: 1, team, version: 0, keys: [now.key], members: [], recovery: "", partners: [] };
}
