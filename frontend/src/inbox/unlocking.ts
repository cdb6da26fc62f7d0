/**
 * From the seven words or a passkey to unlocked keys: the steps that every place of the inbox shares. The words go to
 * the worker and nowhere else.
 */
import type { TeamKeys } from "../sealing/halves.ts";
import type { Trusted } from "../sealing/vouch.ts";
import { keepPin, readPin } from "./memory.ts";
import type { FromPasskey } from "./prf.ts";
import { unlock, type Opener } from "./sealed-work.ts";
import { send, type KeysState } from "./state.ts";
import { takeUp } from "./unlocked.ts";

/** Typed words, or what a passkey gave. */
export type Given = { readonly words: string } | FromPasskey;

/** `no-key`: this account has no key yet, or was not let in · `no-wrap`: this passkey was never let open anything. */
export type Problem = "no-key" | "no-wrap" | "words" | "damaged" | "failed";

export type Tried =
  | { readonly keys: TeamKeys }
  | { readonly problem: Problem }
  | {
      /** People have to compare this key before it is used: `compared` says that they did. */
      readonly compare: Trusted;
      readonly broken: boolean;
    };

/** Unlocks the team's keys in this browser, for this session. Never throws. */
export async function unlockWith(state: KeysState, given: Given): Promise<Tried> {
  const { id } = state.team;
  if (!state.identity_wrapped || !state.team_wrap) return { problem: "no-key" };
  const opener = openerOf(state, given);
  if (!opener) return { problem: "no-wrap" };
  const pin = await readPin(id);
  const work = await unlock({ opener, teamWrap: state.team_wrap, team: id, history: state.history, pin });
  if ("trouble" in work)
    return work.trouble === "compare" ? { compare: work.key, broken: work.broken } : { problem: work.trouble };
  const { halved, half, key, rewrapped } = work.done;
  try {
    const keys = await takeUp(state, halved, half);
    await keepPin(id, key);
    if (rewrapped) await send("/keys/words", { identity_wrapped: rewrapped });
    // Who types the words anyway has shown that they still open everything, and need not be asked.
    if ("words" in given && state.drill_due) await send("/keys/drill", { what: "words" });
    return { keys };
  } catch {
    return { problem: "failed" };
  }
}

/** Two people read the same words: from here on this browser believes in the key. */
export const compared = (state: KeysState, key: Trusted): Promise<void> => keepPin(state.team.id, key);

/** What opens the member's identity; undefined for a passkey that was never let open anything. */
export function openerOf(state: KeysState, given: Given): Opener | undefined {
  if ("words" in given) return { words: given.words, file: state.identity_wrapped! };
  const file = state.passkeys.find(({ credential_id }) => credential_id === given.credentialId)?.identity_wrap;
  return file ? { prf: given.prf, file } : undefined;
}
