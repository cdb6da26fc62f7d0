/**
 * From a composed check to a row of the outbox, addressed to the home team or to another that the worker chose.
 * It must never address a referral to a team that nobody chose, and never let go of words that a team did not get.
 */
import { canonicalJson } from "../screening/canonical.ts";
import { base64url, hex, sha256 } from "../sealing/bytes.ts";
import { forgetDraft, type Draft, type SendTo } from "../storage/drafts.ts";
import { keepSealed, readSealed } from "../storage/kept.ts";
import { readSetting } from "../storage/settings.ts";
import { addresseeOf, type Addressed } from "./addressee.ts";
import { tryNow } from "./clock.ts";
import type { Coded } from "./compose.ts";
import { freshKeys } from "./hearing.ts";
import { finishRow, keepRow, refreshWaiting, sealedRow, type OutboxRow } from "./outbox.ts";
import { referenceOf } from "./reference.ts";

/** This phone has not joined, or cannot send to the team that was chosen: join or choose first. The draft stays. */
export class NotJoined extends Error {
  override name = "NotJoined";
}

/**
 * Puts a composed check in the outbox and forgets its draft. Doing it twice makes one row.
 * With a usable key the note is sealed at once; without one, or if sealing fails, the words wait and the
 * coded part goes.
 *
 * @returns the row, once it was read back. Call `tryNow()` of clock.ts next.
 * @throws NotJoined · CouldNotKeep (the draft is still there)
 */
export async function putInOutbox(draft: Draft, coded: Coded): Promise<OutboxRow> {
  const before = await readSealed<OutboxRow>("outbox", draft.id);
  const row = before ?? (await sealedRow(await makeRow(draft, coded)));
  if (!before) await keepNew(row);
  await forgetDraft(draft.id);
  await refreshWaiting();
  return row;
}

/**
 * Sends a row to another team after the server has refused the one that was chosen, so that nothing of it is stored.
 * The answers stay byte for byte; the words are sealed anew. Nothing happens to a row that is gone, has arrived, or
 * whose words only the earlier team could open.
 *
 * @throws NotJoined · CouldNotKeep (the row stays as it was)
 */
export async function readdress(id: string, send_to: SendTo): Promise<void> {
  const row = await readSealed<OutboxRow>("outbox", id);
  if (!row || row.coded_stored || !(row.note ?? row.words)) return;
  const { reference, secret, reply_key, coded_sha256, made_at, began, no_follow_up } = row;
  const about = { id, reference, secret, reply_key, coded_sha256, made_at, began };
  const note = (row.note ?? row.words)!;
  const known = { ...about, note, ...(no_follow_up && { no_follow_up }), bare: bareOf(row.body) };
  await keepRow(await sealedRow(addressedRow(known, await teamFor({ send_to }))));
  await tryNow();
}

/** A row that could not be kept must not go out later, when the worker was told that it did not. */
async function keepNew(row: OutboxRow): Promise<void> {
  try {
    await keepSealed("outbox", row.id, row);
  } catch (cause) {
    await finishRow(row).catch(() => undefined);
    throw cause;
  }
}

async function makeRow(draft: Draft, coded: Coded): Promise<OutboxRow> {
  await freshKeys((await teamFor(draft)).by);
  const to = await teamFor(draft);
  const secret = crypto.getRandomValues(new Uint8Array(16));
  const codedText = canonicalJson(coded);
  const receipt_sha256 = hex(await sha256(secret));
  const known = {
    id: draft.id,
    reference: referenceOf(draft.id),
    secret: base64url(secret),
    reply_key: base64url(crypto.getRandomValues(new Uint8Array(32))),
    bare: `{"id":"${draft.id}","coded":${codedText},"receipt_sha256":"${receipt_sha256}"}`,
    coded_sha256: hex(await sha256(codedText)),
    note: draft.note,
    made_at: Date.now(),
    began: draft.began,
    ...(coded.reach === "none" && { no_follow_up: 1 as const }),
  };
  return addressedRow(known, to);
}

async function teamFor(draft: Pick<Draft, "send_to">): Promise<Addressed> {
  const to = addresseeOf(draft, await readSetting("devices"));
  if (!to) throw new NotJoined("join a team, or choose one that this phone can send to");
  return to;
}

type Unaddressed = Omit<OutboxRow, "team" | "body"> & { readonly bare: string };

/** The home team's phone names no team; another team of the invitation is named in the body. */
function addressedRow({ bare, ...made }: Unaddressed, { by, to, key, device: { voucher } }: Addressed): OutboxRow {
  const rest = { ...made, ...(voucher && { voucher }) };
  const { id, name, hours, reading_hours, urgent_number } = to;
  const team = { id, name, ...(hours && { hours }), ...(reading_hours && { reading_hours }), urgent_number };
  if (by === id) return { ...rest, team, body: bare };
  return { ...rest, team, by, ...(key && { key }), body: `${bare.slice(0, -1)},"team":${Number(id)}}` };
}

/** The body without team and note. Only codes stand before it, so the words it looks for stand nowhere else. */
function bareOf(body: string): string {
  return `${/^.*?"receipt_sha256":"[0-9a-f]{64}"/.exec(body)?.[0]}}`;
}
