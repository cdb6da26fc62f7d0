/** A team that opens what a phone wrote and answers it, sealed as the inbox seals. */
import { base64, fromBase64, hex, sha256 } from "../../src/sealing/bytes.ts";
import { pack, unpack, type Envelope } from "../../src/sealing/envelope.ts";
import { newIdentity, type Identity } from "../../src/sealing/identities.ts";
import { messageHolds, messageTag, replyIdentity, type Direction } from "../../src/sealing/reply.ts";
import { openWith, sealTo } from "../../src/sealing/seal.ts";
import type { Receipt } from "../../src/sending/follow-up.ts";
import type { Received } from "./field-server.ts";

type Of = Pick<Receipt, "id" | "coded_sha256" | "reply_key">;

export interface Answer {
  readonly seq: number;
  readonly file: string;
  readonly mac: string;
  readonly at: string;
}

export const newTeam = (): Promise<Identity> => newIdentity();

/** A message to the phone; `changes` are what somebody does wrong on purpose. */
export async function answer(
  { id, coded_sha256, reply_key }: Of,
  seq: number,
  text: string,
  changes: Partial<Envelope<"message">> & { direction?: Direction; to?: string } = {},
): Promise<Answer> {
  const { direction = "to_phone", to = (await replyIdentity(reply_key)).recipient, ...inside } = changes;
  const envelope = { v: 1, kind: "message", referral_id: id, coded_sha256, seq, reply_key: "", text: { text }, ...inside } as const;
  const file = new Uint8Array(await sealTo(to, pack<"message">(envelope)));
  const mac = await messageTag(reply_key, { referral_id: id, direction, seq, sha256: hex(await sha256(file)) });
  return { seq, file: base64(file), mac, at: "2026-11-22T15:00:00Z" };
}

/** What the team reads of the phone's messages; undefined for what does not hold. */
export async function read(team: Identity, of: Of, received: readonly Received[]): Promise<(string | undefined)[]> {
  const texts = received.map(async ({ seq, file, mac }) => {
    const bytes = fromBase64(file);
    const place = { referral_id: of.id, direction: "to_team", seq, sha256: hex(await sha256(bytes)) } as const;
    if (!(await messageHolds(of.reply_key, place, mac))) return undefined;
    const opened = unpack(await openWith(team.secret, bytes), { referral_id: of.id, coded_sha256: of.coded_sha256, seq }, "message");
    return opened.changed.length ? undefined : opened.envelope.text.text;
  });
  return Promise.all(texts);
}
