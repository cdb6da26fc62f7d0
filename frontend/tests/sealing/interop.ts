/**
 * The other side of tests/sealing/test_interop.py: one request as JSON on stdin, its answer as JSON on stdout.
 * It runs the very files the browser runs.
 */
import { readFileSync } from "node:fs";

import { base64, fromBase64, hex, sha256 } from "../../src/sealing/bytes.ts";
import { isVouched, pack, unpack, type Envelope, type Kind, type Shown } from "../../src/sealing/envelope.ts";
import { newIdentity, unwrapIdentity, wrapIdentity } from "../../src/sealing/identities.ts";
import { newKeyring, openKeyring, renewed, sealKeyring } from "../../src/sealing/keyring.ts";
import { messageTag, replyIdentity } from "../../src/sealing/reply.ts";
import { openWith, sealTo } from "../../src/sealing/seal.ts";

type Request =
  | { do: "seal"; recipient: string; envelope: Envelope<Kind> }
  | { do: "open"; passphrase: string; identity_wrapped: string; team_wrap: string; file: string; shown: Shown; voucher?: string }
  | { do: "reply"; reply_key: string; envelope: Envelope<"message"> }
  | { do: "make"; passphrase: string };

async function answer(asked: Request): Promise<unknown> {
  switch (asked.do) {
    case "seal":
      return base64(await sealTo(asked.recipient, pack(asked.envelope)));
    case "open": {
      const { secret } = await unwrapIdentity(fromBase64(asked.identity_wrapped), asked.passphrase);
      const { keys } = await openKeyring(fromBase64(asked.team_wrap), secret);
      const all = keys.map(({ x25519 }) => x25519);
      const opened = unpack(await openWith(all, fromBase64(asked.file)), asked.shown);
      return { ...opened, vouched: asked.voucher !== undefined && (await isVouched(opened.envelope, asked.voucher)) };
    }
    case "reply": {
      const { recipient } = await replyIdentity(asked.reply_key);
      const file = new Uint8Array(await sealTo(recipient, pack(asked.envelope)));
      const { referral_id, seq } = asked.envelope;
      const place = { referral_id, direction: "to_phone", seq, sha256: hex(await sha256(file)) } as const;
      return { file: base64(file), mac: await messageTag(asked.reply_key, place) };
    }
    case "make": {
      const [member, first] = [await newIdentity(), await newKeyring()];
      const { keyring, key } = await renewed(1, first.keyring);
      const identity = { v: 2, secret: member.secret, anchor: first.key.vouch_key } as const;
      return {
        identity_recipient: member.recipient,
        identity_wrapped: base64(await wrapIdentity(identity, asked.passphrase)),
        history: [first.key, key],
        team_wrap: base64(await sealKeyring(keyring, member.recipient)),
      };
    }
  }
}

console.log(JSON.stringify(await answer(JSON.parse(readFileSync(0, "utf8")) as Request)));
