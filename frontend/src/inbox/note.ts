/**
 * Opens the sealed note on a referral's page. The words go into the page and nowhere else; the passphrase goes to
 * the worker and nowhere else.
 */
import { hex, sha256 } from "../sealing/bytes.ts";
import { tidied } from "../sealing/passphrase.ts";
import { say } from "./messages.ts";
import { openNote } from "./sealed-work.ts";

interface Keys {
  readonly identity_wrapped: string | null;
  readonly team_wrap: string | null;
}

const ANSWER_MS = 20_000;

/** Makes the form of a note section work. */
export function offerNote(section: HTMLElement): void {
  const form = section.querySelector<HTMLFormElement>("[data-note-form]");
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = form.querySelector("button")!;
    if (button.disabled) return;
    button.disabled = true;
    say(section, "opening");
    open(section, form)
      .catch(() => "failed")
      .then((message) => say(section, message))
      .finally(() => (button.disabled = false));
  });
}

/** @returns the name of the message that says how it went; "" when the note lies open as it was sealed. */
async function open(section: HTMLElement, form: HTMLFormElement): Promise<string> {
  const input = form.querySelector("input:not([type=hidden])") as HTMLInputElement;
  const { noteUrl, keysUrl, referralId } = section.dataset as { noteUrl: string; keysUrl: string; referralId: string };
  const keys = (await (await fetched(keysUrl)).json()) as Keys;
  if (!keys.identity_wrapped || !keys.team_wrap) return "no-key";
  const answer = await openNote({
    do: "open",
    passphrase: tidied(input.value),
    identityWrapped: keys.identity_wrapped,
    teamWrap: keys.team_wrap,
    noteUrl: new URL(noteUrl, location.href).href,
    shown: { referral_id: referralId, coded_sha256: await shownHash(section) },
  });
  if ("trouble" in answer) return answer.trouble === "passphrase" ? "wrong-passphrase" : answer.trouble;
  input.value = "";
  form.hidden = true;
  const { envelope, changed } = answer.done;
  // A note that belongs to another referral is not shown here: it would be read as this person's.
  if (changed.includes("referral")) return "changed-referral";
  show(section, { ...envelope.text });
  if (changed.length) return "changed-answers";
  return Object.values(envelope.text).every((text) => text.trim() === "") ? "empty" : "";
}

/** The hash of the coded part that this page was given: worked out here, because a database can be edited. */
async function shownHash(section: HTMLElement): Promise<string> {
  const coded = section.querySelector<HTMLTemplateElement>("template[data-coded]")!;
  return hex(await sha256(coded.content.textContent ?? ""));
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

async function fetched(url: string): Promise<Response> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS), redirect: "error" });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer;
}
