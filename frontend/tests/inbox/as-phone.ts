/**
 * The phone's side of tests/journeys/test_messages.py: one request as JSON on stdin, its answer as JSON on stdout. It runs
 * the very files that a phone runs.
 */
import { readFileSync } from "node:fs";

import { base64, base64url, fromBase64, hex, sha256 } from "../../src/sealing/bytes.ts";
import { pack, unpack, vouched, type Envelope, type NoteText, type Shown } from "../../src/sealing/envelope.ts";
import { messageHolds, messageTag, replyIdentity } from "../../src/sealing/reply.ts";
import { openWith, sealTo } from "../../src/sealing/seal.ts";

type Request =
  | { do: "note"; recipient: string; place: Shown; voucher: string; text: NoteText }
  | { do: "write"; recipient: string; place: Required<Shown>; reply_key: string; text: string }
  | { do: "read"; place: Required<Shown>; reply_key: string; file: string; mac: string };

async function answer(asked: Request): Promise<unknown> {
  switch (asked.do) {
    case "note": {
      const reply_key = base64url(crypto.getRandomValues(new Uint8Array(32)));
      const envelope: Envelope = { v: 1, kind: "note", ...asked.place, seq: 0, reply_key, text: asked.text };
      const sealed = await sealTo(asked.recipient, pack(await vouched(envelope, asked.voucher)));
      return { reply_key, file: base64(sealed) };
    }
    case "write": {
      const { place, reply_key, recipient, text } = asked;
      const file = await sealTo(recipient, pack<"message">({ v: 1, kind: "message", ...place, reply_key: "", text: { text } }));
      return { file: base64(file), mac: await messageTag(reply_key, { ...place, direction: "to_team", sha256: await hash(file) }) };
    }
    case "read": {
      const { place, reply_key, mac } = asked;
      const file = fromBase64(asked.file);
      if (!(await messageHolds(reply_key, { ...place, direction: "to_phone", sha256: await hash(file) }, mac))) return null;
      const { secret } = await replyIdentity(reply_key);
      const { envelope, changed } = unpack(await openWith(secret, file), place, "message");
      return changed.length ? null : envelope.text.text;
    }
  }
}

const hash = async (file: Uint8Array): Promise<string> => hex(await sha256(new Uint8Array(file)));

console.log(JSON.stringify(await answer(JSON.parse(readFileSync(0, "utf8")) as Request)));
