/** Unlocked keys: what lies in the browser opens nothing without the session's half, and goes with the session. */
import "fake-indexeddb/auto";
import { beforeEach, expect, test, vi } from "vitest";

import { base64, fromBase64url } from "../../src/sealing/bytes.ts";
import { halved, newHalf, rejoined } from "../../src/sealing/halves.ts";
import { secretText } from "../../src/sealing/identities.ts";
import { newest, renewed, sealKeyring, signingKey } from "../../src/sealing/keyring.ts";
import { signRoster, type Roster } from "../../src/sealing/roster.ts";
import { openWith, sealTo } from "../../src/sealing/seal.ts";
import { keepPin, readSeen, readUnlocked } from "../../src/inbox/memory.ts";
import { desk, TEAM, type Desk } from "./desk.ts";

type Unlocked = typeof import("../../src/inbox/unlocked.ts");
const posts: { path: string; fields: URLSearchParams }[] = [];
let answers = 200;

beforeEach(() => {
  posts.length = 0;
  answers = 200;
  vi.stubGlobal("fetch", async (path: string, how?: RequestInit) => {
    if (how?.method !== "POST") return Response.json({ csrf: "proof" });
    posts.push({ path, fields: how.body as URLSearchParams });
    return new Response("{}", { status: answers });
  });
});

/** Another page of the same browser: nothing of the page before is in its memory. */
async function newPage(): Promise<Unlocked> {
  vi.resetModules();
  return import("../../src/inbox/unlocked.ts");
}

async function unlockedDesk(): Promise<Desk & { half: string }> {
  const made = await desk();
  const half = newHalf();
  const page = await newPage();
  await page.takeUp(made.state, await halved(made.team.keyring, half), half);
  return { ...made, half: base64(half) };
}

test("the next page has the keys with the session's half, and opens with them what the team was sent", async () => {
  const { state, team, half } = await unlockedDesk();
  expect(posts.map(({ path, fields }) => [path, fields.get("half"), fields.get("csrf_token")])).toEqual([
    ["/keys/half", half, "proof"],
  ]);
  const keys = await (await newPage()).unlockedTeam({ ...state, half });
  const file = await sealTo(team.key.age_recipient, new Uint8Array([1, 2, 3]));
  expect([...(await openWith(keys!.open, file))]).toEqual([1, 2, 3]);
  expect(keys!.vouch).toBe(team.key.vouch_key);
  await expect(crypto.subtle.exportKey("pkcs8", keys!.open[0]!)).rejects.toThrow();
  await expect(crypto.subtle.exportKey("pkcs8", keys!.sign)).rejects.toThrow();
});

test.each([
  ["without the session's half", (half: string) => ({ half: null, _: half })],
  ["with another half", () => ({ half: base64(newHalf()) })],
  ["in another session", (half: string) => ({ half, session: "second session" })],
  ["for another team", (half: string) => ({ half, team: { id: 5, name: "", age_recipient: null, vouch_key: null } })],
  ["after the keyring was renewed", (half: string) => ({ half, team_wrap: "another file" })],
])("%s nothing is unlocked, and what was kept is forgotten", async (_, change) => {
  const { state, half } = await unlockedDesk();
  expect(await readUnlocked()).toBeDefined();
  expect(await (await newPage()).unlockedTeam({ ...state, ...change(half) })).toBeUndefined();
  expect(await readUnlocked()).toBeUndefined();
});

test("what lies in the browser holds no secret, in no spelling, and opens nothing by itself", async () => {
  const { team, member } = await unlockedDesk();
  const kept = (await readUnlocked())!;
  const bytes = everyByte(kept);
  const { x25519, ed25519 } = newest(team.keyring);
  for (const secret of [secretText.decode(x25519), fromBase64url(ed25519), secretText.decode(member.secret)]) {
    expect(holds(bytes, secret)).toBe(false);
    // Eight bytes of a key would be too many as well.
    for (let at = 0; at + 8 <= secret.length; at += 8) expect(holds(bytes, secret.subarray(at, at + 8))).toBe(false);
  }
  expect(JSON.stringify(kept)).not.toContain("AGE-SECRET-KEY");
  for (const half of [newHalf(), new Uint8Array(32)]) await expect(rejoined(kept.halved, half)).rejects.toThrow();
  // The search itself finds what is there.
  expect(holds(everyByte({ planted: [new Uint8Array([0, ...secretText.decode(x25519)])] }), secretText.decode(x25519))).toBe(true);
});

test("when the server does not take its half, the page has the keys and the browser keeps nothing", async () => {
  answers = 500;
  const { state } = await desk();
  const made = await desk();
  const half = newHalf();
  const page = await newPage();
  await (await import("../../src/inbox/memory.ts")).forgetUnlocked();
  const keys = await page.takeUp(state, await halved(made.team.keyring, half), half);
  expect(keys.open).toHaveLength(1);
  expect(await page.unlockedTeam(state)).toBe(keys);
  expect(await readUnlocked()).toBeUndefined();
});

test("a roster is judged from the unlocked key, or from what was compared; without either it is not", async () => {
  const { team, member, state } = await desk();
  const roster: Roster = { v: 1, team: TEAM, version: 2, keys: [team.key], members: [{ id: 9, key: member.recipient }], recovery: "", partners: [] };
  const given = await signRoster(roster, await signingKey(newest(team.keyring)));
  const page = await newPage();
  expect(await page.trustedRoster({ ...state, roster: given })).toEqual({ fault: "no-anchor" });
  await keepPin(TEAM, team.key);
  expect(await page.trustedRoster({ ...state, roster: given })).toMatchObject({ roster });
  expect((await readSeen(TEAM))?.version).toBe(2);
  // The server goes back, or shows none: both are seen on the next page.
  const older = await signRoster({ ...roster, version: 1 }, await signingKey(newest(team.keyring)));
  const next = await newPage();
  expect(await next.trustedRoster({ ...state, roster: older })).toEqual({ fault: "older" });
  expect(await next.trustedRoster({ ...state, roster: null })).toEqual({ fault: "older" });
  // A roster that another key signs is not the team's, however well it is signed.
  const stranger = await desk();
  const forged = await signRoster({ ...roster, version: 3 }, await signingKey(newest(stranger.team.keyring)));
  expect(await next.trustedRoster({ ...state, roster: forged })).toEqual({ fault: "forged" });
});

test("a colleague renewed the key: the words are asked for once, then the new keys are there", async () => {
  const { state, team, member, half } = await unlockedDesk();
  const after = await renewed(TEAM, team.keyring);
  const changed = { ...state, half, team_wrap: base64(await sealKeyring(after.keyring, member.recipient)) };
  const page = await newPage();
  expect(await page.unlockedTeam(changed)).toBeUndefined();
  const next = newHalf();
  await page.takeUp(changed, await halved(after.keyring, next), next);
  const keys = await (await newPage()).unlockedTeam({ ...changed, half: base64(next) });
  expect(keys!.open).toHaveLength(2);
});

/** All bytes that are kept somewhere in a value: texts as UTF-8, buffers as they are. */
function everyByte(value: unknown): Uint8Array {
  if (typeof value === "string") return new TextEncoder().encode(value);
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  if (typeof value !== "object" || value === null) return new Uint8Array();
  return new Uint8Array(Object.values(value).flatMap((one) => [...everyByte(one)]));
}

function holds(all: Uint8Array, part: Uint8Array): boolean {
  return all.some((_, at) => part.every((byte, next) => all[at + next] === byte));
}
