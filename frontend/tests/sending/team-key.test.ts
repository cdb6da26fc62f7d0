/** Which key a phone may seal to: what a link vouched for, and what follows it; never what only a server says. */
import { beforeAll, describe, expect, it, vi } from "vitest";

import { newKeyring, renewed, type Made } from "../../src/sealing/keyring.ts";
import type { TeamKey } from "../../src/sealing/vouch.ts";
import { isCut } from "../../src/sending/keyed.ts";
import { keyNow } from "../../src/sending/team-key.ts";
import { toldKeys } from "../../src/sending/told-team.ts";

const TEAM = 7;
let [first, second, third, planted]: Made[] = [];

beforeAll(async () => {
  first = await newKeyring();
  second = await renewed(TEAM, first.keyring);
  third = await renewed(TEAM, second.keyring);
  planted = await newKeyring();
});

const pair = ({ key: { age_recipient, vouch_key } }: Made) => ({ age_recipient, vouch_key });
const uses = (one: Made) => ({ usable_key: one.key.age_recipient, trusted: pair(one) });
/** As the server tells it: the last of these is the current one, unless another is named. */
const told = (history: readonly TeamKey[], named: Made | undefined = undefined) =>
  toldKeys({ id: TEAM, name: "T", ...(named ? pair(named) : (history.at(-1) ?? {})), keys: history });

describe("a key that was renewed", () => {
  it("is followed, over as many steps as there were, and trusted from then on", async () => {
    expect(await keyNow(uses(first!), told([first!.key]))).toEqual(uses(first!));
    expect(await keyNow(uses(first!), told([first!.key, second!.key, third!.key]))).toEqual(uses(third!));
  });

  it("is followed again after it could not be", async () => {
    const cut = await keyNow(uses(first!), told([first!.key, { ...second!.key, signature: "" }]));
    expect(isCut(cut)).toBe(true);
    expect(await keyNow(cut, told([first!.key, second!.key]))).toEqual(uses(second!));
  });
});

describe("nothing is sealed, and what was trusted is kept in mind, when", () => {
  it.each([
    ["the new key is not signed", () => told([first!.key, { ...second!.key, signature: "" }])],
    ["it is signed by somebody else", () => told([first!.key, { ...planted!.key, n: 2, signature: second!.key.signature }])],
    ["the history ends with one that is not signed, though the old one is named", () => told([first!.key, { ...second!.key, signature: "" }], first)],
    ["a step is left out", () => told([first!.key, third!.key])],
    ["one half was changed", () => told([first!.key, { ...second!.key, age_recipient: planted!.key.age_recipient }])],
    ["the history is of another team", () => ({ ...told([first!.key, second!.key]), id: "8" })],
    ["another key is named than the history ends with", () => told([first!.key, second!.key], planted)],
    ["only the half that opens is another", () => ({ ...told([first!.key]), age_recipient: planted!.key.age_recipient })],
    ["only the half that vouches is another", () => ({ ...told([first!.key]), vouch_key: planted!.key.vouch_key })],
    ["there is another key and no history", () => told([], planted)],
    ["there is no key any more", () => told([])],
    ["an entry of the history cannot be read", () => toldKeys({ ...told([]), ...pair(second!), keys: [first!.key, { n: "2" }] })],
  ])("%s", async (_, tells) => {
    const now = await keyNow(uses(first!), tells());
    expect(now).toEqual({ trusted: pair(first!) });
    expect(isCut(now)).toBe(true);
  });

  it("the server goes back to a key of before", async () => {
    expect(await keyNow(uses(second!), told([first!.key]))).toEqual({ trusted: pair(second!) });
    expect(await keyNow(uses(second!), told([first!.key, second!.key], first))).toEqual({ trusted: pair(second!) });
  });
});

it("a server that tells no history is believed as far as it names what was trusted", async () => {
  expect(await keyNow(uses(first!), told([], first))).toEqual(uses(first!));
});

it("a phone of before, which trusts no pair, keeps its key and follows nothing", async () => {
  const before = { usable_key: first!.key.age_recipient };
  expect(await keyNow(before, told([first!.key, second!.key]))).toEqual(before);
  expect(await keyNow({}, told([first!.key]))).toEqual({});
});

it("a browser without Ed25519 seals to what the link vouched for, and follows once it can", async () => {
  vi.spyOn(crypto.subtle, "importKey").mockRejectedValue(new DOMException("", "NotSupportedError"));
  const now = await keyNow(uses(first!), told([first!.key, second!.key]));
  expect(now).toEqual(uses(first!));
  vi.restoreAllMocks();
  expect(await keyNow(now, told([first!.key, second!.key]))).toEqual(uses(second!));
});
