/**
 * What phone and team wrote to each other, opened and judged. The server is believed in nothing: a message is shown only
 * when its tag holds for its very place, and what is missing or was put in is said where it would stand.
 */
import { base64, fromBase64, hex, sha256 } from "../sealing/bytes.ts";
import { pack, unpack } from "../sealing/envelope.ts";
import type { TeamKeys } from "../sealing/halves.ts";
import { newCount, placed, type Count } from "../sealing/places.ts";
import { messageHolds, messageTag, replyIdentity } from "../sealing/reply.ts";
import { openWith, sealTo } from "../sealing/seal.ts";
import { openOwnNote, sealOwnNote } from "./own-notes.ts";

export type Direction = "to_team" | "to_phone" | "internal";

/** A row as the server tells it. `said`: the time in the page's words; `who`: a name, null for the phone. */
export interface Row {
  readonly direction: Direction;
  readonly seq: number;
  readonly file: string;
  readonly mac: string;
  readonly at: string;
  readonly said: string;
  readonly who: string | null;
}

/**
 * `shown`: it holds, with its words · `dropped`: nothing shows that it is from where it says · `damaged`: it holds and
 * does not open · `unread`: nobody can judge it before the note is open · `missing`: one or more before this place are
 * not there.
 */
export type Line =
  | { readonly is: "shown"; readonly row: Row; readonly text: string }
  | { readonly is: "dropped" | "damaged" | "unread" | "missing"; readonly row: Row };

/** What is needed to judge and to write. `replyKey`: from the opened note; without it nothing of the phone's holds. */
export interface Desk {
  readonly keys: TeamKeys;
  /** The team's vouching keys by its roster, old ones too. */
  readonly vouchKeys: readonly string[];
  readonly referral_id: string;
  /** Of the answers as the page shows them. */
  readonly coded_sha256: string;
  readonly replyKey?: string;
}

/** What the server is given. */
export interface Sealed {
  readonly direction: "to_phone" | "internal";
  readonly seq: string;
  readonly file: string;
  readonly mac: string;
}

/** Opens and judges all rows. Within a direction they stand by their places, however the server orders them. */
export async function judged(desk: Desk, rows: readonly Row[]): Promise<Line[]> {
  const queues = new Map<Direction, Row[]>();
  for (const row of [...rows].sort((a, b) => a.seq - b.seq))
    queues.set(row.direction, [...(queues.get(row.direction) ?? []), row]);
  const counts = new Map<Direction, Count>();
  const lines: Line[] = [];
  for (const { direction } of rows) {
    const row = queues.get(direction)!.shift()!;
    const count = counts.get(direction) ?? newCount();
    counts.set(direction, count);
    lines.push(...placed<Row, Line>(count, await judgedOne(desk, row)));
  }
  return lines;
}

/** The place for the next of a direction, after what the server has. */
export function nextSeq(rows: readonly Row[], direction: Direction): number {
  return 1 + Math.max(0, ...rows.filter((row) => row.direction === direction).map(({ seq }) => seq));
}

/**
 * A message to the phone. Colleagues can read it too: it is sealed to the team's own key as well.
 *
 * @param recipient the team's own key, from its roster.
 */
export async function sealedAnswer(
  { referral_id, coded_sha256, replyKey }: Desk & { readonly replyKey: string },
  recipient: string,
  seq: number,
  text: string,
): Promise<Sealed> {
  const phone = await replyIdentity(replyKey);
  const envelope = { v: 1, kind: "message", referral_id, coded_sha256, seq, reply_key: "", text: { text } } as const;
  const file = await sealTo([phone.recipient, recipient], pack<"message">(envelope));
  const direction = "to_phone";
  const place = { referral_id, direction, seq, sha256: await hashOf(file) } as const;
  return { direction, seq: `${seq}`, file: base64(file), mac: await messageTag(replyKey, place) };
}

/** A note for the team itself. */
export async function sealedNote(
  { keys, referral_id, coded_sha256 }: Desk,
  recipient: string,
  seq: number,
  text: string,
): Promise<Sealed> {
  const file = await sealOwnNote(keys, recipient, { referral_id, coded_sha256, seq }, text);
  return { direction: "internal", seq: `${seq}`, file: base64(file), mac: "" };
}

async function judgedOne(desk: Desk, row: Row): Promise<Line> {
  const { referral_id, coded_sha256, replyKey, keys, vouchKeys } = desk;
  const { direction, seq, mac } = row;
  const place = { referral_id, coded_sha256, seq };
  let file: Uint8Array<ArrayBuffer>;
  try {
    file = fromBase64(row.file);
  } catch {
    return { is: "dropped", row };
  }
  if (direction === "internal") {
    // A file that does not open has no signature to look at either.
    const text = await openOwnNote(keys, vouchKeys, place, file).catch(() => undefined);
    return text === undefined ? { is: "dropped", row } : { is: "shown", row, text };
  }
  if (replyKey === undefined) return { is: "unread", row };
  // The hash is worked out here: the server's own would be as easily changed as the file.
  if (!(await messageHolds(replyKey, { referral_id, direction, seq, sha256: await hashOf(file) }, mac)))
    return { is: "dropped", row };
  try {
    const { envelope, changed } = unpack(await openWith(keys.open, file), place, "message");
    if (changed.some((what) => what !== "answers")) return { is: "dropped", row };
    return { is: "shown", row, text: envelope.text.text };
  } catch {
    return { is: "damaged", row };
  }
}

const hashOf = async (file: Uint8Array): Promise<string> => hex(await sha256(new Uint8Array(file)));
