/**
 * The worker's jobs of the Keys page: making keys, letting in, renewing. What they are told of others' keys was compared
 * by people or stands on a roster that holds; they must never seal to anything else.
 */
import { base64 } from "../sealing/bytes.ts";
import { teamWords } from "../sealing/compare.ts";
import { halved, newHalf } from "../sealing/halves.ts";
import { newIdentity, recipientOf, wrapIdentity, type Identity } from "../sealing/identities.ts";
import { newest, newKeyring, renewed, sealKeyring, signingKey, vouchKeyOf, type Keyring } from "../sealing/keyring.ts";
import { newPassphrase, tidied } from "../sealing/passphrase.ts";
import { currentKey, signRoster, type Roster } from "../sealing/roster.ts";
import type { TeamKey } from "../sealing/vouch.ts";
import type * as Keys from "./keys-work.ts";
import { opened, openedKeyring } from "./sealed-jobs-unlock.ts";
import type { Opener, Work } from "./sealed-work.ts";

/** A team's keys from nothing: its first, or those after a key that was lost. */
export async function begin({ team, member, after, version }: Keys.Begin): Promise<Work<Keys.Begun>> {
  const passphrase = newPassphrase();
  const [own, paper, { keyring, key }] = await Promise.all([newIdentity(), newIdentity(), newKeyring(after)]);
  const members = [{ id: member, key: own.recipient }];
  const roster: Roster = { v: 1, team, version, keys: [key], members, recovery: paper.recipient, partners: [] };
  const wrap = await sealed(keyring, own.recipient);
  return {
    done: {
      passphrase,
      sheet: { secret: paper.secret, words: await teamWords(key.age_recipient, key.vouch_key) },
      key,
      identity: await identityFields(own, key.vouch_key, passphrase),
      team: {
        n: String(key.n),
        // The first keys and later ones are sent in forms of their own, which name the same things differently.
        ...(after
          ? { age_recipient: key.age_recipient, signature: "", lost: "1", wraps: JSON.stringify({ [member]: wrap }) }
          : { team_recipient: key.age_recipient, team_wrap: wrap }),
        vouch_key: key.vouch_key,
        recovery_recipient: paper.recipient,
        recovery_file: await sealed(keyring, paper.recipient),
        ...(await rosterFields(roster, keyring)),
      },
      halves: await halves(keyring),
    },
  };
}

/** A later member's own key. */
export async function makeOwn({ anchor }: Keys.MakeOwn): Promise<Work<Keys.MadeOwn>> {
  const passphrase = newPassphrase();
  return { done: { passphrase, fields: await identityFields(await newIdentity(), anchor, passphrase) } };
}

/** The same key, bound to what the team's vouching key is now. What passkeys open still holds the old one: it goes. */
export async function reanchor({ words, file, anchor }: Keys.Reanchor): ReturnType<typeof Keys.reanchor> {
  const identity = await opened({ words, file });
  if ("trouble" in identity) return identity;
  const wrapped = await wrapIdentity({ ...identity.done, anchor }, tidied(words));
  const fields = { identity_wrapped: base64(wrapped), drop_passkeys: "1" };
  return { done: { key: await recipientOf(identity.done.secret), fields } };
}

/** Seals the keyring to a colleague whose key was compared. */
export async function admit({ opener, teamWrap, roster, member }: Keys.Admit): Promise<Work<Keys.Fields>> {
  const found = await keyringOf(opener, teamWrap, roster);
  if ("trouble" in found) return found;
  const { key } = roster.members.find(({ id }) => id === member)!;
  const fields = { member_id: String(member), key, team_wrap: await sealed(found.done, key) };
  return { done: { ...fields, ...(await rosterFields(roster, found.done)) } };
}

/** The next key, sealed to everybody on the roster and to the recovery sheet, and vouched for by the key before. */
export async function renewKey({ opener, teamWrap, roster }: Keys.Renew): Promise<Work<Keys.Renewed>> {
  const found = await keyringOf(opener, teamWrap, roster);
  if ("trouble" in found) return found;
  const { keyring, key } = await renewed(roster.team, found.done);
  const next: Roster = { ...roster, keys: [...roster.keys, key] };
  const wraps: Record<string, string> = {};
  for (const { id, key: to } of next.members) wraps[id] = await sealed(keyring, to);
  const fields = {
    n: String(key.n),
    age_recipient: key.age_recipient,
    vouch_key: key.vouch_key,
    signature: key.signature,
    wraps: JSON.stringify(wraps),
    ...(next.recovery && { recovery_file: await sealed(keyring, next.recovery) }),
    ...(await rosterFields(next, keyring)),
  };
  return { done: { fields, key, halves: await halves(keyring) } };
}

/** Another recovery sheet; the one of before opens nothing that is stored from then on. */
export async function newSheet({ opener, teamWrap, roster }: Keys.NewSheet): Promise<Work<Keys.MadeSheet>> {
  const found = await keyringOf(opener, teamWrap, roster);
  if ("trouble" in found) return found;
  const { secret, recipient } = await newIdentity();
  const next: Roster = { ...roster, recovery: recipient };
  const fields = { recovery_recipient: recipient, recovery_file: await sealed(found.done, recipient) };
  const words = await firstWords(found.done);
  return { done: { sheet: { secret, words }, fields: { ...fields, ...(await rosterFields(next, found.done)) } } };
}

/** A list begun anew, with nobody on it but its maker, and another sheet: what the server names as one was not compared. */
export async function anew(job: Keys.Anew): Promise<Work<Keys.MadeAnew>> {
  const found = await openedKeyring(job.opener, job.teamWrap);
  if ("trouble" in found) return found;
  const { identity, keyring } = found.done;
  const keys = sinceUnsigned(job.history);
  if (!(await isNewest(keyring, keys.at(-1)))) return { trouble: "damaged" };
  const members = [{ id: job.member, key: await recipientOf(identity.secret) }];
  const { secret, recipient } = await newIdentity();
  const recovery = { recovery_recipient: recipient, recovery_file: await sealed(keyring, recipient) };
  const roster = { v: 1, team: job.team, keys, members, recovery: recipient, partners: [] } as const;
  const forms = job.versions.map(async (version) => ({
    ...recovery,
    ...(await rosterFields({ ...roster, version }, keyring)),
  }));
  return { done: { sheet: { secret, words: await firstWords(keyring) }, forms: await Promise.all(forms) } };
}

/** A team's keys from the last one that nothing vouches for: the chain that its roster tells. */
export function sinceUnsigned(history: readonly TeamKey[]): readonly TeamKey[] {
  return history.slice(history.findLastIndex(({ signature }) => !signature));
}

/** Whether this public key is the keyring's newest: a roster of another could not be signed. */
export async function isNewest(keyring: Keyring, key: TeamKey | undefined): Promise<boolean> {
  return key !== undefined && (await vouchKeyOf(newest(keyring))) === key.vouch_key;
}

/** The keyring that the roster is of. */
async function keyringOf(opener: Opener, teamWrap: string, roster: Roster): Promise<Work<Keyring>> {
  const found = await openedKeyring(opener, teamWrap);
  if ("trouble" in found) return found;
  const { keyring } = found.done;
  return (await isNewest(keyring, currentKey(roster))) ? { done: keyring } : { trouble: "damaged" };
}

/** What the forms call a member's key. */
export async function identityFields(own: Identity, anchor: string, passphrase: string): Promise<Keys.Fields> {
  const file = await wrapIdentity({ v: 2, secret: own.secret, anchor }, passphrase);
  return { identity_recipient: own.recipient, identity_wrapped: base64(file) };
}

/** What the forms call a roster. */
export async function rosterFields(roster: Roster, keyring: Keyring): Promise<Keys.Fields> {
  const { body, signature } = await signRoster(roster, await signingKey(newest(keyring)));
  return { roster_body: body, roster_signature: signature };
}

/** Six words of the oldest key that the keyring holds: every recovery sheet of the team says them. */
export async function firstWords({ keys: [first] }: Keyring): Promise<readonly string[]> {
  return teamWords(await recipientOf(first!.x25519), await vouchKeyOf(first!));
}

export async function halves(keyring: Keyring): Promise<Keys.Halves> {
  const half = newHalf();
  return { halved: await halved(keyring, half), half };
}

/** The keyring as a file, base64. */
export async function sealed(keyring: Keyring, recipient: string): Promise<string> {
  return base64(await sealKeyring(keyring, recipient));
}

