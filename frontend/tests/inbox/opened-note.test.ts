/** A note is held against its referral, its answers and its voucher; what proves nothing is never called proven. */
import { beforeAll, expect, test, vi } from "vitest";

import { hex, sha256 } from "../../src/sealing/bytes.ts";
import { pack, vouched, type Envelope } from "../../src/sealing/envelope.ts";
import { halved, newHalf, rejoined, type TeamKeys } from "../../src/sealing/halves.ts";
import { newest, newKeyring, signingKey, type Made } from "../../src/sealing/keyring.ts";
import { sealTo } from "../../src/sealing/seal.ts";
import { newInvitationSecret, stated, voucherOf } from "../../src/sealing/voucher.ts";
import { Damaged, openNote } from "../../src/inbox/opened-note.ts";

const TEAM = 4;
const believed = vi.hoisted(() => ({ keys: [] as string[] }));
vi.mock("../../src/inbox/believed-keys.ts", () => ({
  believedVouchKeys: async () => (team: number) => (team === 4 ? believed.keys : []),
}));

const CODED = '{"a":1}';
let team: Made;
let keys: TeamKeys;
let invitation: string;
let voucher: string;
let statement: Uint8Array;
let envelope: Envelope;

beforeAll(async () => {
  team = await newKeyring();
  const half = newHalf();
  keys = await rejoined(await halved(team.keyring, half), half);
  invitation = newInvitationSecret();
  voucher = await voucherOf(invitation);
  statement = await stated(TEAM, invitation, team.key.vouch_key, await signingKey(newest(team.keyring)));
  believed.keys = [team.key.vouch_key];
  const text = { where: "mill", safe_contact: "", words_used: "", reach_me: "" };
  envelope = { v: 1, kind: "note", referral_id: "r", coded_sha256: hex(await sha256(CODED)), seq: 0, reply_key: "k", text };
});

/** `brought`: what the voucher's file holds, or the status that comes in its place. */
async function openedAs(note: Envelope | Uint8Array, brought: Uint8Array | number = statement, coded = CODED) {
  const file = await sealTo(team.key.age_recipient, note instanceof Uint8Array ? note : pack(note));
  const sealed = typeof brought === "number" ? undefined : await sealTo(team.key.age_recipient, brought);
  vi.stubGlobal("fetch", async (url: string) => {
    if (url === "/note") return new Response(file as BodyInit);
    if (url === "/keys/state") return Response.json({});
    return sealed ? new Response(sealed as BodyInit) : new Response("", { status: brought as number });
  });
  const section = {
    dataset: { noteUrl: "/note", voucherUrl: "/voucher", referralId: "r" },
    querySelector: () => ({ content: { textContent: coded } }),
  };
  return openNote(section as unknown as HTMLElement, keys);
}

test("a note by a phone with the voucher holds", async () => {
  expect(await openedAs(await vouched(envelope, voucher))).toMatchObject({ vouched: "holds", changed: [], envelope: { text: envelope.text } });
});

test("a note without a tag, by another voucher, or changed afterwards is broken", async () => {
  expect((await openedAs(envelope)).vouched).toBe("broken");
  const other = await voucherOf(newInvitationSecret());
  expect((await openedAs(await vouched(envelope, other))).vouched).toBe("broken");
  const moved = { ...(await vouched(envelope, voucher)), text: { ...envelope.text, where: "elsewhere" } };
  expect((await openedAs(moved)).vouched).toBe("broken");
});

test("an envelope that has no canonical form is broken, never merely unproven", async () => {
  const odd = { ...(await vouched(envelope, voucher)), more: true } as unknown as Envelope;
  expect((await openedAs(odd)).vouched).toBe("broken");
});

test.each([404, 500])("without a voucher (%i) nothing is shown either way", async (status) => {
  expect((await openedAs(await vouched(envelope, voucher), status)).vouched).toBe("missing");
});

test("a voucher that whoever knows the public key sealed proves nothing", async () => {
  const stranger = await newKeyring();
  const key = await signingKey(newest(stranger.keyring));
  const own = newInvitationSecret();
  const note = await vouched(envelope, await voucherOf(own));
  for (const made of [
    await stated(TEAM, own, stranger.key.vouch_key, key),
    await stated(TEAM, own, team.key.vouch_key, key),
    await stated(5, own, stranger.key.vouch_key, key),
    new TextEncoder().encode(await voucherOf(own)),
  ])
    expect((await openedAs(note, made)).vouched).toBe("missing");
});

test("another referral and other answers are told", async () => {
  expect((await openedAs({ ...envelope, referral_id: "other" })).changed).toEqual(["referral"]);
  expect((await openedAs(envelope, statement, '{"a":2}')).changed).toEqual(["answers"]);
});

test("what is no envelope is damaged, and a server that is away is not damage", async () => {
  await expect(openedAs(new TextEncoder().encode("{}"))).rejects.toThrow(Damaged);
  vi.stubGlobal("fetch", async () => Promise.reject(new TypeError("no network")));
  const section = { dataset: { noteUrl: "/note" }, querySelector: () => ({ content: { textContent: CODED } }) };
  await expect(openNote(section as unknown as HTMLElement, keys)).rejects.toMatchObject({ why: "away" });
});
