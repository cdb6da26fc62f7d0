/**
 * What another team passed on to this one: opened in place, once it is clear who sealed it and for what. Words that the
 * team named on the page did not sign for this very place are never shown.
 */
import type { OpenedHandover, Sender } from "../sealing/handover.ts";
import type { TeamKeys } from "../sealing/halves.ts";
import type { Roster } from "../sealing/roster.ts";
import { say } from "./messages.ts";
import { shownHash } from "./shown-coded.ts";
import { fetched, keysState, NotAnswered, stateAtStart, type KeysState } from "./state.ts";
import { showLocked } from "./unlock-panel.ts";
import { trustedRoster, UNLOCKED, unlockedTeam } from "./unlocked.ts";

/** Makes the section work. The words or passkey that unlock it right here open it at once. */
export function offerPassedOn(section: HTMLElement): void {
  const sealed = section.querySelector<HTMLElement>("[data-sealed]")!;
  const button = sealed.querySelector("button")!;
  button.addEventListener("click", () => openOnce(section, button));
  document.addEventListener(UNLOCKED, ({ target }) => {
    sealed.hidden = false;
    if (section.contains(target as Node)) openOnce(section, button);
  });
  // Opening is a deed that both teams' timelines tell of: it never happens just because somebody looks at the page.
  stateAtStart()
    .then(unlockedTeam)
    .then((keys) => (sealed.hidden = !keys))
    .catch(() => undefined);
}

function openOnce(section: HTMLElement, button: HTMLButtonElement): void {
  if (button.disabled) return;
  button.disabled = true;
  const said = section.querySelector<HTMLElement>("[data-passed-said]")!;
  say(said, "opening");
  void open(section)
    .catch(messageOf)
    .then((message) => {
      button.disabled = false;
      say(said, message);
    });
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
  show(section, { ...opened.text });
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

function show(section: HTMLElement, text: Readonly<Record<string, string>>): void {
  const list = section.querySelector<HTMLElement>("[data-passed-text]")!;
  for (const field of list.querySelectorAll<HTMLElement>("[data-field]")) {
    field.textContent = text[field.dataset.field!] ?? "";
    // An empty prompt was not passed on: its heading would only make the reader look for words.
    field.closest<HTMLElement>("[data-group]")!.hidden = field.textContent.trim() === "";
  }
  list.hidden = false;
}

/** The name of the page's message for what went wrong. */
function messageOf(error: unknown): string {
  if (!(error instanceof NotAnswered)) return "failed";
  return { over: "over", refused: "gone", away: "failed" }[error.why];
}
