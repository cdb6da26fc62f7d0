/** What a worker is shown of the team's messages, when an operator has had their hands in the database. */
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";

import { base64, base64url } from "../../src/sealing/bytes.ts";
import type { Receipt } from "../../src/sending/follow-up.ts";
import { judged, type Theirs } from "../../src/sending/messages.ts";
import { answer, type Answer } from "./team-desk.ts";

const RECEIPT = receiptOf("6f1c2a52-3b1e-4a53-9b0e-0f6f5a4f7a11");
const OTHER = receiptOf("6f1c2a52-3b1e-4a53-9b0e-0f6f5a4f7a12");
/** The first six messages of a team, by their places. */
let sent: readonly Answer[];

beforeAll(async () => {
  sent = await Promise.all([1, 2, 3, 4, 5, 6].map((seq) => answer(RECEIPT, seq, `text ${seq}`)));
});

function receiptOf(id: string): Receipt {
  const reply_key = base64url(crypto.getRandomValues(new Uint8Array(32)));
  return { id, reply_key, coded_sha256: "c".repeat(64) } as Receipt;
}

const said = (lines: readonly Theirs[]): string[] => lines.map(({ is, seq, lost, text }) => (lost ? `lost ${seq}` : (text ?? `${is} ${seq}`)));
const told = async (rows: unknown, receipt = RECEIPT): Promise<string[]> => said(await judged(receipt, rows));

describe("a message", () => {
  it("is shown as the team wrote it, in the order of its place", async () => {
    expect(await told([sent[1], await answer(RECEIPT, 1, "اتصل بنا غدًا")])).toEqual(["اتصل بنا غدًا", "text 2"]);
  });

  it.each([
    ["its tag was changed", async () => ({ ...sent[0]!, mac: "0".repeat(64) })],
    ["it has no tag", async () => ({ seq: 1, file: sent[0]!.file, at: "" })],
    ["its file was changed", async () => ({ ...sent[0]!, file: sent[1]!.file })],
    ["its place was changed", async () => ({ ...sent[1]!, seq: 1 })],
    ["it is another referral's, with its own tag", () => answer(OTHER, 1, "other")],
    ["it was made with another's key", () => answer({ ...RECEIPT, reply_key: OTHER.reply_key }, 1, "other")],
    ["the worker wrote it, and it was turned round", () => answer(RECEIPT, 1, "mine", { direction: "to_team" })],
    ["it names another referral inside", () => answer(RECEIPT, 1, "other", { referral_id: OTHER.id })],
    ["it names another place inside", () => answer(RECEIPT, 1, "other", { seq: 2 })],
    ["it is no file", async () => ({ ...sent[0]!, file: "not base64 !" })],
  ])("is left out and said when %s", async (_, made) => {
    expect(await told([await made(), sent[1]])).toEqual(["dropped 1", "text 2"]);
  });

  it("that holds and does not open is said", async () => {
    const { replyIdentity } = await import("../../src/sealing/reply.ts");
    const to = (await replyIdentity(OTHER.reply_key)).recipient;
    expect(await told([await answer(RECEIPT, 1, "sealed to another", { to })])).toEqual(["damaged 1"]);
  });

  it("is shown though the team was shown other answers: that is said at its desk", async () => {
    expect(await told([await answer(RECEIPT, 1, "ring us", { coded_sha256: "d".repeat(64) })])).toEqual(["ring us"]);
  });
});

describe("a list", () => {
  it.each([
    ["of no kind known", "a list"],
    ["that is not there", undefined],
  ])("%s shows nothing", async (_, rows) => expect(await told(rows)).toEqual([]));

  it("with rows of any shape is judged to its end", async () => {
    const rows = [null, 7, { seq: "1" }, { seq: -1, file: {} }, { seq: 1.5, file: base64(new Uint8Array(3)), mac: 4 }];
    expect(await told([...rows, sent[0]])).toEqual([...rows.map(() => "dropped 0"), "text 1"]);
  });

  it("from which one is missing says so at its place, and the same one twice is dropped", async () => {
    expect(await told([sent[0], sent[2], sent[2]])).toEqual(["text 1", "missing 3", "text 3", "dropped 3"]);
    expect(await told([sent[1]])).toEqual(["missing 2", "text 2"]);
  });

  it("of before is noticed: what was shown stays, and that the server has it no more is said", async () => {
    const theirs = await judged(RECEIPT, sent.slice(0, 3));
    const old = await judged({ ...RECEIPT, theirs }, sent.slice(0, 1));
    expect(said(old)).toEqual(["text 1", "lost 2", "lost 3"]);
    expect(old.map(({ text }) => text)).toEqual(["text 1", "text 2", "text 3"]);
    expect(said(await judged({ ...RECEIPT, theirs: old }, sent.slice(0, 3)))).toEqual(["text 1", "text 2", "text 3"]);
  });

  it("of a server that was set back and went on shows both messages of a place", async () => {
    const theirs = await judged(RECEIPT, sent.slice(0, 2));
    const again = await answer(RECEIPT, 2, "written anew");
    expect(said(await judged({ ...RECEIPT, theirs }, [sent[0], again]))).toEqual(["text 1", "written anew", "lost 2"]);
  });

  it("is new until the worker looked, and what they have seen does not become new again", async () => {
    const theirs = await judged(RECEIPT, sent.slice(0, 1));
    expect(theirs[0]?.fresh).toBe(1);
    const seen = theirs.map(({ fresh: _, ...one }) => one);
    const now = await judged({ ...RECEIPT, theirs: seen }, sent.slice(0, 2));
    expect(now.map(({ fresh }) => fresh)).toEqual([undefined, 1]);
  });
});

it("whatever is left out, doubled or moved about: every word is the team's, once, in order, and a gap is always said", async () => {
  const lists = fc.array(fc.record({ of: fc.nat(5), seq: fc.nat(7), isMoved: fc.boolean() }), { maxLength: 9 });
  await fc.assert(
    fc.asyncProperty(lists, async (picks) => {
      const rows = picks.map(({ of, seq, isMoved }) => (isMoved ? { ...sent[of]!, seq } : sent[of]!));
      const lines = await judged(RECEIPT, rows);
      const shown = lines.filter(({ is }) => is === "shown");
      const honest = new Set(picks.filter(({ of, seq, isMoved }) => !isMoved || seq === of + 1).map(({ of }) => of + 1));
      expect(shown.map(({ seq }) => seq)).toEqual([...honest].sort());
      expect(shown.map(({ text }) => text)).toEqual([...honest].sort().map((seq) => `text ${seq}`));
      expect(lines.filter(({ is }) => is !== "missing")).toHaveLength(rows.length);
      // A place before a shown one without any row of its own is never passed over in silence.
      const places = new Set(rows.map(({ seq }) => seq));
      const last = Math.max(0, ...honest);
      const isGap = Array.from({ length: last }, (_, at) => at + 1).some((seq) => !places.has(seq));
      expect(isGap && !lines.some(({ is }) => is === "missing")).toBe(false);
    }),
    { numRuns: 60 },
  );
});
