/**
 * What the team writes to this phone, opened and judged. The server is believed in nothing: a message is shown only when
 * its tag holds for its very place, and what was left out, put in or taken away again is said.
 */
import { fromBase64, hex, sha256 } from "../sealing/bytes.ts";
import { unpack } from "../sealing/envelope.ts";
import { newCount, placed } from "../sealing/places.ts";
import { messageHolds, replyIdentity } from "../sealing/reply.ts";
import { openWith } from "../sealing/seal.ts";
import type { Receipt } from "./follow-up.ts";

/** A message from the team as it is kept with its receipt, or what stands in its place. */
export interface Theirs {
  /**
   * `shown`: it holds, with its words · `dropped`: nothing shows that it is from the team · `damaged`: it holds and does
   * not open · `missing`: one or more before this place are not there.
   */
  readonly is: "shown" | "dropped" | "damaged" | "missing";
  readonly seq: number;
  /** UTC, ISO, as the server told it. */
  readonly at: string;
  readonly text?: string;
  /** Of the file, hexadecimal. */
  readonly sha256?: string;
  /** The worker has not looked yet. */
  readonly fresh?: 1;
  /** It was there before, and the server no longer gives it out: an old list, or somebody took it away. */
  readonly lost?: 1;
}

interface Row {
  readonly seq: number;
  readonly file: string;
  readonly mac: string;
  readonly at: string;
}

interface Line {
  readonly is: Theirs["is"];
  readonly row: { readonly seq: number; readonly at: string };
  readonly text?: string;
  readonly sha256?: string;
  readonly lost?: 1;
}

/** More than a team writes about one referral; beyond it a list is only there to fill the phone. */
const MOST_ROWS = 500;

/**
 * The messages that a receipt has, now that the server tells these. What was shown once stays, also when it is gone from
 * the list. Settles; what is wrong with the list is part of the answer.
 */
export async function judged(receipt: Receipt, told: unknown): Promise<Theirs[]> {
  const before = receipt.theirs ?? [];
  const known = new Map(before.filter(({ is }) => is === "shown").map((one) => [one.sha256, one]));
  const lines: Line[] = [];
  for (const row of rowsIn(told)) lines.push(await judgedOne(receipt, row, known));
  const here = new Set(lines.filter(({ is }) => is === "shown").map((line) => line.sha256));
  const lost = [...known.values()].filter((one) => !here.has(one.sha256)).map(asLost);
  const count = newCount();
  const stand: Line[] = [];
  for (const line of [...lines, ...lost].sort((a, b) => a.row.seq - b.row.seq)) {
    // A place that was used again, by a server that was set back, takes nothing from the message that is there now.
    const counted = line.lost ? { ...count, held: new Set<number>() } : count;
    stand.push(...placed<Line["row"], Line>(counted, line));
    count.place = counted.place;
  }
  const seen = new Map(before.map((one) => [nameOf(one), one]));
  return stand.map((line) => kept(line, seen));
}

function asLost({ seq, at, text, sha256: of }: Theirs): Line {
  return { is: "shown", row: { seq, at }, ...(text !== undefined && { text }), ...(of && { sha256: of }), lost: 1 };
}

/** `fresh` where it is not what stood there before, or nobody has looked at that. */
function kept({ is, row: { seq, at }, text, sha256: of, lost }: Line, seen: ReadonlyMap<string, Theirs>): Theirs {
  const one: Theirs = {
    is,
    seq,
    at,
    ...(text !== undefined && { text }),
    ...(of && { sha256: of }),
    ...(lost && { lost }),
  };
  const before = seen.get(nameOf(one));
  return before && !before.fresh ? one : { ...one, fresh: 1 };
}

const nameOf = ({ is, seq, sha256: of, lost }: Theirs): string => [is, seq, of, lost].join(" ");

/** Rows of any shape become rows that do not hold, so that they are said. */
function rowsIn(told: unknown): Row[] {
  const rows = (Array.isArray(told) ? (told as unknown[]) : []).slice(0, MOST_ROWS).map((one) => {
    const { seq, file, mac, at } = (one ?? {}) as Readonly<Record<string, unknown>>;
    const isPlace = Number.isSafeInteger(seq) && (seq as number) > 0;
    return { seq: isPlace ? (seq as number) : 0, file: textOf(file), mac: textOf(mac), at: textOf(at) };
  });
  return rows.sort((a, b) => a.seq - b.seq);
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

async function judgedOne(
  { id, coded_sha256, reply_key }: Receipt,
  row: Row,
  known: ReadonlyMap<string | undefined, Theirs>,
): Promise<Line> {
  const { seq, mac } = row;
  let file: Uint8Array<ArrayBuffer>;
  try {
    file = fromBase64(row.file);
  } catch {
    return { is: "dropped", row };
  }
  // The hash is worked out here: the server's own would be as easily changed as the file.
  const hash = hex(await sha256(file));
  const holds = await messageHolds(reply_key, { referral_id: id, direction: "to_phone", seq, sha256: hash }, mac);
  if (!holds) return { is: "dropped", row };
  const text = known.get(hash)?.text;
  if (text !== undefined) return { is: "shown", row, text, sha256: hash };
  try {
    const bytes = await openWith((await replyIdentity(reply_key)).secret, file);
    const { envelope, changed } = unpack(bytes, { referral_id: id, coded_sha256, seq }, "message");
    // The team's page may be shown other answers than this phone sent; that is said there.
    if (changed.some((what) => what !== "answers")) return { is: "dropped", row };
    return { is: "shown", row, text: envelope.text.text, sha256: hash };
  } catch {
    return { is: "damaged", row, sha256: hash };
  }
}
