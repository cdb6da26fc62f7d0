/** A team, one member and what the server would tell their browser, for tests of unlocking. */
import type { KeysState } from "../../src/inbox/state.ts";
import { base64 } from "../../src/sealing/bytes.ts";
import { newIdentity, wrapForPasskey, type Identity } from "../../src/sealing/identities.ts";
import { newKeyring, sealKeyring, type Made } from "../../src/sealing/keyring.ts";

export const PRF = new Uint8Array(32).fill(7);
export const TEAM = 4;

export interface Desk {
  readonly member: Identity;
  readonly team: Made;
  readonly state: KeysState;
}

/** The member's identity is wrapped for a passkey only: scrypt with the words' factor would make the tests slow. */
export async function desk(change: Partial<KeysState> = {}, anchor?: string): Promise<Desk> {
  const [member, team] = await Promise.all([newIdentity(), newKeyring()]);
  const identity = { v: 2, secret: member.secret, anchor: anchor ?? team.key.vouch_key } as const;
  const wrap = base64(await wrapForPasskey(identity, PRF));
  const state: KeysState = {
    csrf: "proof",
    session: "first session",
    team: { id: TEAM, name: "Clyde", age_recipient: team.key.age_recipient, vouch_key: team.key.vouch_key },
    member: { id: 9, key: member.recipient, drilled_at: null },
    identity_wrapped: wrap,
    passkeys: [{ id: 1, credential_id: "aWQ", identity_wrap: wrap }],
    team_wrap: base64(await sealKeyring(team.keyring, member.recipient)),
    half: null,
    history: [team.key],
    roster: null,
    recovery: null,
    members: [],
    gone: [],
    drill_due: false,
    partners: [],
    ...change,
  };
  return { member, team, state };
}
