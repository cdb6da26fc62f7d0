/**
 * The one form that unlocks the team's keys, wherever something sealed is: seven words or a passkey. It shows itself
 * when the keys are locked, and says on the page ("heed-unlocked") when they no longer are.
 */
import type { Trusted } from "../sealing/vouch.ts";
import { canHoldKeys } from "./capable.ts";
import { say } from "./messages.ts";
import { fromPasskey, knowsPasskeys } from "./prf.ts";
import { keysState, NotAnswered, stateAtStart, type KeysState } from "./state.ts";
import { UNLOCKED, unlockedTeam } from "./unlocked.ts";
import { compared, unlockWith, type Given } from "./unlocking.ts";

/** Makes the panel work. Settles once it is known whether it has to be shown. */
export async function offerUnlock(panel: HTMLElement): Promise<void> {
  const form = panel.querySelector<HTMLFormElement>("[data-unlock-words]")!;
  const input = form.querySelector("input")!;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    busy(panel, "opening", () => attempt(panel, () => ({ words: input.value })));
  });
  document.addEventListener(UNLOCKED, () => {
    input.value = "";
    panel.hidden = true;
  });
  if (!(await canHoldKeys())) return showUnable(panel, form);
  const state = await stateAtStart().catch(() => undefined);
  panel.hidden = state !== undefined && (await unlockedTeam(state)) !== undefined;
  if (state) offerPasskeys(panel, state);
}

/** Shows the panel again: what was unlocked is locked, because the session is another one or the key was renewed. */
export function showLocked(panel: HTMLElement): void {
  panel.hidden = false;
}

function showUnable(panel: HTMLElement, form: HTMLElement): void {
  form.hidden = true;
  panel.querySelector<HTMLElement>("[data-unable]")!.hidden = false;
  panel.hidden = false;
}

function offerPasskeys(panel: HTMLElement, { passkeys }: KeysState): void {
  const button = panel.querySelector<HTMLButtonElement>("[data-unlock-passkey]")!;
  const usable = passkeys.filter(({ identity_wrap }) => identity_wrap).map(({ credential_id }) => credential_id);
  if (!usable.length || !knowsPasskeys()) return;
  button.hidden = false;
  button.addEventListener("click", () => busy(panel, "asking", () => attempt(panel, () => fromPasskey(usable))));
}

/** One try at a time; the message of how it went stands where the page reads it out. */
function busy(panel: HTMLElement, first: string, work: () => Promise<string>): void {
  const buttons = [...panel.querySelectorAll("button")];
  if (buttons.some(({ disabled }) => disabled)) return;
  for (const button of buttons) button.disabled = true;
  say(panel, first);
  void work()
    .catch(messageOf)
    .then((message) => {
      for (const button of buttons) button.disabled = false;
      say(panel, message);
    });
}

/** @returns the name of the message to show; "" when the keys are unlocked. */
async function attempt(panel: HTMLElement, give: () => Given | Promise<Given>): Promise<string> {
  // The passkey first: browsers ask for one only right after the person's own click.
  const given = await give();
  say(panel, "opening");
  const state = await keysState();
  const tried = await unlockWith(state, given);
  if ("compare" in tried) {
    await askToCompare(panel, tried, () => compared(state, tried.compare).then(() => attempt(panel, () => given)));
    return "compare";
  }
  if ("problem" in tried) return tried.problem;
  panel.dispatchEvent(new CustomEvent(UNLOCKED, { bubbles: true }));
  return "";
}

/** Nothing that people compared leads to this key: they do it now, and only then is it used. */
async function askToCompare(
  panel: HTMLElement,
  { compare: key, broken }: { readonly compare: Trusted; readonly broken: boolean },
  onward: () => Promise<string>,
): Promise<void> {
  const { teamWords } = await import("../sealing/compare.ts");
  const block = panel.querySelector<HTMLElement>("[data-compare]")!;
  const list = block.querySelector<HTMLElement>("[data-compare-words]")!;
  const lines = (await teamWords(key.age_recipient, key.vouch_key)).map((word) => {
    const line = document.createElement("li");
    line.textContent = word;
    return line;
  });
  list.replaceChildren(...lines);
  block.querySelector<HTMLElement>("[data-compare-broken]")!.hidden = !broken;
  block.hidden = false;
  block.querySelector<HTMLElement>("h3")!.focus();
  block.querySelector<HTMLButtonElement>("[data-same]")!.onclick = () => {
    block.hidden = true;
    busy(panel, "opening", onward);
  };
  block.querySelector<HTMLButtonElement>("[data-differ]")!.onclick = () => {
    block.hidden = true;
    say(panel, "differ");
  };
}

/** The name of the page's message for what went wrong. */
function messageOf(error: unknown): string {
  if (error instanceof NotAnswered) return error.why === "over" ? "over" : error.why === "refused" ? "no-key" : "away";
  const name = error instanceof Error ? error.name : "";
  if (name === "NotAllowedError" || name === "AbortError") return "cancelled";
  return name === "NoPrf" ? "no-wrap" : "failed";
}
