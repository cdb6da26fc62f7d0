/** The envelope: its length says next to nothing, and a note in the wrong place is seen. */
import { describe, expect, test } from "vitest";

import { BUCKETS, NotAnEnvelope, TooLong, isVouched, pack, unpack, vouched, type Envelope, type NoteText } from "../../src/sealing/envelope.ts";

const EMPTY: NoteText = { where: "", safe_contact: "", words_used: "", reach_me: "" };
const SHOWN = { referral_id: "0b8e6f6e-3f0a-4c53-8d0a-b6a9f3b1c001", coded_sha256: "ab".repeat(32) };

function envelope(text: Partial<NoteText> = {}): Envelope {
  return { v: 1, kind: "note", ...SHOWN, seq: 0, reply_key: "A".repeat(43), text: { ...EMPTY, ...text } };
}

describe("length", () => {
  test("an empty note and a short one are equally long", () => {
    expect(pack(envelope()).length).toBe(BUCKETS[0]);
    expect(pack(envelope({ where: "behind the yard" })).length).toBe(BUCKETS[0]);
  });

  test("every note as long as the prompts allow fits, in any writing", () => {
    const full = "ሀ".repeat(600);
    const whole = envelope({ where: full, safe_contact: full, words_used: full, reach_me: full });
    expect(BUCKETS).toContain(pack(whole).length);
  });

  test.each([1, 100, 300, 301, 302, 1000, 2400])("%i letters fill a bucket to the byte", (letters) => {
    expect(BUCKETS).toContain(pack(envelope({ words_used: "x".repeat(letters) })).length);
  });

  test("more than the largest bucket holds is refused, not cut", () => {
    expect(() => pack(envelope({ where: "x".repeat(17_000) }))).toThrow(TooLong);
  });
});

describe("place", () => {
  test("what was packed comes back as it was, without its padding", () => {
    const sent = envelope({ where: "„Hinterhof“ — 2nd door\n", reach_me: "until 19:00" });
    expect(unpack(pack(sent), SHOWN)).toEqual({ envelope: sent, changed: [] });
  });

  test("a note hung on another referral is said", () => {
    expect(unpack(pack(envelope()), { ...SHOWN, referral_id: "another" }).changed).toEqual(["referral"]);
  });

  test("answers altered after sealing are said", () => {
    expect(unpack(pack(envelope()), { ...SHOWN, coded_sha256: "cd".repeat(32) }).changed).toEqual(["answers"]);
  });
});

describe("what is no envelope", () => {
  const made = (change: object): Uint8Array => new TextEncoder().encode(JSON.stringify({ ...envelope(), ...change }));

  test.each([
    ["a later version", made({ v: 2 })],
    ["another kind", made({ kind: "message" })],
    ["a note with a prompt missing", made({ text: { where: "" } })],
    ["a note that is no text", made({ text: { ...EMPTY, where: 7 } })],
    ["no text at all", made({ text: null })],
    ["no JSON", new TextEncoder().encode("hello")],
    ["no UTF-8", new Uint8Array([0xff, 0xfe])],
  ])("%s is refused", (_name, bytes) => {
    expect(() => unpack(bytes, SHOWN)).toThrow(NotAnEnvelope);
  });
});

describe("kinds and places", () => {
  const message = { v: 1, kind: "message", ...SHOWN, seq: 3, reply_key: "", text: { text: "We call at six." } } as const;

  test("a message is read as a message, and as nothing else", () => {
    expect(unpack(pack(message), { ...SHOWN, seq: 3 }, "message")).toEqual({ envelope: message, changed: [] });
    expect(() => unpack(pack(message), SHOWN)).toThrow(NotAnEnvelope);
    expect(() => unpack(pack(message), SHOWN, "internal")).toThrow(NotAnEnvelope);
  });

  test("a message in another place is said", () => {
    expect(unpack(pack(message), { ...SHOWN, seq: 2 }, "message").changed).toEqual(["place"]);
  });
});

describe("the tag of an invitation", () => {
  const voucher = "B".repeat(42) + "A";

  test("holds for the envelope as it was made, for no other, and for no other voucher", async () => {
    const sent = await vouched(envelope({ where: "yard" }), voucher);
    expect(await isVouched(sent, voucher)).toBe(true);
    expect(await isVouched({ ...sent, text: { ...sent.text, where: "gate" } }, voucher)).toBe(false);
    expect(await isVouched({ ...sent, reply_key: "C".repeat(43) }, voucher)).toBe(false);
    expect(await isVouched(sent, "C".repeat(42) + "A")).toBe(false);
    expect(await isVouched(envelope(), voucher)).toBe(false);
  });

  test("survives packing", async () => {
    const sent = await vouched(envelope({ where: "„Hinterhof“\n" }), voucher);
    expect(await isVouched(unpack(pack(sent), SHOWN).envelope, voucher)).toBe(true);
  });
});
