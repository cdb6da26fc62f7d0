/** A note leaves the phone as one age file that the team's key opens, bound to its referral, whatever it says. */
import { expect, it } from "vitest";

import { hex, sha256 } from "../../src/sealing/bytes.ts";
import { isVouched, unpack } from "../../src/sealing/envelope.ts";
import { newIdentity } from "../../src/sealing/identities.ts";
import { openWith } from "../../src/sealing/seal.ts";
import type { OutboxRow } from "../../src/sending/outbox.ts";
import { sealNote } from "../../src/sending/sealed-note.ts";
import { draft, WORDS } from "./phone.ts";

const shown = { referral_id: draft.id, coded_sha256: "a".repeat(64) };
const row = { id: draft.id, coded_sha256: shown.coded_sha256, reply_key: "k".repeat(43) } as OutboxRow;
const none = { where: "", safe_contact: "", words_used: "", reach_me: "" };

it("opens with the team's identity and is this referral's", async () => {
  const { secret, recipient } = await newIdentity();
  const { file, sha256: hash } = await sealNote(recipient, row, WORDS);
  const bytes = new Uint8Array(Buffer.from(file, "base64"));
  expect(hex(await sha256(bytes))).toBe(hash);
  expect(bytes.toString()).not.toContain("MARKER");
  const { envelope, changed } = unpack(await openWith(secret, bytes), shown);
  expect(changed).toEqual([]);
  expect(envelope).toMatchObject({ text: WORDS, reply_key: row.reply_key });
});

it("shows the team that an invited phone made it, where the phone has a voucher", async () => {
  const { secret, recipient } = await newIdentity();
  const voucher = "V".repeat(43);
  const { file } = await sealNote(recipient, { ...row, voucher }, WORDS);
  const { envelope } = unpack(await openWith(secret, new Uint8Array(Buffer.from(file, "base64"))), shown);
  expect(await isVouched(envelope, voucher)).toBe(true);
  expect(await isVouched(envelope, "W".repeat(43))).toBe(false);
});

it("is as long when nothing was written", async () => {
  const { recipient } = await newIdentity();
  const lengths = [await sealNote(recipient, row, WORDS), await sealNote(recipient, row, none)];
  expect(lengths[0]!.file).toHaveLength(lengths[1]!.file.length);
});

it("is not made for what is no key", async () => {
  await expect(sealNote("age1pq", row, WORDS)).rejects.toThrow();
});
