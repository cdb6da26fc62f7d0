/**
 * Takes in what was saved on another phone: each row into this outbox, with the very bytes and secrets it was made with,
 * so that the server knows it for the same. Never twice, never what has arrived, and never as a phone of another team.
 */
import { canonicalJson } from "../screening/canonical.ts";
import { fromBase64url, hex, sha256 } from "../sealing/bytes.ts";
import { tidied } from "../sealing/passphrase.ts";
import { keepSealed, keysOf } from "../storage/kept.ts";
import { readSetting, type Settings } from "../storage/settings.ts";
import { tryNow } from "./clock.ts";
import { refreshWaiting, type OutboxRow } from "./outbox.ts";
import { NotSaved, openRows } from "./saved-file.ts";

export interface TakenIn {
  /** New in this phone's outbox. */
  readonly taken: number;
  /** Here already, sent or not. */
  readonly known: number;
  /** Teams to join first: their rows stay in the file. */
  readonly join: readonly string[];
}

/** @throws DoesNotOpen · NotSaved: nothing was taken in · CouldNotKeep: not all of it, do it again */
export async function takeIn(file: Uint8Array, words: string): Promise<TakenIn> {
  const rows = await Promise.all((await openRows(file, tidied(words))).map(checked));
  const devices = await readSetting("devices");
  const here = new Set([...(await keysOf("outbox")), ...(await keysOf("receipts")), ...(await keysOf("held"))]);
  const unknown = rows.filter(({ id }) => !here.has(id));
  const mine = unknown.filter((row) => isJoined(row, devices));
  for (const row of mine) await keepSealed("outbox", row.id, row);
  await refreshWaiting();
  void tryNow();
  const join = unknown.filter((row) => !mine.includes(row)).map(({ team }) => team.name);
  return { taken: mine.length, known: rows.length - unknown.length, join: [...new Set(join)] };
}

/** A row goes as a phone of the team that it was made for, and no other. */
function isJoined({ by, team }: OutboxRow, devices: Settings["devices"] | undefined): boolean {
  return devices?.by_team[by ?? team.id] !== undefined;
}

const TEXTS = ["id", "reference", "secret", "reply_key", "body", "coded_sha256"] as const;

/** The row, if its parts belong together: a damaged one would be refused for ever. @throws NotSaved */
async function checked(found: unknown): Promise<OutboxRow> {
  const row = found as OutboxRow;
  try {
    const { id, coded, receipt_sha256 } = JSON.parse(row.body) as Readonly<Record<string, unknown>>;
    const isWhole =
      TEXTS.every((name) => typeof row[name] === "string") &&
      typeof row.team.id === "string" &&
      typeof row.team.name === "string" &&
      Number.isFinite(row.made_at) &&
      Number.isFinite(row.began) &&
      id === row.id &&
      hex(await sha256(canonicalJson(coded))) === row.coded_sha256 &&
      hex(await sha256(fromBase64url(row.secret))) === receipt_sha256;
    if (isWhole) return row;
  } catch {
    // Said below, in one way for every way of being wrong.
  }
  throw new NotSaved("a row of it is not whole");
}
