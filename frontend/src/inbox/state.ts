/**
 * What the server tells this browser about keys, and how a script sends it something. Everything told here is a claim:
 * only what is signed or was compared by people is believed (unlocked.ts). No secret may pass through here.
 */
import type { SignedRoster } from "../sealing/roster.ts";
import type { TeamKey } from "../sealing/vouch.ts";

/** Another team of this server, with its keys as the server tells them. */
export interface PartnerState {
  readonly team: number;
  readonly name: string;
  readonly organisation: string;
  readonly history: readonly TeamKey[];
}

/** Files and the half are base64. `session` names the sign-in that all of this was told to. */
export interface KeysState {
  readonly csrf: string;
  readonly session: string;
  readonly team: {
    readonly id: number;
    readonly name: string;
    readonly age_recipient: string | null;
    readonly vouch_key: string | null;
  };
  readonly member: { readonly id: number; readonly key: string | null; readonly drilled_at: string | null };
  readonly identity_wrapped: string | null;
  readonly passkeys: readonly {
    readonly id: number;
    readonly credential_id: string;
    readonly identity_wrap: string | null;
  }[];
  readonly team_wrap: string | null;
  readonly half: string | null;
  readonly history: readonly TeamKey[];
  readonly roster: SignedRoster | null;
  readonly recovery: {
    readonly recipient: string;
    readonly file: string;
    readonly checked_at: string | null;
  } | null;
  readonly members: readonly {
    readonly id: number;
    readonly name: string;
    readonly key: string | null;
    readonly has_wrap: boolean;
  }[];
  /** Who stood on a roster of the current key and is of the team no more. */
  readonly gone: readonly { readonly id: number; readonly name: string }[];
  /** Whether it is time to show that the words still open something. */
  readonly drill_due: boolean;
  readonly partners: readonly PartnerState[];
}

/** `over`: nobody is signed in any more · `refused`: this account may not, or there is none · `away`: no answer came. */
export type NoAnswer = "over" | "refused" | "away";

/** The server gave no answer that can be used. */
export class NotAnswered extends Error {
  override name = "NotAnswered";
  readonly why: NoAnswer;

  constructor(why: NoAnswer) {
    super(why);
    this.why = why;
  }
}

/** `stale`: somebody else was quicker, ask for the state again · `expired`: the session or the page is over. */
export type Sent = "ok" | "stale" | "refused" | "expired" | "failed";

const ANSWER_MS = 20_000;

/** The proof that what is sent comes from a page of this session; each state brings it anew. */
let csrf = "";

/** The keys as the server tells them now. @throws NotAnswered */
export async function keysState(): Promise<KeysState> {
  const state = (await (await fetched("/keys/state")).json()) as KeysState;
  csrf = state.csrf;
  return state;
}

let first: Promise<KeysState> | undefined;

/** The same for all parts of a page that begins, in one request. @throws NotAnswered */
export function stateAtStart(): Promise<KeysState> {
  first ??= keysState();
  return first;
}

/** Something of this host, for a script. @throws NotAnswered, also for an answer that did not come in time. */
export async function fetched(url: string): Promise<Response> {
  const answer = await asked(url, { headers: { Accept: "application/json, */*;q=0.5" } });
  if (!answer) throw new NotAnswered("away");
  if (answer.status === 401) throw new NotAnswered("over");
  if (answer.status >= 500) throw new NotAnswered("away");
  if (!answer.ok) throw new NotAnswered("refused");
  return answer;
}

/** Sends a form, and says how it went. Never throws. */
export async function send(path: string, fields: Readonly<Record<string, string>>): Promise<Sent> {
  if (!csrf && !(await keysState().catch(() => undefined))) return "failed";
  const answer = await asked(path, {
    method: "POST",
    body: new URLSearchParams({ ...fields, csrf_token: csrf }),
    headers: { Accept: "application/json" },
  });
  if (!answer) return "failed";
  if (answer.ok) return "ok";
  return SAID[answer.status] ?? "failed";
}

const SAID: Readonly<Record<number, Sent>> = {
  400: "expired",
  401: "expired",
  403: "refused",
  409: "stale",
  422: "refused",
};

/** The answer, or nothing when none came in time. A redirection is none: a script cannot follow to a page. */
async function asked(url: string, how: RequestInit): Promise<Response | undefined> {
  try {
    return await fetch(url, { ...how, signal: AbortSignal.timeout(ANSWER_MS), redirect: "error" });
  } catch {
    return undefined;
  }
}
