/**
 * The worker's jobs with a recovery sheet. Anybody can seal a keyring to its public half, the server too: a person holds
 * six words against the paper before anything is made of what the file holds.
 */
import { fromBase64 } from "../sealing/bytes.ts";
import { newIdentity, recipientOf } from "../sealing/identities.ts";
import { newest, openKeyring, vouchKeyOf, type Keyring } from "../sealing/keyring.ts";
import { newPassphrase } from "../sealing/passphrase.ts";
import { readRoster, type Roster } from "../sealing/roster.ts";
import { followed, type TeamKey } from "../sealing/vouch.ts";
import type * as Keys from "./keys-work.ts";
import { firstWords, halves, identityFields, rosterFields, sealed, sinceUnsigned } from "./sealed-jobs-keys.ts";
import type { Work } from "./sealed-work.ts";

/** What the sheet opens, in public halves. */
export async function openSheet(job: Keys.OpenSheet): Promise<Work<Keys.OpenedSheet>> {
  const found = await fromSheet(job);
  if ("trouble" in found) return found;
  const { keyring } = found.done;
  const vouch = await vouchKeyOf(newest(keyring));
  return { done: { words: await firstWords(keyring), recipient: await recipientOf(job.secret), vouch } };
}

/** A new key of a member's own, made a member's of the team by the sheet. */
export async function recover(job: Keys.Recover): Promise<Work<Keys.Recovered>> {
  const found = await fromSheet(job);
  if ("trouble" in found) return found;
  const { keyring, key } = found.done;
  const [own, recovery] = [await newIdentity(), await recipientOf(job.secret)];
  // This browser may have seen no roster before; the first key, which the paper vouches for, leads to the newest.
  const read = await readRoster(job.team, job.roster ?? undefined, key.vouch_key, undefined);
  const isAnew = !("roster" in read);
  const base: Roster = isAnew
    ? { v: 1, team: job.team, version: job.next, keys: sinceUnsigned(job.history), members: [], recovery, partners: [] }
    : { ...read.roster, version: read.roster.version + 1 };
  const others = base.members.filter(({ id }) => id !== job.member && job.active.includes(id));
  const roster = { ...base, members: [...others, { id: job.member, key: own.recipient }] };
  const passphrase = newPassphrase();
  const fields = {
    ...(await identityFields(own, key.vouch_key, passphrase)),
    team_wrap: await sealed(keyring, own.recipient),
    used_recovery: "1",
    ...(await rosterFields(roster, keyring)),
  };
  return { done: { passphrase, fields, key, halves: await halves(keyring), isAnew } };
}

/** The keyring, and its newest key as the team's history has it: an unbroken chain leads to it from the first. */
async function fromSheet(job: Keys.OpenSheet): Promise<Work<{ keyring: Keyring; key: TeamKey }>> {
  try {
    const keyring = await openKeyring(fromBase64(job.file), job.secret);
    const first = keyring.keys[0]!;
    const trusted = { age_recipient: await recipientOf(first.x25519), vouch_key: await vouchKeyOf(first) };
    const led = await followed(job.team, trusted, job.history);
    const isWhole = led && !led.broken && led.key.vouch_key === (await vouchKeyOf(newest(keyring)));
    return isWhole ? { done: { keyring, key: led.key } } : { trouble: "damaged" };
  } catch {
    return { trouble: "words" };
  }
}
