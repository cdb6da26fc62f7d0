/** A roster is taken with the team's signature, from an anchor that leads to it, and never an older one. */
import { beforeAll, describe, expect, test } from "vitest";

import { newKeyring, newest, renewed, signingKey, type Made } from "../../src/sealing/keyring.ts";
import { readRoster, signRoster, type Roster, type SignedRoster } from "../../src/sealing/roster.ts";

const TEAM = 5;
let first: Made;
let second: Made;
let stranger: Made;

const rosterOf = (version: number, keys: Roster["keys"], change: Partial<Roster> = {}): Roster => ({
  v: 1, team: TEAM, version, keys, members: [{ id: 1, key: "age1" }], recovery: "", partners: [], ...change,
});
const signedBy = async (made: Made, roster: Roster): Promise<SignedRoster> =>
  signRoster(roster, await signingKey(newest(made.keyring)));

beforeAll(async () => {
  first = await newKeyring();
  second = await renewed(TEAM, first.keyring);
  stranger = await newKeyring();
});

const read = (given: SignedRoster | undefined, anchor = first.key.vouch_key, before?: { version: number; sha256: string }) =>
  readRoster(TEAM, given, anchor, before);

test("it is read from every key that the newest is vouched for by", async () => {
  const roster = rosterOf(2, [first.key, second.key]);
  const given = await signedBy(second, roster);
  expect(await read(given)).toMatchObject({ roster, seen: { version: 2 } });
  expect(await read(given, second.key.vouch_key)).toMatchObject({ roster });
});

describe("forged", () => {
  test("changed after signing, in any letter", async () => {
    const given = await signedBy(first, rosterOf(1, [first.key]));
    for (const [old, now] of [['"id":1', '"id":2'], ["age1", "age2"], ['"version":1', '"version":2'], [":5", ":6"]] as const) {
      expect(await read({ ...given, body: given.body.replace(old, now) }), old).toEqual({ fault: "forged" });
    }
  });

  test("signed by a stranger, by a key of before, or for another team", async () => {
    expect(await read(await signedBy(stranger, rosterOf(1, [stranger.key])))).toEqual({ fault: "forged" });
    expect(await read(await signedBy(stranger, rosterOf(1, [first.key])))).toEqual({ fault: "forged" });
    expect(await read(await signedBy(first, rosterOf(2, [first.key, second.key])))).toEqual({ fault: "forged" });
    expect(await readRoster(6, await signedBy(first, rosterOf(1, [first.key])), first.key.vouch_key, undefined)).toEqual({ fault: "forged" });
  });

  test("a chain with a step that nothing vouches for", async () => {
    const planted = { ...stranger.key, n: 2 };
    expect(await read(await signedBy(stranger, rosterOf(2, [first.key, planted])))).toEqual({ fault: "forged" });
  });

  test.each(["", "{}", "null", "[]", '{"v":1,"keys":[],"members":[],"partners":[]}'])("no roster at all: %j", async (body) => {
    expect(await read({ body, signature: "" })).toEqual({ fault: "forged" });
  });
});

describe("older", () => {
  test("one from before, another of the same number, or none any more", async () => {
    const one = await signedBy(first, rosterOf(1, [first.key]));
    const two = await signedBy(first, rosterOf(2, [first.key]));
    const found = await read(two);
    if (!("seen" in found)) throw new Error("not read");
    expect(await read(one, first.key.vouch_key, found.seen)).toEqual({ fault: "older" });
    const other = await signedBy(first, rosterOf(2, [first.key], { recovery: "age1other" }));
    expect(await read(other, first.key.vouch_key, found.seen)).toEqual({ fault: "older" });
    expect(await read(undefined, first.key.vouch_key, found.seen)).toEqual({ fault: "older" });
    expect(await read(two, first.key.vouch_key, found.seen)).toMatchObject({ seen: found.seen });
  });

  test("a team that has none yet has none", async () => {
    expect(await read(undefined)).toEqual({ fault: "none" });
  });
});
