/** The sealed note on a referral's page: opened in place, with what it proves said beside it. Its words go nowhere else. */
import { say } from "./messages.ts";
import { Damaged, NOTE_OPENED, openNote, type NoteOpened } from "./opened-note.ts";
import { keysState, NotAnswered, stateAtStart } from "./state.ts";
import { showLocked } from "./unlock-panel.ts";
import { UNLOCKED, unlockedTeam } from "./unlocked.ts";

/** Makes a note's section work. The words or passkey that unlock it right here open it at once. */
export function offerNote(section: HTMLElement): void {
  const sealed = section.querySelector<HTMLElement>("[data-note-sealed]");
  const button = sealed?.querySelector("button");
  if (!sealed || !button) return;
  button.addEventListener("click", () => openOnce(section, button));
  document.addEventListener(UNLOCKED, ({ target }) => {
    sealed.hidden = false;
    if (section.contains(target as Node)) openOnce(section, button);
  });
  // Reading is a deed that the timeline tells of: a note is never opened just because somebody looks at the page.
  stateAtStart()
    .then(unlockedTeam)
    .then((keys) => (sealed.hidden = !keys))
    .catch(() => undefined);
}

function openOnce(section: HTMLElement, button: HTMLButtonElement): void {
  if (button.disabled) return;
  button.disabled = true;
  const said = section.querySelector<HTMLElement>("[data-note-said]")!;
  say(said, "opening");
  open(section)
    .catch(messageOf)
    .then((message) => say(said, message))
    .finally(() => (button.disabled = false));
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
  show(section, { ...envelope.text });
  section.querySelector<HTMLElement>(`[data-vouched="${vouched}"]`)!.hidden = false;
  const detail: NoteOpened = { replyKey: envelope.reply_key, vouched };
  section.dispatchEvent(new CustomEvent(NOTE_OPENED, { bubbles: true, detail }));
  if (changed.length) return "changed-answers";
  return Object.values(envelope.text).every((text) => text.trim() === "") ? "empty" : "";
}

function show(section: HTMLElement, text: Record<string, string>): void {
  const list = section.querySelector<HTMLElement>("[data-note-text]")!;
  for (const field of list.querySelectorAll<HTMLElement>("[data-field]")) {
    field.textContent = text[field.dataset.field!] ?? "";
    // An empty prompt says nothing: its heading would only make the reader look for words.
    const group = field.closest<HTMLElement>("[data-group]") ?? field;
    group.hidden = field.textContent.trim() === "";
  }
  list.hidden = false;
}

/** The name of the page's message for what went wrong. */
function messageOf(error: unknown): string {
  if (error instanceof Damaged) return "damaged";
  return error instanceof NotAnswered && error.why === "over" ? "over" : "failed";
}
