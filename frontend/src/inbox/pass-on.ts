/**
 * Passes a referral on: what a coordinator chose and wrote is sealed here to a team whose key was compared, and signed.
 * Nothing goes along that was not ticked, and no word leaves the page in the clear.
 */
import { base64 } from "../sealing/bytes.ts";
import type { Texts } from "../sealing/envelope.ts";
import type { TeamKeys } from "../sealing/halves.ts";
import type { Roster } from "../sealing/roster.ts";
import { partnerKey, type TeamKey } from "../sealing/vouch.ts";
import { say } from "./messages.ts";
import { NOTE_OPENED, type NoteOpened } from "./opened-note.ts";
import { shownHash } from "./shown-coded.ts";
import { keysState, NotAnswered, send, type KeysState } from "./state.ts";
import { trustedRoster, UNLOCKED, unlockedTeam } from "./unlocked.ts";

const PROMPTS = ["where", "safe_contact", "words_used", "reach_me"] as const;

/** Makes the form of the page work. */
export function offerPassingOn(form: HTMLFormElement): void {
  const button = form.querySelector<HTMLButtonElement>("[data-offer]")!;
  button.hidden = false;
  void showStandings(form);
  document.addEventListener(UNLOCKED, () => void showStandings(form));
  document.addEventListener(NOTE_OPENED, (event) => {
    offerWords(form, event.target as HTMLElement, (event as CustomEvent<NoteOpened>).detail);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (button.disabled) return;
    button.disabled = true;
    say(form, "sealing");
    void offered(form)
      .catch(messageOf)
      .then((message) => {
        button.disabled = false;
        if (message === "ok") location.assign(form.dataset.to!);
        else say(form, message);
      });
  });
}

type Standing = { readonly key: TeamKey } | { readonly fault: "unverified" | "swapped" | "broken" };

/** Says beside each team whether it can be chosen. What is chosen is looked at again when it is sealed. */
async function showStandings(form: HTMLFormElement): Promise<void> {
  const state = await keysState().catch(() => undefined);
  const believed = state && (await trustedRoster(state));
  if (!state || !believed) return;
  if ("fault" in believed) {
    if (believed.fault !== "no-anchor") say(form, "roster");
    return;
  }
  for (const choice of form.querySelectorAll<HTMLInputElement>("input[data-team]")) {
    const standing = await standingOf(Number(choice.value), believed.roster, state);
    choice.disabled = !("key" in standing);
    if (choice.disabled) choice.checked = false;
    const said = choice.parentElement!.querySelector<HTMLElement>("[data-standing]")!;
    said.textContent = worded(form, "key" in standing ? "compared" : standing.fault);
  }
}

function worded(form: HTMLFormElement, name: string): string {
  return form.querySelector<HTMLTemplateElement>(`template[data-message="${name}"]`)!.content.textContent!.trim();
}

/** A team's key by our own roster, followed along its chain. One that is only in the database is never used. */
async function standingOf(team: number, roster: Roster, state: KeysState): Promise<Standing> {
  const compared = roster.partners.find((one) => one.team === team);
  if (!compared) return { fault: "unverified" };
  return partnerKey(compared, state.partners.find((one) => one.team === team)?.history ?? []);
}

/** The note lies open on the page: each prompt that says something can be ticked, and words taken out of it. */
function offerWords(form: HTMLFormElement, note: HTMLElement, { vouched }: NoteOpened): void {
  // Words that no phone of the team sent are not handed to another team as if one had.
  if (vouched === "broken") return;
  let some = false;
  for (const name of PROMPTS) {
    const { block, tick, area } = partsOf(form, name);
    const text = note.querySelector(`[data-note-text] [data-field="${name}"]`)?.textContent ?? "";
    block.hidden = text.trim() === "";
    some ||= !block.hidden;
    area.value = text;
    // Taken out, never added: what is passed on as the worker's words is theirs. What we add stands under "why".
    area.maxLength = text.length;
    tick.onchange = () => (area.hidden = !tick.checked);
  }
  form.querySelector<HTMLElement>("[data-along]")!.hidden = false;
  form.querySelector<HTMLElement>("[data-nothing]")!.hidden = some;
  form.querySelector<HTMLElement>("[data-closed]")!.hidden = true;
}

/** @returns the name of the message that says how it went; "ok" when it was offered. */
async function offered(form: HTMLFormElement): Promise<string> {
  const given = new FormData(form);
  const [team, purpose, ground] = ["team", "purpose", "ground"].map((name) => given.get(name));
  if (!team || !purpose || !ground) return "choose";
  const state = await keysState();
  const keys = await unlockedTeam(state);
  if (!keys) return "locked";
  const believed = await trustedRoster(state);
  if ("fault" in believed) return "roster";
  const standing = await standingOf(Number(team), believed.roster, state);
  if ("fault" in standing) return standing.fault;
  const fields = { team: `${team}`, purpose: `${purpose}`, ground: `${ground}` };
  const sealed = await sealedFor(form, state, keys, standing.key, fields);
  return send(form.getAttribute("action")!, { ...fields, ...sealed, version: `${given.get("version")}` });
}

async function sealedFor(
  form: HTMLFormElement,
  state: KeysState,
  keys: TeamKeys,
  key: TeamKey,
  { team, purpose, ground }: { readonly team: string; readonly purpose: string; readonly ground: string },
): Promise<{ readonly file: string; readonly signature: string }> {
  const { sealHandover } = await import("../sealing/handover.ts");
  const place = { referral_id: form.dataset.referralId!, from: state.team.id, to: Number(team), purpose, ground };
  const { file, signature } = await sealHandover(keys, key, place, await shownHash(form), textOf(form));
  return { file: base64(file), signature };
}

function textOf(form: HTMLFormElement): Texts["handover"] {
  const taken = (name: (typeof PROMPTS)[number]): string => {
    const { block, tick, area } = partsOf(form, name);
    return !block.hidden && tick.checked ? area.value.trim() : "";
  };
  const why = form.querySelector<HTMLTextAreaElement>("#why")!.value.trim();
  const [where, safe_contact, words_used, reach_me] = PROMPTS.map(taken);
  return { where: where!, safe_contact: safe_contact!, words_used: words_used!, reach_me: reach_me!, why };
}

function partsOf(form: HTMLFormElement, name: string): {
  readonly block: HTMLElement;
  readonly tick: HTMLInputElement;
  readonly area: HTMLTextAreaElement;
} {
  const block = form.querySelector<HTMLElement>(`[data-prompt="${name}"]`)!;
  return { block, tick: block.querySelector("input")!, area: block.querySelector("textarea")! };
}

/** The name of the page's message for what went wrong. */
function messageOf(error: unknown): string {
  if (error instanceof NotAnswered && error.why === "over") return "expired";
  return error instanceof Error && error.name === "TooLong" ? "too-long" : "failed";
}
