/**
 * What another team passed on to this one: opened in place, once it is clear who sealed it and for what. Words that the
 * team named on the page did not sign for this very place are never shown.
 */
import type { OpenedHandover, Sender } from "../sealing/handover.ts";
import type { TeamKeys } from "../sealing/halves.ts";
import type { Roster } from "../sealing/roster.ts";
import { openInPlace, showWords } from "./open-in-place.ts";
import { shownHash } from "./shown-coded.ts";
import { fetched, keysState, NotAnswered, type KeysState } from "./state.ts";
import { showLocked } from "./unlock-panel.ts";
import { trustedRoster, unlockedTeam } from "./unlocked.ts";

/** Makes the section work. The words or passkey that unlock it right here open it at once. */
export function offerPassedOn(section: HTMLElement): void {
  const sealed = section.querySelector<HTMLElement>("[data-sealed]")!;
  const button = sealed.querySelector("button")!;
  const said = section.querySelector<HTMLElement>("[data-passed-said]")!;
  openInPlace(section, { sealed, button, said, open: () => open(section), messageOf });
}

/** @returns the name of the message that says how it went; "" when it lies open as it was sealed. */
async function open(section: HTMLElement): Promise<string> {
  const sealed = section.querySelector<HTMLElement>("[data-sealed]")!;
  const state = await keysState();
  const keys = await unlockedTeam(state);
  if (!keys) {
    sealed.hidden = true;
    showLocked(section.querySelector<HTMLElement>("[data-unlock]")!);
    return "locked";
  }
  const believed = await trustedRoster(state);
  // Somebody put another list in the place of ours: then nobody can be told apart from anybody.
  if ("fault" in believed && believed.fault !== "none") return "roster";
  const sender = "roster" in believed ? senderOf(section, believed.roster, state) : undefined;
  const opened = await openedFrom(section, keys, sender);
  if ("fault" in opened) return opened.fault;
  sealed.hidden = true;
  section.querySelector<HTMLElement>("[data-unvouched]")!.hidden = sender !== undefined;
  showWords(section.querySelector<HTMLElement>("[data-passed-text]")!, { ...opened.text });
  if (opened.changed) return "changed-answers";
  return Object.values(opened.text).every((text) => text.trim() === "") ? "empty" : "";
}

/** The sending team as our own roster has it; undefined when nobody compared keys with it. */
function senderOf(section: HTMLElement, roster: Roster, state: KeysState): Sender | undefined {
  const team = Number(section.dataset.from);
  const compared = roster.partners.find((one) => one.team === team);
  return compared && { compared, history: state.partners.find((one) => one.team === team)?.history ?? [] };
}

async function openedFrom(section: HTMLElement, keys: TeamKeys, sender: Sender | undefined): Promise<OpenedHandover> {
  const { fileUrl, referralId, from, to, purpose, ground, signature } = section.dataset as Record<string, string>;
  const file = new Uint8Array(await (await fetched(fileUrl!)).arrayBuffer());
  const place = { referral_id: referralId!, from: Number(from), to: Number(to), purpose: purpose!, ground: ground! };
  const { openHandover } = await import("../sealing/handover.ts");
  return openHandover(keys, sender, place, await shownHash(section), file, signature!);
}

/** The name of the page's message for what went wrong. */
function messageOf(error: unknown): string {
  if (!(error instanceof NotAnswered)) return "failed";
  return { over: "over", refused: "gone", away: "failed" }[error.why];
}
