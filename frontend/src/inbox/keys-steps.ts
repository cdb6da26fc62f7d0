/**
 * Steps that several deeds of the Keys page share: words that are written down, a sheet that is printed, words or a
 * passkey asked once more, six words compared, a sheet's key typed in. None of them sends anything.
 */
import { asCode, saysSame } from "../sealing/compare.ts";
import { secretText } from "../sealing/identities.ts";
import { WORDS, tidied } from "../sealing/passphrase.ts";
import { scan, type Scanned } from "../scanning/camera.ts";
import { fill, list, longDay, only, type Page } from "./keys-page.ts";
import type { Sheet } from "./keys-work.ts";
import { fromPasskey, knowsPasskeys } from "./prf.ts";
import { drawCode } from "./qr-picture.ts";
import type { Opener, Work } from "./sealed-work.ts";
import type { KeysState } from "./state.ts";
import { openerOf, type Given } from "./unlocking.ts";

/** What every recovery key begins with; it is not typed. */
const PREFIX = "AGE-SECRET-KEY-1";
/** The last two groups of a sheet's key: a group of four letters and one of two. */
const LAST = 6;

/** Shows the seven words, takes them away, and asks for two of them: words that were not written down open nothing. */
export async function keepWords(page: Page, passphrase: string): Promise<void> {
  const words = passphrase.split(" ");
  for (;;) {
    const shown = page.show("words");
    const place = shown.querySelector<HTMLElement>("[data-words-list]")!;
    list(place, words);
    await page.pressed(shown);
    place.replaceChildren();
    if (await askedBack(page, words)) return;
  }
}

/** @returns false when the person wants to see the words again. */
async function askedBack(page: Page, words: readonly string[]): Promise<boolean> {
  const view = page.show("words-check");
  const inputs = [...view.querySelectorAll<HTMLInputElement>("[data-check]")];
  const asked = drawn(inputs.length);
  const numbers = view.querySelectorAll<HTMLElement>("[data-check-number]");
  asked.forEach((place, at) => (numbers[at]!.textContent = String(place + 1)));
  for (const input of inputs) input.value = "";
  for (;;) {
    if ((await page.pressed(view)).dataset.do === "again") return false;
    if (inputs.every((input, at) => tidied(input.value) === words[asked[at]!])) return true;
    page.say(view, "words-differ");
  }
}

/** `count` different places of words, in order. */
function drawn(count: number): number[] {
  const places = new Set<number>();
  while (places.size < count) places.add(crypto.getRandomValues(new Uint8Array(1))[0]! % WORDS);
  return [...places].sort((a, b) => a - b);
}

/** Shows the recovery sheet to be printed, takes it away, and asks for the end of its key. */
export async function keepSheet(page: Page, { secret, words }: Sheet): Promise<void> {
  for (;;) {
    const shown = page.show("sheet");
    const paper = document.querySelector<HTMLElement>(".sheet")!;
    list(paper.querySelector<HTMLElement>("[data-groups]")!, groupsOf(secret));
    list(paper.querySelector<HTMLElement>("[data-six]")!, words);
    drawCode(paper.querySelector<HTMLElement>("[data-code]")!, secret);
    fill(paper, { day: longDay(new Date()) });
    await page.pressed(shown);
    for (const place of paper.querySelectorAll("[data-groups], [data-code]")) place.replaceChildren();
    const view = page.show("sheet-check");
    const input = view.querySelector("input")!;
    input.value = "";
    for (;;) {
      if ((await page.pressed(view)).dataset.do === "again") break;
      if (letters(input.value) === secret.slice(-LAST)) return;
      page.say(view, "sheet-differs");
    }
  }
}

/** The key in groups of four letters, with what all keys begin with in front. */
function groupsOf(secret: string): readonly string[] {
  return [PREFIX, ...(secret.slice(PREFIX.length).match(/.{1,4}/g) ?? [])];
}

const letters = (typed: string): string => typed.toUpperCase().replace(/[^A-Z0-9-]/g, "");

/** A sheet's key as it was typed or scanned; undefined when a letter is wrong (the last six are worked out of all). */
export function sheetKey(typed: string): string | undefined {
  const bare = letters(typed);
  const text = bare.startsWith(PREFIX) ? bare : PREFIX + bare;
  try {
    secretText.decode(text);
    return text;
  } catch {
    return undefined;
  }
}

/** Asks for the key on the recovery sheet, typed or scanned. @param part which words stand above it. */
export async function askedSheet(page: Page, part: string): Promise<string> {
  const view = page.show("sheet-key");
  only(view, "why", part);
  const input = view.querySelector("textarea")!;
  input.value = "";
  let by = await page.pressed(view);
  for (;;) {
    if (by.dataset.do === "scan") {
      const seen = await scannedOr(page, view);
      if ("by" in seen) {
        by = seen.by;
        continue;
      }
      if (typeof seen.scanned === "object") input.value = seen.scanned.text;
      else page.say(view, `camera-${seen.scanned}`);
    }
    const key = sheetKey(input.value);
    if (key) {
      input.value = "";
      return key;
    }
    if (by.dataset.do !== "scan" || input.value) page.say(view, "sheet-slip");
    by = await page.pressed(view);
  }
}

/** Six words of others beside what they say: "same" only when a person, or the camera, says so. */
export async function compared(page: Page, view: HTMLElement, words: readonly string[]): Promise<"same" | "differ"> {
  list(view.querySelector<HTMLElement>("[data-six=theirs]")!, words);
  let by = await page.pressed(view);
  for (;;) {
    if (by.dataset.do !== "scan") return by.dataset.do as "same" | "differ";
    const seen = await scannedOr(page, view);
    if ("by" in seen) {
      by = seen.by;
      continue;
    }
    if (typeof seen.scanned === "object") return saysSame(seen.scanned.text, words) ? "same" : "differ";
    page.say(view, `camera-${seen.scanned}`);
    by = await page.pressed(view);
  }
}

/** Six words and the code that says them, for a colleague's camera. */
export function showSix(view: HTMLElement, name: string, words: readonly string[]): void {
  list(view.querySelector<HTMLElement>(`[data-six=${name}]`)!, words);
  const place = view.querySelector<HTMLElement>(`[data-code=${name}]`);
  if (place) drawCode(place, asCode(words));
}

/** Looks through the camera until there is a code or something else is pressed; the camera is off then. */
async function scannedOr(page: Page, view: HTMLElement): Promise<{ scanned: Scanned } | { by: HTMLElement }> {
  const box = view.querySelector<HTMLElement>("[data-camera]")!;
  const end = new AbortController();
  box.hidden = false;
  page.say(view, "camera-on");
  try {
    return await Promise.race([
      scan(box.querySelector("video")!, end.signal).then((scanned) => ({ scanned })),
      page.pressed(view).then((by) => ({ by })),
    ]);
  } finally {
    end.abort();
    box.hidden = true;
    page.say(view, "");
  }
}

/**
 * Asks for the seven words or a passkey once more, because the deed needs the team's whole keyring.
 *
 * @param why which words stand above the field.
 */
export async function withKeyring<T>(
  page: Page,
  state: KeysState,
  why: string,
  job: (by: { readonly opener: Opener; readonly teamWrap: string }) => Promise<Work<T>>,
): Promise<T> {
  const view = page.show("confirm");
  only(view, "why", why);
  const input = view.querySelector("input")!;
  input.value = "";
  const usable = state.passkeys.filter(({ identity_wrap }) => identity_wrap).map(({ credential_id }) => credential_id);
  view.querySelector<HTMLElement>("[data-do=passkey]")!.hidden = !usable.length || !knowsPasskeys();
  for (;;) {
    const by = await page.pressed(view);
    const trouble = await page.busy(view, "working", async () => {
      const given: Given | string =
        by.dataset.do === "passkey" ? await fromPasskey(usable).catch(passkeyTrouble) : { words: input.value };
      if (typeof given === "string") return given;
      const opener = openerOf(state, given);
      if (!opener) return "no-wrap";
      const work = await job({ opener, teamWrap: state.team_wrap! });
      return "done" in work ? { done: work.done } : work.trouble;
    });
    if (typeof trouble === "object") {
      input.value = "";
      return trouble.done;
    }
    page.say(view, trouble);
  }
}

function passkeyTrouble(error: unknown): string {
  return error instanceof Error && error.name === "NoPrf" ? "no-prf" : "cancelled";
}
