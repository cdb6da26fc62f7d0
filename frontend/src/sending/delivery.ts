/**
 * One try of one row: what is asked of the server, and what its answer means for the row.
 * A row ends only by a receipt for its own answers and for words that this phone sealed. Every other answer leaves it as
 * it is, with a word for why.
 */
import { ask, type Reply, type Trouble } from "./asking.ts";
import { keepReceipt } from "./follow-up.ts";
import { freshKeys } from "./hearing.ts";
import {
  bareBody,
  deviceOf,
  finishRow,
  hasWords,
  keepRow,
  keyOf,
  noteUnkept,
  sealedRow,
  type OutboxRow,
} from "./outbox.ts";

type Post = (body: string) => Promise<Reply>;
type Answer = Extract<Reply, { body: unknown }>;

/**
 * Tries a row once. @returns why it is still here, or undefined when it has left or can only wait for a key.
 * @throws CouldNotKeep: the row stays as it was.
 */
export async function deliver(kept: OutboxRow): Promise<Trouble | undefined> {
  const device = await deviceOf(kept);
  if (!device) return { code: "device_refused" };
  const authorization = `Bearer ${device.device_token}`;
  const post: Post = (body) => ask("referrals", { method: "POST", body, authorization });
  if (kept.note ?? kept.words) await freshKeys(kept.by ?? kept.team.id);
  const known = await asWhose(kept, device.voucher, post);
  if ("code" in known) return known;
  const row = await withWordsSealed(known);
  if (row.coded_stored && waits(row)) return (await keyOf(row)) ? { code: "not_sealed" } : undefined;
  const reply = await post(row.body);
  if ("trouble" in reply) {
    const isOfNote = reply.trouble.code === "note_already_read" || reply.trouble.code === "note_replaced_before";
    return isOfNote ? whatIsThere(row, reply.trouble, post) : reply.trouble;
  }
  const fault = faultIn(row, reply);
  if (fault) return fault;
  if (row.sealed_sha256 && reply.body.sealed_sha256 !== row.sealed_sha256) {
    return { code: "receipt_differs", status: reply.status };
  }
  return ended(row, reply);
}

/**
 * A phone that has joined anew is another one to the server, with another voucher, and notes must be signed with that of
 * the phone as which the server has the referral. The answers alone are sent first: that tells.
 */
async function asWhose(row: OutboxRow, voucher: string | undefined, post: Post): Promise<OutboxRow | Trouble> {
  if (row.coded_stored || row.voucher === voucher) return row;
  const reply = await post(bareBody(row));
  if ("trouble" in reply) return reply.trouble;
  const fault = faultIn(row, reply);
  if (fault) return fault;
  await remember({ ...row, ...waitingWords(row) }, reply);
  const { voucher: _voucher, sealed_to: _to, ...rest } = row;
  const isNew = reply.status === 201;
  const now: OutboxRow = { ...(isNew ? { ...rest, ...(voucher && { voucher }) } : row), coded_stored: 1 };
  await keepRow(now);
  return now;
}

/** Sealed bytes are sent only once they are kept, so that every retry sends the same. */
async function withWordsSealed(row: OutboxRow): Promise<OutboxRow> {
  const sealed = await sealedRow(row);
  if (sealed === row) return row;
  try {
    await keepRow(sealed);
    return sealed;
  } catch {
    return row;
  }
}

/**
 * The server keeps the note that it has. When that is one of this row's own, whose answer was lost before the words were
 * sealed anew, the words have arrived; when it is not, they stay here and the worker is told.
 */
async function whatIsThere(row: OutboxRow, refusal: Trouble, post: Post): Promise<Trouble | undefined> {
  const reply = await post(bareBody(row));
  if ("trouble" in reply || faultIn(row, reply)) return refusal;
  const { sealed_sha256: there } = reply.body;
  if (typeof there === "string" && [row.sealed_sha256, ...(row.earlier ?? [])].includes(there)) {
    return ended({ ...row, sealed_sha256: there }, reply);
  }
  await remember({ ...row, ...waitingWords(row) }, reply);
  await keepRow({ ...row, coded_stored: 1 });
  return refusal;
}

/** Why an answer is no receipt for this row's answers. */
function faultIn(row: OutboxRow, { status, body }: Answer): Trouble | undefined {
  if (body.id !== row.id) return { code: "not_our_server", status };
  return body.coded_sha256 === row.coded_sha256 ? undefined : { code: "receipt_differs", status };
}

/** The answers have their receipt, and the words too unless they wait. */
async function ended(row: OutboxRow, reply: Answer): Promise<Trouble | undefined> {
  // The receipt first: closed between these two steps, the row is sent again and answered 200.
  await remember(row, reply);
  if (waits(row)) {
    await keepRow({ ...row, coded_stored: 1 });
    return (await keyOf(row)) ? { code: "not_sealed" } : undefined;
  }
  await finishRow(row);
  if (row.no_follow_up) noteUnkept(row.id);
  return undefined;
}

async function remember(row: OutboxRow, { body, status }: Answer): Promise<void> {
  if (!row.no_follow_up) await keepReceipt(row, body, status === 201);
}

/** An empty note says nothing: it is not kept for a key where nothing was to be kept. */
const waits = (row: OutboxRow): boolean => row.note !== undefined && !(row.no_follow_up && !hasWords(row));

const waitingWords = ({ note, words }: OutboxRow): Pick<OutboxRow, "note"> => {
  const waiting = note ?? words;
  return waiting ? { note: waiting } : {};
};
