/** A chain of keys: followed only where each is signed by the one before. Everything else an operator could write. */
import { beforeAll, describe, expect, test } from "vitest";

import { newKeyring, renewed, type Made } from "../../src/sealing/keyring.ts";
import { followed, isSigned, type TeamKey } from "../../src/sealing/vouch.ts";

const TEAM = 3;
let first: Made;
let second: Made;
let third: Made;
let stranger: Made;
let history: readonly TeamKey[];

beforeAll(async () => {
  first = await newKeyring();
  second = await renewed(TEAM, first.keyring);
  third = await renewed(TEAM, second.keyring);
  stranger = await renewed(TEAM, (await newKeyring()).keyring);
  history = [first.key, second.key, third.key];
});

const from = (one: Made, given: readonly TeamKey[], team = TEAM) => followed(team, one.key, given);

test("it is followed to its end, in whatever order the server tells it", async () => {
  expect(await from(first, [...history].reverse())).toEqual({ key: third.key, broken: false });
  expect(await from(third, history)).toEqual({ key: third.key, broken: false });
});

describe("what an operator could write", () => {
  test("a key that nothing vouches for is not taken, and is said", async () => {
    const planted = { ...stranger.key, n: 4 };
    expect(await from(first, [...history, planted])).toEqual({ key: third.key, broken: true });
    expect(await from(first, [...history, { ...planted, signature: "" }])).toEqual({ key: third.key, broken: true });
    expect(await from(first, [...history, { ...planted, signature: third.key.signature }])).toMatchObject({ broken: true });
  });

  test("a step left out, a number changed, another team's chain", async () => {
    expect(await from(first, [first.key, third.key])).toEqual({ key: first.key, broken: true });
    expect(await from(first, [first.key, { ...third.key, n: 2 }])).toEqual({ key: first.key, broken: true });
    expect(await from(first, history, TEAM + 1)).toEqual({ key: first.key, broken: true });
  });

  test("one half of a vouched key changed", async () => {
    const swapped = { ...second.key, age_recipient: stranger.key.age_recipient };
    expect(await from(first, [first.key, swapped])).toEqual({ key: first.key, broken: true });
  });

  test("a history without the key that is trusted leads nowhere", async () => {
    expect(await from(first, [second.key, third.key])).toBeUndefined();
    expect(await from(first, [{ ...first.key, age_recipient: stranger.key.age_recipient }])).toBeUndefined();
    expect(await from(first, [])).toBeUndefined();
  });
});

test.each(["", "!", "A".repeat(86), "ä"])("%j is no signature, and nothing throws", async (signature) => {
  expect(await isSigned(first.key.vouch_key, "text", signature)).toBe(false);
  expect(await isSigned(signature, "text", second.key.signature)).toBe(false);
});
