/**
 * The Keys page: asks what is there, shows the one thing that comes next, and does it. Everything that is believed is
 * signed or was compared by people; the server's word is only ever a claim.
 */
import { canHoldKeys } from "./capable.ts";
import { giveUp, makeFirst, makeOwnKey, replaceWords, wait } from "./keys-begin.ts";
import { atDesk, atFault } from "./keys-desk.ts";
import { Left, NotSaved, Page } from "./keys-page.ts";
import { recoverBySheet } from "./keys-recovery.ts";
import type { Done } from "./keys-saving.ts";
import { keysState, NotAnswered, type KeysState } from "./state.ts";
import { trustedRoster, UNLOCKED, unlockedTeam } from "./unlocked.ts";

/** Makes the page work. Never settles: one thing follows the other as long as the page is open. */
export async function offerKeys(root: HTMLElement): Promise<never> {
  const page = new Page(root);
  for (;;) {
    const { notice, who } = await one(page);
    page.after(notice, who);
  }
}

/** One deed, from looking at what is there to what became of it. */
async function one(page: Page): Promise<Done> {
  try {
    return await stage(page, await keysState());
  } catch (error) {
    if (error instanceof Left) return { notice: "" };
    if (error instanceof NotSaved) return { notice: `not-kept-${error.why}` };
    const view = page.show("trouble");
    page.say(view, error instanceof NotAnswered && error.why === "over" ? "over" : "away");
    await page.pressed(view);
    return { notice: "" };
  }
}

async function stage(page: Page, state: KeysState): Promise<Done> {
  if (!(await canHoldKeys())) return chosen(page, state, await page.pressed(page.show("unable")));
  if (!state.team.age_recipient) {
    const view = page.show("first");
    await page.pressed(view);
    return makeFirst(page, state, view);
  }
  if (!state.member.key || !state.identity_wrapped) return chosen(page, state, await page.pressed(page.show("own")));
  if (!state.team_wrap) return chosen(page, state, await wait(page, state));
  const keys = await unlockedTeam(state);
  if (!keys) return chosen(page, state, await Promise.race([page.pressed(page.show("locked")), unlocked()]));
  const believed = await trustedRoster(state);
  if ("roster" in believed) return atDesk({ page, state, keys, roster: believed.roster });
  return atFault(page, state, believed.fault === "no-anchor" ? "forged" : believed.fault);
}

/** What those choose who cannot open anything here yet. */
async function chosen(page: Page, state: KeysState, by: HTMLElement | undefined): Promise<Done> {
  const view = by?.closest<HTMLElement>("[data-view]");
  switch (by?.dataset.do) {
    case "own":
      return makeOwnKey(page, state, view!);
    case "words-lost":
      return replaceWords(page, state);
    case "recover":
      return recoverBySheet(page, state);
    case "lost":
      return giveUp(page, state);
    default:
      return { notice: "" };
  }
}

/** Once the panel of the page has unlocked the keys. */
function unlocked(): Promise<undefined> {
  return new Promise((resolve) => document.addEventListener(UNLOCKED, () => resolve(undefined), { once: true }));
}
