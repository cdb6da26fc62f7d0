/** What a coordinator is shown of messages, when an operator has had their hands in the database. */
import { beforeAll, describe, expect, it } from "vitest";

import { judged, nextSeq, sealedAnswer, sealedNote, type Desk, type Direction, type Row, type Sealed } from "../../src/inbox/talk.ts";
import { base64, base64url, hex, sha256, fromBase64 } from "../../src/sealing/bytes.ts";
import { pack, unpack, type Envelope } from "../../src/sealing/envelope.ts";
import { halved, newHalf, rejoined } from "../../src/sealing/halves.ts";
import { newKeyring, renewed, type Made } from "../../src/sealing/keyring.ts";
import { messageHolds, messageTag, replyIdentity } from "../../src/sealing/reply.ts";
import { openWith, sealTo } from "../../src/sealing/seal.ts";

const REFERRAL = "6f1c2a52-3b1e-4a53-9b0e-0f6f5a4f7a11";
const OTHER = "6f1c2a52-3b1e-4a53-9b0e-0f6f5a4f7a12";
const CODED = "c".repeat(64);
const TEAM = 3;

let made: Made;
let desk: Desk & { readonly replyKey: string };

beforeAll(async () => {
  made = await newKeyring();
  desk = await deskOf(made);
});

async function deskOf({ keyring, key }: Made): Promise<Desk & { readonly replyKey: string }> {
  const half = newHalf();
  const replyKey = base64url(crypto.getRandomValues(new Uint8Array(32)));
  const keys = await rejoined(await halved(keyring, half), half);
  return { keys, vouchKeys: [key.vouch_key], referral_id: REFERRAL, coded_sha256: CODED, replyKey };
}

/** What a phone sends, put together as it does; `changes` are what it would do wrong on purpose. */
async function fromPhone(seq: number, text: string, changes: Partial<Envelope<"message">> = {}): Promise<Row> {
  const place = { referral_id: REFERRAL, coded_sha256: CODED, seq };
  const envelope = { v: 1, kind: "message", ...place, reply_key: "", text: { text }, ...changes } as const;
  const file = await sealTo(made.key.age_recipient, pack<"message">(envelope));
  const digest = hex(await sha256(new Uint8Array(file)));
  const mac = await messageTag(desk.replyKey, { referral_id: REFERRAL, direction: "to_team", seq, sha256: digest });
  return row("to_team", seq, base64(file), mac);
}

function row(direction: Direction, seq: number, file: string, mac: string): Row {
  return { direction, seq, file, mac, at: "2026-11-22T10:00:00+00:00", said: "Sun 22 Nov, 10:00", who: null };
}

const asRow = ({ direction, seq, file, mac }: Sealed): Row => row(direction, Number(seq), file, mac);

const told = async (rows: readonly Row[], by: Desk = desk): Promise<string[]> =>
  (await judged(by, rows)).map((line) => ("text" in line ? line.text : line.is));

describe("what the phone wrote", () => {
  it("is shown as it was written", async () => {
    expect(await told([await fromPhone(1, "I am at the desk until five"), await fromPhone(2, "غدًا")])).toEqual([
      "I am at the desk until five",
      "غدًا",
    ]);
  });

  it("is dropped when its tag, its file or its place was changed", async () => {
    const [one, two] = [await fromPhone(1, "one"), await fromPhone(2, "two")];
    const flipped = fromBase64(one.file);
    flipped[flipped.length - 1]! ^= 1;
    for (const changed of [
      { ...one, mac: two.mac },
      { ...one, mac: "" },
      { ...one, file: two.file },
      { ...one, file: base64(flipped) },
      { ...one, file: "not base64 !" },
      { ...one, direction: "to_phone" as const },
    ])
      expect(await told([changed])).toEqual(["dropped"]);
    expect(await told([{ ...one, seq: 2 }])).toEqual(["dropped"]);
  });

  it("is dropped when it belongs to another referral, though it is from the same phone", async () => {
    const there = { ...desk, referral_id: OTHER };
    expect(await told([await fromPhone(1, "one")], there)).toEqual(["dropped"]);
    expect(await told([await fromPhone(1, "one", { referral_id: OTHER })])).toEqual(["dropped"]);
    expect(await told([await fromPhone(1, "one", { seq: 2 })])).toEqual(["dropped"]);
  });

  it("is not judged before the note is open", async () => {
    const { replyKey: _, ...before } = desk;
    expect(await told([await fromPhone(1, "one")], before)).toEqual(["unread"]);
  });

  it("is dropped when it was made with another reply key", async () => {
    const stranger = await deskOf(made);
    expect(await told([await fromPhone(1, "one")], stranger)).toEqual(["dropped"]);
  });

  it("is said to be damaged when the phone's own words do not open", async () => {
    const another = await newKeyring();
    const file = await sealTo(another.key.age_recipient, new Uint8Array(10));
    const digest = hex(await sha256(new Uint8Array(file)));
    const mac = await messageTag(desk.replyKey, { referral_id: REFERRAL, direction: "to_team", seq: 1, sha256: digest });
    expect(await told([row("to_team", 1, base64(file), mac)])).toEqual(["damaged"]);
  });
});

describe("what is missing, doubled or moved", () => {
  it("is said where it would stand", async () => {
    const [one, two, three] = [await fromPhone(1, "1"), await fromPhone(2, "2"), await fromPhone(3, "3")];
    expect(await told([one, three])).toEqual(["1", "missing", "3"]);
    expect(await told([two, three])).toEqual(["missing", "2", "3"]);
    expect(await told([one, two, two, three])).toEqual(["1", "2", "dropped", "3"]);
    expect(await told([three, one, two])).toEqual(["1", "2", "3"]);
  });

  it("cannot hide a true message behind one that was put in", async () => {
    const [one, two] = [await fromPhone(1, "1"), await fromPhone(2, "2")];
    expect(await told([{ ...one, seq: 9 }, one, two])).toEqual(["1", "2", "dropped"]);
    expect(await told([{ ...one, mac: two.mac }, one, two])).toEqual(["dropped", "1", "2"]);
    // A message whose place was changed leaves its own place empty.
    expect(await told([one, { ...two, seq: 3 }, await fromPhone(4, "4")])).toEqual(["1", "dropped", "missing", "4"]);
  });

  it("counts each direction by itself", async () => {
    const answer = asRow(await sealedAnswer(desk, made.key.age_recipient, 1, "answer"));
    const note = asRow(await sealedNote(desk, made.key.age_recipient, 1, "note"));
    const rows = [await fromPhone(1, "1"), answer, note];
    expect(await told(rows)).toEqual(["1", "answer", "note"]);
    expect((["to_team", "to_phone", "internal"] as const).map((each) => nextSeq(rows, each))).toEqual([2, 2, 2]);
    expect(nextSeq([], "internal")).toBe(1);
  });
});

describe("an answer", () => {
  it("opens on the phone, holds there, and is what colleagues read too", async () => {
    const sealed = await sealedAnswer(desk, made.key.age_recipient, 2, "Ring 0141 496 0101");
    const file = fromBase64(sealed.file);
    const place = { referral_id: REFERRAL, direction: "to_phone", seq: 2, sha256: hex(await sha256(file)) } as const;
    expect(await messageHolds(desk.replyKey, place, sealed.mac)).toBe(true);
    expect(await messageHolds(desk.replyKey, { ...place, seq: 1 }, sealed.mac)).toBe(false);
    const phone = await replyIdentity(desk.replyKey);
    const shown = { referral_id: REFERRAL, coded_sha256: CODED, seq: 2 };
    const opened = unpack(await openWith(phone.secret, file), shown, "message");
    expect(opened).toMatchObject({ changed: [], envelope: { text: { text: "Ring 0141 496 0101" } } });
    expect(await told([row("to_phone", 1, "", ""), asRow(sealed)])).toEqual(["dropped", "Ring 0141 496 0101"]);
    expect(await told([{ ...asRow(sealed), direction: "to_team" }])).toEqual(["dropped"]);
  });
});

describe("a note for the team", () => {
  it("is shown when the team signed it, also by a key of before", async () => {
    const note = asRow(await sealedNote(desk, made.key.age_recipient, 1, "Tried to ring"));
    expect(note.mac).toBe("");
    const later = await renewed(TEAM, made.keyring);
    const colleague = { ...(await deskOf(later)), vouchKeys: [made.key.vouch_key, later.key.vouch_key] };
    expect(await told([note], colleague)).toEqual(["Tried to ring"]);
  });

  it("is dropped when somebody else sealed it, or it was moved", async () => {
    const place = { referral_id: REFERRAL, coded_sha256: CODED, seq: 1 };
    const bare = { v: 1, kind: "internal", ...place, reply_key: "", text: { text: "Close it" } } as const;
    const forged = await sealTo(made.key.age_recipient, pack<"internal">(bare));
    const stranger = await newKeyring();
    const strange = await sealedNote(await deskOf(stranger), made.key.age_recipient, 1, "Close it");
    const true_ = asRow(await sealedNote(desk, made.key.age_recipient, 1, "true"));
    expect(await told([row("internal", 1, base64(forged), "")])).toEqual(["dropped"]);
    expect(await told([asRow(strange)])).toEqual(["dropped"]);
    expect(await told([{ ...true_, seq: 2 }])).toEqual(["dropped"]);
    expect(await told([true_], { ...desk, referral_id: OTHER })).toEqual(["dropped"]);
    expect(await told([true_])).toEqual(["true"]);
  });
});
