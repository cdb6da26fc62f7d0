/** The worker's jobs of the Keys page: what they seal, to whom, and what they refuse to sign. */
import { beforeAll, expect, test, vi } from "vitest";

import type { Begun, Fields } from "../../src/inbox/keys-work.ts";
import { admit, anew, begin, makeOwn, newSheet, reanchor, renewKey } from "../../src/inbox/sealed-jobs-keys.ts";
import { openSheet, recover } from "../../src/inbox/sealed-jobs-recovery.ts";
import type { Opener, Work } from "../../src/inbox/sealed-work.ts";
import { base64, fromBase64 } from "../../src/sealing/bytes.ts";
import { newIdentity, recipientOf, unwrapIdentity, wrapForPasskey, type MemberIdentity } from "../../src/sealing/identities.ts";
import { newKeyring, newest, openKeyring, sealKeyring, vouchKeyOf } from "../../src/sealing/keyring.ts";
import { readRoster, type Roster } from "../../src/sealing/roster.ts";

// Words are stretched on purpose. Where words are not the matter, a passkey opens, which is quick.
vi.setConfig({ testTimeout: 60_000 });

const TEAM = 3;
let made: Begun;
let identity: MemberIdentity;
let roster: Roster;
let opening: { opener: Opener; teamWrap: string };

beforeAll(async () => {
  made = done(await begin({ team: TEAM, member: 1, after: 0, version: 1 }));
  roster = await rosterIn(made.team, made.key.vouch_key);
  identity = await unwrapIdentity(fromBase64(made.identity.identity_wrapped!), made.passphrase);
  const prf = crypto.getRandomValues(new Uint8Array(32));
  const opener = { prf, file: base64(await wrapForPasskey(identity, prf)) };
  opening = { opener, teamWrap: made.team.team_wrap! };
}, 60_000);

function done<T>(work: Work<T>): T {
  if ("trouble" in work) throw new Error(work.trouble);
  return work.done;
}

async function rosterIn(fields: Fields, anchor: string): Promise<Roster> {
  const given = { body: fields.roster_body!, signature: fields.roster_signature! };
  const read = await readRoster(TEAM, given, anchor, undefined);
  if ("fault" in read) throw new Error(read.fault);
  return read.roster;
}

test("first keys: the words open the maker's key, which opens the keyring, and the sheet does too", async () => {
  expect(identity.anchor).toBe(made.key.vouch_key);
  expect(await recipientOf(identity.secret)).toBe(made.identity.identity_recipient);
  const keyring = await openKeyring(fromBase64(made.team.team_wrap!), identity.secret);
  expect(await openKeyring(fromBase64(made.team.recovery_file!), made.sheet.secret)).toEqual(keyring);
  expect(roster).toMatchObject({ version: 1, members: [{ id: 1, key: made.identity.identity_recipient }], partners: [] });
  expect(roster.recovery).toBe(await recipientOf(made.sheet.secret));
  const sent = JSON.stringify([made.identity, made.team]);
  for (const secret of [made.passphrase, made.sheet.secret, identity.secret, newest(keyring).x25519, newest(keyring).ed25519])
    expect(sent).not.toContain(secret);
});

test("keys after a lost one begin a chain of their own", async () => {
  const again = done(await begin({ team: TEAM, member: 1, after: 4, version: 9 }));
  expect(again.key).toMatchObject({ n: 5, signature: "" });
  expect(again.team).toMatchObject({ lost: "1", n: "5", signature: "", age_recipient: again.key.age_recipient });
  expect(Object.keys(JSON.parse(again.team.wraps!) as object)).toEqual(["1"]);
  expect((await rosterIn(again.team, again.key.vouch_key)).version).toBe(9);
});

test("a colleague's file is sealed to the key on the roster, which the team signs", async () => {
  const colleague = await newIdentity();
  const after = { ...roster, version: 2, members: [...roster.members, { id: 2, key: colleague.recipient }] };
  const fields = done(await admit({ ...opening, roster: after, member: 2 }));
  expect(fields).toMatchObject({ member_id: "2", key: colleague.recipient });
  expect(newest(await openKeyring(fromBase64(fields.team_wrap!), colleague.secret)).n).toBe(1);
  expect(await rosterIn(fields, made.key.vouch_key)).toEqual(after);
});

test("a roster of another key than the keyring's newest is not signed", async () => {
  const other = (await newKeyring()).key;
  const strange = { ...roster, keys: [other] };
  expect(await admit({ ...opening, roster: strange, member: 1 })).toEqual({ trouble: "damaged" });
  expect(await renewKey({ ...opening, roster: strange })).toEqual({ trouble: "damaged" });
  expect(await newSheet({ ...opening, roster: strange })).toEqual({ trouble: "damaged" });
  const job = { ...opening, team: TEAM, member: 1, versions: [1] };
  expect(await anew({ ...job, history: [made.key, { ...other, n: 2 }] })).toEqual({ trouble: "damaged" });
});

test("renewing seals to everybody on the roster and to the sheet, and the old key vouches", async () => {
  const colleague = await newIdentity();
  const members = [...roster.members, { id: 2, key: colleague.recipient }];
  const { fields, key } = done(await renewKey({ ...opening, roster: { ...roster, version: 2, members } }));
  const wraps = JSON.parse(fields.wraps!) as Record<string, string>;
  expect(Object.keys(wraps)).toEqual(["1", "2"]);
  const keyring = await openKeyring(fromBase64(wraps[2]!), colleague.secret);
  expect(keyring.keys.map(({ n }) => n)).toEqual([1, 2]);
  expect(await openKeyring(fromBase64(fields.recovery_file!), made.sheet.secret)).toEqual(keyring);
  // From the first key, as every member, phone and partner knows it, to the new one.
  const after = await rosterIn(fields, made.key.vouch_key);
  expect(after.keys.map(({ n }) => n)).toEqual([1, 2]);
  expect(after.keys[1]).toEqual(key);
});

test("the sheet opens the keyring after a renewal and says the words of the first key", async () => {
  const { fields, key } = done(await renewKey({ ...opening, roster: { ...roster, version: 2 } }));
  const sheet = { secret: made.sheet.secret, file: fields.recovery_file!, team: TEAM, history: [made.key, key] };
  const opened = done(await openSheet(sheet));
  expect(opened).toEqual({ words: made.sheet.words, recipient: roster.recovery, vouch: key.vouch_key });
  const given = { body: fields.roster_body!, signature: fields.roster_signature! };
  const again = done(await recover({ ...sheet, member: 5, active: [5], roster: given, next: 3 }));
  const after = await rosterIn(again.fields, made.key.vouch_key);
  // Who left is not taken along.
  expect(after).toMatchObject({ version: 3, members: [{ id: 5, key: again.fields.identity_recipient }] });
  expect(again).toMatchObject({ isAnew: false, key });
  const own = await unwrapIdentity(fromBase64(again.fields.identity_wrapped!), again.passphrase);
  expect(own.anchor).toBe(key.vouch_key);
  expect((await openKeyring(fromBase64(again.fields.team_wrap!), own.secret)).keys).toHaveLength(2);
  // A roster that the team did not sign is begun again with nobody of it on it.
  const forged = { ...given, body: given.body.replace('"version":2', '"version":7') };
  const alone = done(await recover({ ...sheet, member: 5, active: [1, 5], roster: forged, next: 8 }));
  expect(alone.isAnew).toBe(true);
  expect((await rosterIn(alone.fields, key.vouch_key)).members.map(({ id }) => id)).toEqual([5]);
});

test("a sheet that is another's, and a keyring that no chain of the team leads to, open nothing", async () => {
  const job = { file: made.team.recovery_file!, team: TEAM, history: [made.key] };
  expect(await openSheet({ ...job, secret: (await newIdentity()).secret })).toEqual({ trouble: "words" });
  const other = (await newKeyring()).keyring;
  const file = base64(await sealKeyring(other, roster.recovery));
  expect(await openSheet({ ...job, file, secret: made.sheet.secret })).toEqual({ trouble: "damaged" });
  // A newer key in the history than in the keyring: the file is an old one.
  const later = { n: 2, age_recipient: roster.recovery, vouch_key: await vouchKeyOf(newest(other)), signature: "" };
  const old = { ...job, secret: made.sheet.secret, history: [made.key, later] };
  expect(await openSheet(old)).toEqual({ trouble: "damaged" });
});

test("a new sheet and a list begun again never name a recovery key of the server's", async () => {
  const another = done(await newSheet({ ...opening, roster: { ...roster, version: 2 } }));
  expect((await rosterIn(another.fields, made.key.vouch_key)).recovery).toBe(await recipientOf(another.sheet.secret));
  expect(another.fields.recovery_recipient).toBe(await recipientOf(another.sheet.secret));
  const list = done(await anew({ ...opening, team: TEAM, member: 1, history: [made.key], versions: [2, 3] }));
  const last = await rosterIn(list.forms[1]!, made.key.vouch_key);
  expect(last).toMatchObject({ version: 3, members: roster.members, recovery: await recipientOf(list.sheet.secret) });
});

test("a later member's key, and the same key with another anchor under the same words", async () => {
  const own = done(await makeOwn({ anchor: "first" }));
  const job = { words: ` ${own.passphrase.toUpperCase()} `, file: own.fields.identity_wrapped!, anchor: "second" };
  const again = done(await reanchor(job));
  expect(again.key).toBe(own.fields.identity_recipient);
  const bound = await unwrapIdentity(fromBase64(again.fields.identity_wrapped!), own.passphrase);
  expect(bound.anchor).toBe("second");
  expect(await reanchor({ ...job, words: "not these" })).toEqual({ trouble: "words" });
});
