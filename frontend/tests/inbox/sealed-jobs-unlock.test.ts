/** The worker's jobs of unlocking: what opens, what is said when it does not, and which keyring is believed. */
import { beforeAll, expect, test } from "vitest";

import { base64, fromBase64 } from "../../src/sealing/bytes.ts";
import { rejoined } from "../../src/sealing/halves.ts";
import { unwrapByPasskey, unwrapIdentity, wrapForPasskey, wrapIdentity } from "../../src/sealing/identities.ts";
import { newKeyring, renewed, sealKeyring } from "../../src/sealing/keyring.ts";
import { drill, opened, passkeyWrap, unlock } from "../../src/inbox/sealed-jobs-unlock.ts";
import type { Unlock, Unlocked, Work } from "../../src/inbox/sealed-work.ts";
import { desk, PRF, TEAM, type Desk } from "./desk.ts";

const WORDS = "alpha bread candy desert engine forest garden";
let made: Desk;
let wordsFile: string;
let bare: string;

beforeAll(async () => {
  made = await desk();
  const identity = { v: 2, secret: made.member.secret, anchor: made.team.key.vouch_key } as const;
  wordsFile = base64(await wrapIdentity(identity, WORDS));
  // As the first release left it: nothing in it says what people compared.
  bare = base64(await wrapForPasskey({ ...identity, anchor: "" }, PRF));
}, 60_000);

const request = (change: Partial<Unlock> = {}): Unlock => ({
  do: "unlock",
  opener: { prf: PRF, file: made.state.identity_wrapped! },
  teamWrap: made.state.team_wrap!,
  team: TEAM,
  history: made.state.history,
  pin: undefined,
  ...change,
});

async function vouchOf(work: Work<Unlocked>): Promise<string | undefined> {
  if (!("done" in work)) return undefined;
  const keys = await rejoined(work.done.halved, work.done.half);
  expect(keys.open.length).toBeGreaterThan(0);
  return keys.vouch;
}

test("a passkey's result or the words open; capitals, commas and spaces do not matter", { timeout: 60_000 }, async () => {
  expect(await vouchOf(await unlock(request()))).toBe(made.team.key.vouch_key);
  const typed = `  ${WORDS.replaceAll(" ", ",  ").toUpperCase()} `;
  expect(await vouchOf(await unlock(request({ opener: { words: typed, file: wordsFile } })))).toBe(made.team.key.vouch_key);
});

test("wrong words are said to be wrong; a damaged file never is", { timeout: 60_000 }, async () => {
  const wrong = WORDS.replace("garden", "garlic");
  expect(await unlock(request({ opener: { words: wrong, file: wordsFile } }))).toEqual({ trouble: "words" });
  expect(await opened({ words: WORDS, file: flipped(wordsFile) })).toEqual({ trouble: "damaged" });
  expect(await opened({ words: WORDS, file: base64(new Uint8Array(50)) })).toEqual({ trouble: "damaged" });
  expect(await opened({ prf: new Uint8Array(32), file: made.state.identity_wrapped! })).toEqual({ trouble: "damaged" });
  expect(await unlock(request({ teamWrap: flipped(made.state.team_wrap!) }))).toEqual({ trouble: "damaged" });
});

test("a keyring that the server sealed to the member's own key is not believed", async () => {
  const planted = await newKeyring();
  const teamWrap = base64(await sealKeyring(planted.keyring, made.member.recipient));
  const history = [{ ...planted.key, n: 1 }];
  const told = { trouble: "compare", broken: true, key: { age_recipient: planted.key.age_recipient, vouch_key: planted.key.vouch_key } };
  expect(await unlock(request({ teamWrap, history }))).toEqual(told);
  // Also not as "the next one": nothing that was compared signed it.
  expect(await unlock(request({ teamWrap, history: [made.team.key, { ...planted.key, n: 2 }] }))).toEqual(told);
  expect(await unlock(request({ teamWrap, history: [] }))).toEqual(told);
});

test("a renewed keyring is believed by its chain of signatures", async () => {
  const second = await renewed(TEAM, made.team.keyring);
  const third = await renewed(TEAM, second.keyring);
  const teamWrap = base64(await sealKeyring(third.keyring, made.member.recipient));
  const history = [third.key, made.team.key, second.key];
  expect(await vouchOf(await unlock(request({ teamWrap, history })))).toBe(third.key.vouch_key);
  expect(await unlock(request({ teamWrap, history: [made.team.key, third.key] }))).toMatchObject({ trouble: "compare" });
  // Another team's chain is not this one's.
  expect(await unlock(request({ teamWrap, history, team: 5 }))).toMatchObject({ trouble: "compare" });
});

test("where nothing was compared, people are asked; once they did, the pin counts", async () => {
  const opener = { prf: PRF, file: bare };
  expect(await unlock(request({ opener }))).toMatchObject({ trouble: "compare", broken: false });
  const work = await unlock(request({ opener, pin: made.team.key }));
  expect(await vouchOf(work)).toBe(made.team.key.vouch_key);
  const other = await newKeyring();
  expect(await unlock(request({ opener, pin: other.key }))).toMatchObject({ trouble: "compare", broken: true });
});

test("words that open a file of before come back with the key that was compared in it", { timeout: 60_000 }, async () => {
  const old = base64(await wrapIdentity({ v: 2, secret: made.member.secret, anchor: "" }, WORDS));
  const work = await unlock(request({ opener: { words: WORDS, file: old }, pin: made.team.key }));
  if (!("done" in work)) throw new Error(JSON.stringify(work));
  const identity = await unwrapIdentity(fromBase64(work.done.rewrapped!), WORDS);
  expect(identity).toEqual({ v: 2, secret: made.member.secret, anchor: made.team.key.vouch_key });
  expect(await unlock(request({ opener: { words: WORDS, file: wordsFile } }))).not.toHaveProperty("done.rewrapped");
});

test("a passkey is let in with the words, and opens the same identity", { timeout: 60_000 }, async () => {
  const prf = new Uint8Array(32).fill(3);
  const work = await passkeyWrap({ do: "passkeyWrap", opener: { words: WORDS, file: wordsFile }, prf });
  if (!("done" in work)) throw new Error(JSON.stringify(work));
  expect((await unwrapByPasskey(fromBase64(work.done), prf)).secret).toBe(made.member.secret);
});

test("the drill opens everything, and tells nothing but that", { timeout: 60_000 }, async () => {
  const ask = { do: "drill", opener: { words: WORDS, file: wordsFile }, teamWrap: made.state.team_wrap! } as const;
  expect(await drill(ask)).toEqual({ done: true });
  expect(await drill({ ...ask, teamWrap: base64(await sealKeyring(made.team.keyring, (await desk()).member.recipient)) })).toEqual({
    trouble: "damaged",
  });
  expect(await drill({ ...ask, opener: { words: `${WORDS} x`, file: wordsFile } })).toEqual({ trouble: "words" });
});

/** The last byte with one bit turned: the sealed text, not the header. */
function flipped(file: string): string {
  const bytes = fromBase64(file);
  bytes[bytes.length - 1]! ^= 1;
  return base64(bytes);
}
