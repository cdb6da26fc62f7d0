/**
 * The messages of a referral on its page: opened in place, answered, and notes for the team. What is typed leaves the page
 * sealed or not at all, and stays in its field until the server has it.
 */
import { hex, sha256 } from "../sealing/bytes.ts";
import { currentKey } from "../sealing/roster.ts";
import { say } from "./messages.ts";
import { NOTE_OPENED, type NoteOpened } from "./opened-note.ts";
import { fetched, keysState, NotAnswered, send, type Sent } from "./state.ts";
import type { Desk, Line, Row, Sealed } from "./talk.ts";
import { showLocked } from "./unlock-panel.ts";
import { trustedRoster, UNLOCKED, unlockedTeam } from "./unlocked.ts";

/** How often a message is sealed anew because a colleague took its place meanwhile. */
const TRIES = 3;

/** All that lies open. `recipient`: the team's own key; undefined when its roster does not hold. */
interface Open {
  readonly desk: Desk;
  readonly recipient: string | undefined;
  readonly rows: readonly Row[];
}

type Write = "to_phone" | "internal";

/** Makes the section work. Messages open with the note, because that holds what they are checked with. */
export function offerMessages(section: HTMLElement): void {
  const button = section.querySelector<HTMLButtonElement>("[data-messages-open] button")!;
  const noteButton = document.querySelector<HTMLButtonElement>("[data-note-sealed] button");
  let note: NoteOpened | undefined;
  const openAll = (): void => once(section, "opening", async () => show(section, note, await open(section, note)));
  button.addEventListener("click", () => {
    if (note || !noteButton) return openAll();
    say(said(section), "note-first");
    noteButton.click();
  });
  document.addEventListener(NOTE_OPENED, (event) => {
    note = (event as CustomEvent<NoteOpened>).detail;
    openAll();
  });
  document.addEventListener(UNLOCKED, ({ target }) => {
    if (section.contains(target as Node)) openAll();
  });
  for (const form of forms(section)) {
    const field = form.querySelector("textarea")!;
    const write = (text: string, written: () => void): void =>
      once(section, "sending", () => sent(section, form, note, text, written));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (field.value.trim()) write(field.value.trim(), () => (field.value = ""));
    });
    for (const quick of form.querySelectorAll<HTMLButtonElement>("[data-quick]"))
      quick.addEventListener("click", () => write(quick.textContent!.trim(), () => undefined));
  }
}

/** One thing at a time: nothing is sent twice by a second tap. */
function once(section: HTMLElement, first: string, work: () => Promise<string>): void {
  if (section.ariaBusy === "true") return;
  const buttons = [...section.querySelectorAll("button")];
  section.ariaBusy = "true";
  for (const button of buttons) button.disabled = true;
  say(said(section), first);
  void work()
    .catch((error: unknown) => (error instanceof NotAnswered && error.why === "over" ? "over" : "failed"))
    .then((message) => {
      for (const button of buttons) button.disabled = false;
      section.ariaBusy = "false";
      say(said(section), message);
    });
}

/** @returns nothing when the keys are locked. @throws NotAnswered */
async function open(section: HTMLElement, note: NoteOpened | undefined): Promise<Open | undefined> {
  const { messagesUrl, referralId } = section.dataset as Record<string, string>;
  const state = await keysState();
  const keys = await unlockedTeam(state);
  if (!keys) return undefined;
  const believed = await trustedRoster(state);
  const roster = "roster" in believed ? believed.roster : undefined;
  const coded = document.querySelector<HTMLTemplateElement>("[data-note] template[data-coded]")!;
  const desk = {
    keys,
    vouchKeys: roster?.keys.map(({ vouch_key }) => vouch_key) ?? [keys.vouch],
    referral_id: referralId!,
    coded_sha256: hex(await sha256(coded.content.textContent ?? "")),
    ...(note && { replyKey: note.replyKey }),
  };
  const rows = (await (await fetched(messagesUrl!)).json()) as Row[];
  return { desk, rows, recipient: roster && currentKey(roster).age_recipient };
}

/** @returns the name of the message that says how it went. */
async function show(section: HTMLElement, note: NoteOpened | undefined, found: Open | undefined): Promise<string> {
  if (!found) {
    const panel = section.querySelector<HTMLElement>("[data-unlock]") ?? document.querySelector("[data-unlock]");
    if (panel) showLocked(panel);
    return "locked";
  }
  // Loaded on use: what reads age files is larger than everything else here.
  const { judged } = await import("./talk.ts");
  const lines = await judged(found.desk, found.rows);
  const list = section.querySelector<HTMLElement>("[data-talk]")!;
  list.replaceChildren(...lines.map((line) => item(section, line)));
  list.hidden = lines.length === 0;
  section.querySelector<HTMLElement>("[data-messages-open]")!.hidden = true;
  offerForms(section, note, found.recipient !== undefined);
  return found.recipient ? "" : "roster";
}

function offerForms(section: HTMLElement, note: NoteOpened | undefined, canSeal: boolean): void {
  const isBroken = note?.vouched === "broken";
  for (const form of forms(section))
    form.hidden = !canSeal || (form.dataset.write === "to_phone" && (!note?.replyKey || isBroken));
  const refusal = section.querySelector<HTMLElement>("[data-no-answer]");
  if (refusal) refusal.hidden = !isBroken;
  // Whoever put the note there would get the answer: without proof, a person has to know who that is.
  const sure = section.querySelector<HTMLElement>("[data-sure]");
  if (sure) sure.hidden = note?.vouched !== "missing";
}

/** A line as the page's own template has it: all words but the opened ones are the server's. */
function item(section: HTMLElement, line: Line): Node {
  const { direction, who } = line.row;
  const name = line.is === "shown" ? direction : line.is === "dropped" ? `dropped ${direction}` : line.is;
  const template = section.querySelector<HTMLTemplateElement>(`template[data-line="${name}"]`)!;
  const made = template.content.cloneNode(true) as DocumentFragment;
  const texts = { said: line.row.said, who: who ?? "", text: "text" in line ? line.text : "" };
  for (const [part, text] of Object.entries(texts)) {
    const place = made.querySelector(`[data-${part}]`);
    if (place) place.textContent = text;
  }
  return made;
}

/** Seals what was typed and sends it. @returns the name of the message that says how it went. */
async function sent(
  section: HTMLElement,
  form: HTMLFormElement,
  note: NoteOpened | undefined,
  text: string,
  written: () => void,
): Promise<string> {
  const direction = form.dataset.write as Write;
  const sure = form.querySelector<HTMLInputElement>("[data-sure]:not([hidden]) input");
  if (sure && !sure.checked) return "sure";
  for (let tries = 0; tries < TRIES; tries++) {
    // Asked anew each time: the place comes after what is there now, and the key is the one that holds now.
    const found = await open(section, note);
    if (!found) return show(section, note, found);
    if (!found.recipient) return "roster";
    if (!isThere(found.rows, form, text)) {
      const made = await sealed(found, direction, text);
      tried.set(form, { text, file: made.file });
      const answer = await send(section.dataset.messagesUrl!, { ...made });
      if (answer === "stale") continue;
      if (answer !== "ok") return NOT_SENT[answer];
    }
    tried.delete(form);
    written();
    // It is there: that the list could not be shown again must not look as if it were not.
    await open(section, note).then((now) => show(section, note, now)).catch(() => undefined);
    return direction === "to_phone" ? "sent" : "kept";
  }
  return "busy";
}

/** What each form sent last without being told that it arrived. */
const tried = new WeakMap<HTMLFormElement, { readonly text: string; readonly file: string }>();

/** Whether the last try arrived after all, and only its answer was lost: it must not go twice. */
function isThere(rows: readonly Row[], form: HTMLFormElement, text: string): boolean {
  const last = tried.get(form);
  return last?.text === text && rows.some(({ file }) => file === last.file);
}

const NOT_SENT: Readonly<Record<Exclude<Sent, "ok" | "stale">, string>> = {
  refused: "refused",
  expired: "over",
  failed: "failed",
};

async function sealed({ desk, rows, recipient }: Open, direction: Write, text: string): Promise<Sealed> {
  const { nextSeq, sealedAnswer, sealedNote } = await import("./talk.ts");
  const seq = nextSeq(rows, direction);
  if (direction === "internal") return sealedNote(desk, recipient!, seq, text);
  return sealedAnswer({ ...desk, replyKey: desk.replyKey! }, recipient!, seq, text);
}

/** The section's own status and messages: what unlocks it has others. */
const said = (section: HTMLElement): HTMLElement => section.querySelector<HTMLElement>("[data-messages-said]")!;

const forms = (section: HTMLElement): HTMLFormElement[] => [
  ...section.querySelectorAll<HTMLFormElement>("form[data-write]"),
];
