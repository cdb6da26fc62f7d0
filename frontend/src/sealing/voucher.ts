/**
 * How a team knows that a note was made by a phone that it invited, and not by whoever knows its public key. The secret
 * of an invitation is made in the inviting browser; the server is told only what is derived from it for joining.
 */
import { base64url, fromBase64url, hex, sha256 } from "./bytes.ts";
import { derived, tag, tagHolds } from "./derive.ts";
import { isSigned, signed } from "./vouch.ts";

/** A new secret of an invitation: 32 bytes, base64url. It goes into the link and nowhere else. */
export const newInvitationSecret = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)));

/** What the phone shows to the server to join, base64url. The server keeps its hash. */
export async function joinSecret(invitation: string): Promise<string> {
  return base64url(await derived(fromBase64url(invitation), "heed join v1"));
}

/** What the phone signs its notes with, and the teams of the invitation check them by: 32 bytes, base64url. */
export async function voucherOf(invitation: string): Promise<string> {
  return base64url(await derived(fromBase64url(invitation), "heed voucher v1"));
}

/** The tag of an envelope. @param text the envelope's canonical JSON without padding and tag. */
export function noteTag(voucher: string, text: string): Promise<string> {
  return tag(fromBase64url(voucher), `heed note v1\n${text}`);
}

/** Whether the envelope was made by a phone that has this voucher. */
export function noteHolds(voucher: string, text: string, given: unknown): Promise<boolean> {
  return tagHolds(fromBase64url(voucher), `heed note v1\n${text}`, given);
}

/**
 * What an invitation's sealed file says: which voucher its phones have. Anybody can seal to a team's public key, the
 * server too, so it counts only with the signature of the team that invited.
 */
export interface Statement {
  readonly v: 1;
  /** The team that invited. */
  readonly team: number;
  /** SHA-256, hexadecimal, of what its phones show to join. */
  readonly join: string;
  readonly voucher: string;
  /** The vouching key that signed. */
  readonly by: string;
  readonly signature: string;
}

/** The statement as bytes, to be sealed to every team of the invitation. @param key signs for `by`. */
export async function stated(
  team: number,
  invitation: string,
  by: string,
  key: CryptoKey,
): Promise<Uint8Array<ArrayBuffer>> {
  const join = hex(await sha256(await joinSecret(invitation)));
  const voucher = await voucherOf(invitation);
  const signature = await signed(key, statementText(team, join, voucher));
  const statement: Statement = { v: 1, team, join, voucher, by, signature };
  return new TextEncoder().encode(JSON.stringify(statement));
}

/**
 * The voucher in an opened statement; undefined when it is none, or nothing vouches for it.
 *
 * @param vouchKeys by team number: the keys that are believed to be, or to have been, that team's.
 */
export async function voucherIn(
  bytes: Uint8Array,
  vouchKeys: (team: number) => readonly string[],
): Promise<string | undefined> {
  const found = statementIn(bytes);
  if (!found || !vouchKeys(found.team).includes(found.by)) return undefined;
  const text = statementText(found.team, found.join, found.voucher);
  return (await isSigned(found.by, text, found.signature)) ? found.voucher : undefined;
}

const statementText = (team: number, join: string, voucher: string): string =>
  `heed voucher v1\n${team}\n${join}\n${voucher}`;

function statementIn(bytes: Uint8Array): Statement | undefined {
  try {
    const found = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as Statement;
    const texts = [found.join, found.voucher, found.by, found.signature];
    return found.v === 1 && texts.every((text) => typeof text === "string") ? found : undefined;
  } catch {
    return undefined;
  }
}
