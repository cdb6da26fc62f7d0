/**
 * Keys that are made on the Keys page: a team's first, those after a key that was lost, and a member's own. Nothing is
 * sent before the words, and the sheet, were shown to be on paper.
 */
import { memberWords } from "../sealing/compare.ts";
import { only, type Page } from "./keys-page.ts";
import { given, save, shownVersion, takeUpNew, troubleOf, type Done } from "./keys-saving.ts";
import { keepSheet, keepWords, showSix } from "./keys-steps.ts";
import { begin, makeOwn, reanchor, type Begun } from "./keys-work.ts";
import { keepOwn, readOwn } from "./memory.ts";
import { keysState, type KeysState } from "./state.ts";

/** A team's first keys. */
export async function makeFirst(page: Page, state: KeysState, view: HTMLElement): Promise<Done> {
  const made = await begun(page, view, state, 0);
  await save(page, "/keys", { ...made.identity, ...made.team });
  await takeUpNew(state, made.key, made.halves);
  return { notice: "made" };
}

/** A team's keys once more, because nobody can open anything with those of before. */
export async function giveUp(page: Page, state: KeysState): Promise<Done> {
  const view = page.show("lost");
  await page.pressed(view);
  const made = await begun(page, view, state, Math.max(...state.history.map(({ n }) => n)));
  await save(page, "/keys/identity", { ...made.identity, words_lost: "1" });
  await save(page, "/keys/renew", made.team);
  await takeUpNew(state, made.key, made.halves);
  return { notice: "begun-again" };
}

async function begun(page: Page, view: HTMLElement, state: KeysState, after: number): Promise<Begun> {
  const job = { team: state.team.id, member: state.member.id, after, version: shownVersion(state) + 1 };
  const made = given(await page.busy(view, "making", () => begin(job)));
  await keepWords(page, made.passphrase);
  await keepSheet(page, made.sheet);
  return made;
}

/** A member's own key; `words_lost` takes away what the one of before opened. */
export async function makeOwnKey(page: Page, state: KeysState, view: HTMLElement): Promise<Done> {
  const anchor = state.team.vouch_key!;
  const made = given(await page.busy(view, "making", () => makeOwn({ anchor })));
  await keepWords(page, made.passphrase);
  await save(page, "/keys/identity", { ...made.fields, ...(state.team_wrap && { words_lost: "1" }) });
  await keepOwn(state.member.id, { key: made.fields.identity_recipient!, anchor });
  return { notice: "own-made" };
}

/** New words for somebody who lost theirs. */
export async function replaceWords(page: Page, state: KeysState): Promise<Done> {
  const view = page.show("words-lost");
  await page.pressed(view);
  return makeOwnKey(page, state, view);
}

/**
 * The page of a member who waits to be let in, with the six words of their own key. @returns the button that was pressed.
 */
export async function wait(page: Page, state: KeysState): Promise<HTMLElement> {
  const own = await readOwn(state.member.id);
  // From this browser's own memory: a server that could choose them would choose those that a colleague sees.
  const isKnown = own && own.key === state.member.key && own.anchor === state.team.vouch_key;
  if (!isKnown) return askWords(page, state);
  const view = page.show("waiting");
  showSix(view, "own", await memberWords(own.key, own.anchor));
  return page.pressed(view);
}

/** Another browser, or the team's key is another one by now: the words say which key is really theirs. */
export async function askWords(page: Page, state: KeysState): Promise<HTMLElement> {
  const view = page.show("waiting-words");
  const input = view.querySelector("input")!;
  input.value = "";
  only(view, "swapped", "");
  for (;;) {
    const by = await page.pressed(view);
    if (by.dataset.do !== "words") return by;
    const anchor = state.team.vouch_key!;
    const job = { words: input.value, file: state.identity_wrapped!, anchor };
    const work = await page.busy(view, "working", () => reanchor(job));
    if (!("done" in work)) {
      page.say(view, troubleOf(work));
      continue;
    }
    input.value = "";
    if (work.done.key !== state.member.key) {
      only(view, "swapped", "yes");
      page.say(view, "");
      continue;
    }
    await save(page, "/keys/words", work.done.fields);
    await keepOwn(state.member.id, { key: work.done.key, anchor });
    return state.team_wrap ? showOwn(page, work.done.key, anchor) : wait(page, await keysState());
  }
}

async function showOwn(page: Page, key: string, anchor: string): Promise<HTMLElement> {
  const view = page.show("waiting");
  showSix(view, "own", await memberWords(key, anchor));
  return page.pressed(view);
}
