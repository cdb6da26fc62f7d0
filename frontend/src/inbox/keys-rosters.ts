/**
 * What a team's roster says about the people and teams that the server names, and what the next roster says. A key that
 * only the server names is never taken from here onto a roster: people compare it first.
 */
import type { Roster } from "../sealing/roster.ts";
import { followed, type TeamKey } from "../sealing/vouch.ts";
import type { KeysState } from "./state.ts";

/**
 * `in`: may open notes, by the key that was compared · `waiting`: made a key that nobody has compared · `none`: made none
 * yet · `remade`: let in once, with another key since, and locked out · `swapped`: let in, and the server names another
 * key, which no page of ours does.
 */
export type Standing = "in" | "waiting" | "none" | "remade" | "swapped";

/** `key`: as the server names it; "" when it names none. */
export interface Person {
  readonly id: number;
  readonly name: string;
  readonly key: string;
  readonly standing: Standing;
}

/** Everybody of the team who may work with referrals, as the server names them, held against the roster. */
export function people({ members }: Pick<KeysState, "members">, roster: Roster): readonly Person[] {
  return members.map(({ id, name, key, has_wrap }) => {
    const known = roster.members.find((one) => one.id === id)?.key;
    const standing = known === undefined ? (key ? "waiting" : "none") : compared(known, key, has_wrap);
    return { id, name, key: key ?? "", standing };
  });
}

function compared(known: string, key: string | null, hasWrap: boolean): Standing {
  if (known === key) return hasWrap ? "in" : "waiting";
  return hasWrap || !key ? "swapped" : "remade";
}

/**
 * `verified`: two people compared the key that is used · `followed`: a chain leads from there to a newer one ·
 * `broken`: none does · `new`: nobody has compared anything.
 */
export interface Partner {
  readonly team: number;
  readonly name: string;
  readonly organisation: string;
  readonly standing: "verified" | "followed" | "broken" | "new";
  /** The newest that the server names; to be compared, not to be believed. */
  readonly key: TeamKey;
}

/** Every other team with keys, held against the roster. */
export function partners({ partners: told }: Pick<KeysState, "partners">, roster: Roster): Promise<readonly Partner[]> {
  return Promise.all(
    told.map(async ({ history, ...names }) => {
      const known = roster.partners.find(({ team }) => team === names.team);
      const key = history.reduce((a, b) => (b.n > a.n ? b : a));
      if (!known) return { ...names, key, standing: "new" as const };
      const led = await followed(names.team, known, history);
      const standing = !led || led.broken ? "broken" : led.key.n === known.n ? "verified" : "followed";
      return { ...names, key, standing } as const;
    }),
  );
}

/** The next version. Who left is not on it: the server would rightly refuse it. */
export function next({ members }: Pick<KeysState, "members">, roster: Roster): Roster {
  const stays = roster.members.filter(({ id }) => members.some((one) => one.id === id));
  return { ...roster, version: roster.version + 1, members: stays };
}

/** With a member's key, in place of an earlier one. */
export function withMember(roster: Roster, id: number, key: string): Roster {
  return { ...without(roster, [id]), members: [...without(roster, [id]).members, { id, key }] };
}

/** Without these members. */
export function without(roster: Roster, ids: readonly number[]): Roster {
  return { ...roster, members: roster.members.filter(({ id }) => !ids.includes(id)) };
}

/** With another team's key, in place of an earlier one. */
export function withPartner(roster: Roster, team: number, { n, age_recipient, vouch_key }: TeamKey): Roster {
  const others = roster.partners.filter((one) => one.team !== team);
  return { ...roster, partners: [...others, { team, n, age_recipient, vouch_key }] };
}
