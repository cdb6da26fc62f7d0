/** The sealed note on a referral's page: opened in place, with what it proves said beside it. Its words go nowhere else. */
import { openInPlace, showWords } from "./open-in-place.ts";
import { Damaged, NOTE_OPENED, openNote, type NoteOpened } from "./opened-note.ts";
import { keysState, NotAnswered } from "./state.ts";
import { showLocked } from "./unlock-panel.ts";
import { unlockedTeam } from "./unlocked.ts";

/** Makes a note's section work. The words or passkey that unlock it right here open it at once. */
export function offerNote(section: HTMLElement): void {
  const sealed = section.querySelector<HTMLElement>("[data-note-sealed]");
  const button = sealed?.querySelector("button");
  if (!sealed || !button) return;
  const said = section.querySelector<HTMLElement>("[data-note-said]")!;
  openInPlace(section, { sealed, button, said, open: () => open(section), messageOf });
}

/** @returns the name of the message that says how it went; "" when the note lies open as it was sealed. */
async function open(section: HTMLElement): Promise<string> {
  const sealed = section.querySelector<HTMLElement>("[data-note-sealed]")!;
  const keys = await unlockedTeam(await keysState());
  if (!keys) {
    sealed.hidden = true;
    showLocked(section.querySelector<HTMLElement>("[data-unlock]")!);
    return "locked";
  }
  const { envelope, changed, vouched } = await openNote(section, keys);
  sealed.hidden = true;
  // A note that belongs to another referral is not shown here: it would be read as this person's.
  if (changed.includes("referral")) return "changed-referral";
  showWords(section.querySelector<HTMLElement>("[data-note-text]")!, { ...envelope.text });
  section.querySelector<HTMLElement>(`[data-vouched="${vouched}"]`)!.hidden = false;
  const detail: NoteOpened = { replyKey: envelope.reply_key, vouched };
  section.dispatchEvent(new CustomEvent(NOTE_OPENED, { bubbles: true, detail }));
  if (changed.length) return "changed-answers";
  return Object.values(envelope.text).every((text) => text.trim() === "") ? "empty" : "";
}

/** The name of the page's message for what went wrong. */
function messageOf(error: unknown): string {
  if (error instanceof Damaged) return "damaged";
  return error instanceof NotAnswered && error.why === "over" ? "over" : "failed";
}
