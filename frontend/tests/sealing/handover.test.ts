/** What one team passes on: sealed to a key that was compared, signed for one place, believed along the chain only. */
import { beforeAll, describe, expect, test } from "vitest";

import { pack } from "../../src/sealing/envelope.ts";
import { openHandover, sealHandover, type HandoverPlace, type Sender } from "../../src/sealing/handover.ts";
import { partnerKey, type Compared } from "../../src/sealing/vouch.ts";
import { halved, newHalf, rejoined, type TeamKeys } from "../../src/sealing/halves.ts";
import { newKeyring, renewed, type Keyring, type Made } from "../../src/sealing/keyring.ts";
import { sealTo } from "../../src/sealing/seal.ts";
import type { TeamKey } from "../../src/sealing/vouch.ts";

const PLACE: HandoverPlace = {
  referral_id: "0b8e6f6e-3f0a-4c53-8d0a-b6a9f3b1c001",
  from: 1,
  to: 2,
  purpose: "protect",
  ground: "consent",
};
const CODED = "ab".repeat(32);
const TEXT = { where: "blue door", safe_contact: "", words_used: "", reach_me: "", why: "Please see them on Tuesday" };

async function keysOf(keyring: Keyring): Promise<TeamKeys> {
  const half = newHalf();
  return rejoined(await halved(keyring, half), half);
}

const compared = (team: number, { age_recipient, vouch_key }: TeamKey): Compared => ({ team, age_recipient, vouch_key });

let ours: Made;
let theirs: Made;
let our: TeamKeys;
let their: TeamKeys;
let us: Sender;

beforeAll(async () => {
  [ours, theirs] = await Promise.all([newKeyring(), newKeyring()]);
  [our, their] = await Promise.all([keysOf(ours.keyring), keysOf(theirs.keyring)]);
  us = { compared: compared(1, ours.key), history: [ours.key] };
});

describe("whose key something is sealed to", () => {
  test("the one that was compared, while it is the newest", async () => {
    expect(await partnerKey(compared(2, theirs.key), [theirs.key])).toEqual({ key: theirs.key });
  });

  test("a newer one that the old one vouches for", async () => {
    const next = await renewed(2, theirs.keyring);
    expect(await partnerKey(compared(2, theirs.key), [next.key, theirs.key])).toEqual({ key: next.key });
  });

  test("never one that stands in the place of the one that was compared", async () => {
    const other = await newKeyring();
    expect(await partnerKey(compared(2, theirs.key), [other.key])).toEqual({ fault: "swapped" });
    const half = { ...theirs.key, age_recipient: other.key.age_recipient };
    expect(await partnerKey(compared(2, theirs.key), [half])).toEqual({ fault: "swapped" });
    expect(await partnerKey(compared(2, theirs.key), [])).toEqual({ fault: "swapped" });
  });

  test("never a newer one that nothing vouches for, nor one vouched for as another team's", async () => {
    const alone = await newKeyring(1);
    expect(await partnerKey(compared(2, theirs.key), [theirs.key, alone.key])).toEqual({ fault: "broken" });
    const elsewhere = await renewed(3, theirs.keyring);
    expect(await partnerKey(compared(2, theirs.key), [theirs.key, elsewhere.key])).toEqual({ fault: "broken" });
  });
});

describe("opening", () => {
  test("the receiving team reads it, and the sending team cannot", async () => {
    const { file, signature } = await sealHandover(our, theirs.key, PLACE, CODED, TEXT);
    expect(await openHandover(their, us, PLACE, CODED, file, signature)).toEqual({ text: TEXT, changed: false });
    expect(await openHandover(our, us, PLACE, CODED, file, signature)).toEqual({ fault: "damaged" });
  });

  test.each([
    ["another referral", { referral_id: "another" }],
    ["another sender", { from: 3 }],
    ["another receiver", { to: 3 }],
    ["another purpose", { purpose: "immigration" }],
    ["another ground", { ground: "duty" }],
  ])("moved to %s it is not theirs any more", async (_name, change) => {
    const { file, signature } = await sealHandover(our, theirs.key, PLACE, CODED, TEXT);
    expect(await openHandover(their, us, { ...PLACE, ...change }, CODED, file, signature)).toEqual({ fault: "not-theirs" });
  });

  test("another file under the same signature is not theirs", async () => {
    const { signature } = await sealHandover(our, theirs.key, PLACE, CODED, TEXT);
    const other = await sealHandover(our, theirs.key, PLACE, CODED, { ...TEXT, why: "Let them go" });
    expect(await openHandover(their, us, PLACE, CODED, other.file, signature)).toEqual({ fault: "not-theirs" });
  });

  test("signed by somebody else, or by nobody, it is not theirs", async () => {
    const stranger = await keysOf((await newKeyring()).keyring);
    const forged = await sealHandover(stranger, theirs.key, PLACE, CODED, TEXT);
    for (const signature of [forged.signature, "", "A".repeat(86)])
      expect(await openHandover(their, us, PLACE, CODED, forged.file, signature)).toEqual({ fault: "not-theirs" });
  });

  test("a key that the server put into the sender's history vouches for nothing", async () => {
    const stranger = await newKeyring();
    const forged = await sealHandover(await keysOf(stranger.keyring), theirs.key, PLACE, CODED, TEXT);
    for (const history of [[stranger.key], [ours.key, { ...stranger.key, n: 2 }], [{ ...stranger.key, n: 0 }, ours.key]])
      expect(await openHandover(their, { ...us, history }, PLACE, CODED, forged.file, forged.signature)).toEqual({
        fault: "not-theirs",
      });
  });

  test("what was signed before or after a renewal holds, and a history that was emptied takes nothing away", async () => {
    const next = await renewed(1, ours.keyring);
    const history = [ours.key, next.key];
    const before = await sealHandover(our, theirs.key, PLACE, CODED, TEXT);
    const after = await sealHandover(await keysOf(next.keyring), theirs.key, PLACE, CODED, TEXT);
    for (const { file, signature } of [before, after])
      expect(await openHandover(their, { ...us, history }, PLACE, CODED, file, signature)).toHaveProperty("text", TEXT);
    expect(await openHandover(their, { ...us, history: [] }, PLACE, CODED, before.file, before.signature)).toHaveProperty("text");
  });

  test("a key of before the comparison vouches for nothing", async () => {
    const next = await renewed(1, ours.keyring);
    const { file, signature } = await sealHandover(our, theirs.key, PLACE, CODED, TEXT);
    const later = { compared: compared(1, next.key), history: [ours.key, next.key] };
    expect(await openHandover(their, later, PLACE, CODED, file, signature)).toEqual({ fault: "not-theirs" });
  });

  test("sealed to our key of before a renewal, it still opens", async () => {
    const next = await keysOf((await renewed(2, theirs.keyring)).keyring);
    const { file, signature } = await sealHandover(our, theirs.key, PLACE, CODED, TEXT);
    expect(await openHandover(next, us, PLACE, CODED, file, signature)).toHaveProperty("text", TEXT);
  });

  test("from a team whose key nobody compared it opens: the page says that nothing vouches for it", async () => {
    const { file } = await sealHandover(our, theirs.key, PLACE, CODED, TEXT);
    expect(await openHandover(their, undefined, PLACE, CODED, file, "")).toHaveProperty("text", TEXT);
    const elsewhere = { ...PLACE, referral_id: "another" };
    expect(await openHandover(their, undefined, elsewhere, CODED, file, "")).toEqual({ fault: "referral" });
  });

  test("answers that were changed since are said", async () => {
    const { file, signature } = await sealHandover(our, theirs.key, PLACE, CODED, TEXT);
    expect(await openHandover(their, us, PLACE, "cd".repeat(32), file, signature)).toEqual({ text: TEXT, changed: true });
  });

  test("a flipped bit never opens, and another kind of envelope is not read as this one", async () => {
    const { file } = await sealHandover(our, theirs.key, PLACE, CODED, TEXT);
    const flipped = file.with(file.length - 1, file.at(-1)! ^ 1);
    expect(await openHandover(their, undefined, PLACE, CODED, flipped, "")).toEqual({ fault: "damaged" });
    const { why: _, ...words } = TEXT;
    const note = { v: 1, kind: "note", referral_id: PLACE.referral_id, coded_sha256: CODED, seq: 0, reply_key: "A".repeat(43), text: words } as const;
    const sealed = await sealTo(theirs.key.age_recipient, pack(note));
    expect(await openHandover(their, undefined, PLACE, CODED, sealed, "")).toEqual({ fault: "damaged" });
  });
});
