/**
 * The team's unlocked keys on this page, and the team's roster as this browser believes it. Keys are put together from
 * two halves (sealing/halves.ts) on each page anew; nothing here may be exported or outlive the session.
 */
import { base64, fromBase64, hex, sha256 } from "../sealing/bytes.ts";
import type { Halved, TeamKeys } from "../sealing/halves.ts";
import { readRoster, type ReadRoster, type SignedRoster } from "../sealing/roster.ts";
import { forgetUnlocked, keepSeen, keepUnlocked, readPin, readSeen, readUnlocked } from "./memory.ts";
import { send, type KeysState } from "./state.ts";

/** Said on `document` once the words or a passkey have unlocked the team's keys: ask `unlockedTeam` then. */
export const UNLOCKED = "heed-unlocked";

/** The same keys while the page is open: a browser that keeps nothing can still work with them. */
let here: { readonly session: string; readonly wrap: string; readonly keys: TeamKeys } | undefined;

/** The team's keys if they are unlocked in this browser for this very session; otherwise nothing. */
export async function unlockedTeam(state: KeysState): Promise<TeamKeys | undefined> {
  const wrap = await wrapOf(state);
  if (here?.session === state.session && here.wrap === wrap) return here.keys;
  here = undefined;
  const kept = await readUnlocked();
  if (!kept) return undefined;
  const isOurs = kept.session === state.session && kept.team === state.team.id && kept.wrap === wrap;
  const keys = isOurs && state.half ? await joined(kept.halved, state.half) : undefined;
  // Another's half, one of a session that is over, or a keyring that was renewed since: of no use to anybody.
  if (keys) here = { session: state.session, wrap, keys };
  else await forgetUnlocked();
  return keys;
}

/** Takes up what was just unlocked: one half goes to the session, the other stays here. */
export async function takeUp(
  state: KeysState,
  halved: Halved,
  half: Uint8Array<ArrayBuffer>,
): Promise<TeamKeys> {
  const text = base64(half);
  const keys = await joined(halved, text);
  if (!keys) throw new TypeError("the halves do not belong together");
  const wrap = await wrapOf(state);
  here = { session: state.session, wrap, keys };
  // Without the server's half the other is noise, so it is not kept either: the page that is open has the keys.
  if ((await send("/keys/half", { half: text })) === "ok")
    await keepUnlocked({ halved, session: state.session, team: state.team.id, wrap });
  return keys;
}

/** `no-anchor`: this browser knows no key of the team that people compared, so it can judge no roster. */
export type Believed = ReadRoster | { readonly fault: "no-anchor" };

/** The roster of one's own team, from the unlocked key or else from what was compared in this browser. */
export async function trustedRoster(state: KeysState): Promise<Believed> {
  const anchor = (await unlockedTeam(state))?.vouch ?? (await readPin(state.team.id))?.vouch_key;
  if (!anchor) return { fault: "no-anchor" };
  return rosterFrom(state.team.id, state.roster ?? undefined, anchor);
}

/** A team's roster, held against what this browser saw of it before; a newer one is remembered. */
export async function rosterFrom(team: number, given: SignedRoster | undefined, anchor: string): Promise<ReadRoster> {
  const read = await readRoster(team, given, anchor, await readSeen(team));
  if ("seen" in read) await keepSeen(team, read.seen);
  return read;
}

async function joined(halved: Halved, half: string): Promise<TeamKeys | undefined> {
  // Loaded when there is something to open: what reads age files is large.
  const { rejoined } = await import("../sealing/halves.ts");
  return rejoined(halved, fromBase64(half)).catch(() => undefined);
}

async function wrapOf(state: KeysState): Promise<string> {
  return hex(await sha256(state.team_wrap ?? ""));
}
