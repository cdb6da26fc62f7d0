/** What a phone holds of a team's keys, and how two of them are compared. It decides nothing: team-key.ts does. */
import type { Trusted } from "../sealing/vouch.ts";

/** What a phone holds of a team's keys. `trusted` without `usable_key`: the key was changed and nothing vouches for it. */
export interface Keyed {
  readonly usable_key?: string;
  readonly trusted?: Trusted;
}

/** The key was changed, and nothing that this phone trusts vouches for the new one. */
export const isCut = ({ usable_key, trusted }: Keyed): boolean => trusted !== undefined && usable_key === undefined;

/** Only what says which key may be used. */
export const keysOf = ({ usable_key, trusted }: Keyed): Keyed => ({
  ...(usable_key !== undefined && { usable_key }),
  ...(trusted && { trusted }),
});

export const isSame = (one: Partial<Trusted> | undefined, other: Partial<Trusted> | undefined): boolean =>
  one?.age_recipient === other?.age_recipient && one?.vouch_key === other?.vouch_key;
