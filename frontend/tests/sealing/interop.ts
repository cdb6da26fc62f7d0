/**
 * The other side of tests/sealing/test_interop.py: one request as JSON on stdin, its answer as JSON on stdout.
 * It runs the very files the browser runs.
 */
import { readFileSync } from "node:fs";

import { base64, fromBase64 } from "../../src/sealing/bytes.ts";
import { pack, unpack, type Envelope, type Shown } from "../../src/sealing/envelope.ts";
import { newIdentity, newTeamIdentity, openTeamIdentity, sealTeamIdentity, unwrapIdentity, wrapIdentity } from "../../src/sealing/identities.ts";
import { openWith, sealTo } from "../../src/sealing/seal.ts";

type Request =
  | { do: "seal"; recipient: string; envelope: Envelope }
  | { do: "open"; passphrase: string; identity_wrapped: string; team_wrap: string; file: string; shown: Shown }
  | { do: "make"; passphrase: string };

async function answer(asked: Request): Promise<unknown> {
  if (asked.do === "seal") return base64(await sealTo(asked.recipient, pack(asked.envelope)));
  if (asked.do === "open") {
    const secret = await unwrapIdentity(fromBase64(asked.identity_wrapped), asked.passphrase);
    const team = await openTeamIdentity(fromBase64(asked.team_wrap), secret);
    return unpack(await openWith(team.x25519, fromBase64(asked.file)), asked.shown);
  }
  const [member, team] = [await newIdentity(), await newTeamIdentity()];
  return {
    identity_recipient: member.recipient,
    identity_wrapped: base64(await wrapIdentity(member.secret, asked.passphrase)),
    team_recipient: team.recipient,
    vouch_key: team.vouchKey,
    team_wrap: base64(await sealTeamIdentity(team.identity, member.recipient)),
  };
}

console.log(JSON.stringify(await answer(JSON.parse(readFileSync(0, "utf8")) as Request)));
