/**
 * A sealed note, opened with the team's unlocked keys and held against what the page shows: is it this referral's, were
 * the answers changed, was it made by a phone that the team invited? The words stay in the page.
 */
import { hex, sha256 } from "../sealing/bytes.ts";
import { isVouched, unpack, type Envelope, type Opened } from "../sealing/envelope.ts";
import type { TeamKeys } from "../sealing/halves.ts";
import { voucherIn } from "../sealing/voucher.ts";
import { believedVouchKeys } from "./believed-keys.ts";
import { fetched, keysState } from "./state.ts";

/** `holds`: a phone of the team made it · `missing`: nothing shows that · `broken`: something shows that none did. */
export type Vouched = "holds" | "missing" | "broken";

/** What a note's section says on itself once the note lies open; `replyKey` is for messages to and from the phone. */
export const NOTE_OPENED = "heed-note-opened";

export interface NoteOpened {
  readonly replyKey: string;
  readonly vouched: Vouched;
}

/** The file is not what was sealed for this team, or no note at all. */
export class Damaged extends Error {
  override name = "Damaged";
}

/** Opens the note of a section of the page. Fetching it is what the timeline tells of. @throws Damaged, NotAnswered */
export async function openNote(section: HTMLElement, keys: TeamKeys): Promise<Opened & { readonly vouched: Vouched }> {
  const { noteUrl, voucherUrl, referralId } = section.dataset as Record<string, string>;
  const file = new Uint8Array(await (await fetched(noteUrl!)).arrayBuffer());
  const shown = { referral_id: referralId!, coded_sha256: await shownHash(section) };
  // Loaded on use: what reads age files is larger than everything else here.
  const { openWith } = await import("../sealing/seal.ts");
  try {
    const opened = unpack(await openWith(keys.open, file), shown);
    return { ...opened, vouched: await vouchedBy(voucherUrl!, opened.envelope, keys) };
  } catch {
    throw new Damaged("not what was sealed");
  }
}

/** The hash of the coded part that this page was given: worked out here, because a database can be edited. */
async function shownHash(section: HTMLElement): Promise<string> {
  const coded = section.querySelector<HTMLTemplateElement>("template[data-coded]")!;
  return hex(await sha256(coded.content.textContent ?? ""));
}

/** A voucher that does not come or does not open proves nothing, either way; one that opens is held against the note. */
async function vouchedBy(url: string, envelope: Envelope, keys: TeamKeys): Promise<Vouched> {
  const voucher = await opened(url, keys).catch(() => undefined);
  if (voucher === undefined) return "missing";
  try {
    return (await isVouched(envelope, voucher)) ? "holds" : "broken";
  } catch {
    // An envelope without a canonical form is none that a phone of ours made.
    return "broken";
  }
}

async function opened(url: string, keys: TeamKeys): Promise<string | undefined> {
  const { openWith } = await import("../sealing/seal.ts");
  const file = new Uint8Array(await (await fetched(url)).arrayBuffer());
  return voucherIn(await openWith(keys.open, file), await believedVouchKeys(await keysState()));
}
