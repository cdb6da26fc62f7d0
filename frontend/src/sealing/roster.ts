/**
 * A team's signed list of the keys it believes in. Browsers wrap, rotate and pass on only to keys on a roster that
 * verifies and is not older than the last they saw; a key that is only in the database is never used.
 */
import { canonicalJson } from "../screening/canonical.ts";
import { hex, sha256 } from "./bytes.ts";
import { followed, isSigned, signed, type TeamKey, type Trusted } from "./vouch.ts";

/** Numbers are the server's; keys are age recipients (age1…). `recovery` is "" while there is none. */
export interface Roster {
  readonly v: 1;
  readonly team: number;
  readonly version: number;
  /** The team's own keys, the oldest first; the last signs this roster. */
  readonly keys: readonly TeamKey[];
  readonly members: readonly { readonly id: number; readonly key: string }[];
  readonly recovery: string;
  /** Other teams' keys as they were when two people compared them; newer ones follow by their chain. */
  readonly partners: readonly ({ readonly team: number; readonly n: number } & Trusted)[];
}

/** As it is kept and sent: the exact text that was signed. */
export interface SignedRoster {
  readonly body: string;
  readonly signature: string;
}

/** The last roster of a team that this browser saw. */
export interface Seen {
  readonly version: number;
  readonly sha256: string;
}

/**
 * `none`: there is no roster · `forged`: it is not signed by a key that the anchor leads to · `older`: the server shows
 * an older one than this browser saw before, or another of the same number.
 */
export type RosterFault = "none" | "forged" | "older";

export type ReadRoster = { readonly roster: Roster; readonly seen: Seen } | { readonly fault: RosterFault };

const LABEL = "heed roster v1\n";

/** Signs a roster. @param key the newest private key that signs. */
export async function signRoster(roster: Roster, key: CryptoKey): Promise<SignedRoster> {
  const body = canonicalJson(roster);
  return { body, signature: await signed(key, LABEL + body) };
}

/**
 * Reads what the server gives as a team's roster.
 *
 * @param anchor a vouching key that is known to be (or to have been) the team's.
 * @param before what this browser saw last; undefined when it never saw one.
 */
export async function readRoster(
  team: number,
  given: SignedRoster | undefined,
  anchor: string,
  before: Seen | undefined,
): Promise<ReadRoster> {
  if (!given) return { fault: before ? "older" : "none" };
  const roster = parsed(given.body);
  const trusted = roster?.keys.find(({ vouch_key }) => vouch_key === anchor);
  if (!roster || roster.team !== team || !trusted) return { fault: "forged" };
  const now = await followed(team, trusted, roster.keys);
  if (!now || now.broken || !(await isSigned(now.key.vouch_key, LABEL + given.body, given.signature)))
    return { fault: "forged" };
  const seen = { version: roster.version, sha256: hex(await sha256(given.body)) };
  const isOlder = before && (seen.version < before.version || (seen.version === before.version && seen.sha256 !== before.sha256));
  return isOlder ? { fault: "older" } : { roster, seen };
}

/** The team's key that is used now, as its roster has it. */
export const currentKey = ({ keys }: Roster): TeamKey => keys.at(-1)!;

function parsed(body: string): Roster | undefined {
  try {
    const found = JSON.parse(body) as Roster;
    const lists = [found.keys, found.members, found.partners];
    return found.v === 1 && lists.every(Array.isArray) && found.keys.length ? found : undefined;
  } catch {
    return undefined;
  }
}
