/** The recovery sheet: opening the team's keys with it, looking whether it is still good, and making another. */
import { currentKey, type Roster } from "../sealing/roster.ts";
import { list, type Page } from "./keys-page.ts";
import { next } from "./keys-rosters.ts";
import { given, save, shownVersion, takeUpNew, troubleOf, type Done } from "./keys-saving.ts";
import { askedSheet, keepSheet, keepWords, withKeyring } from "./keys-steps.ts";
import { newSheet, openSheet, recover, type OpenedSheet } from "./keys-work.ts";
import type { KeysState } from "./state.ts";

/** A new key of one's own by the sheet. Needs no memory of this browser: the paper says whom to believe. */
export async function recoverBySheet(page: Page, state: KeysState): Promise<Done> {
  const opened = await opening(page, state, "recover");
  if (typeof opened === "string") return { notice: opened };
  const view = page.show("sheet-words");
  list(view.querySelector<HTMLElement>("[data-six]")!, opened.words);
  if ((await page.pressed(view)).dataset.do !== "same") return { notice: "sheet-forged" };
  const made = given(
    await page.busy(view, "making", () =>
      recover({
        ...opened.job,
        member: state.member.id,
        active: state.members.map(({ id }) => id),
        roster: state.roster,
        next: shownVersion(state) + 1,
      }),
    ),
  );
  await keepWords(page, made.passphrase);
  await save(page, "/keys/identity", made.fields);
  await takeUpNew(state, made.key, made.halves);
  return { notice: made.isAnew ? "recovered-alone" : "recovered" };
}

/** Whether the sheet in somebody's hand is the team's, and still opens what it should. */
export async function checkSheet(page: Page, state: KeysState, roster: Roster): Promise<Done> {
  const opened = await opening(page, state, "check");
  if (typeof opened === "string") return { notice: opened };
  if (opened.recipient !== roster.recovery || opened.vouch !== currentKey(roster).vouch_key)
    return { notice: "sheet-other" };
  await save(page, "/keys/drill", { what: "recovery" });
  return { notice: "sheet-good" };
}

/** Another sheet in the place of the one of before. */
export async function replaceSheet(page: Page, state: KeysState, roster: Roster): Promise<Done> {
  const after = next(state, roster);
  const made = await withKeyring(page, state, "sheet", (by) => newSheet({ ...by, roster: after }));
  await keepSheet(page, made.sheet);
  await save(page, "/keys/roster", made.fields);
  return { notice: "sheet-made" };
}

type Opened = OpenedSheet & { readonly job: Parameters<typeof openSheet>[0] };

/** What the sheet opens; or the name of the notice that says why it opens nothing. */
async function opening(page: Page, state: KeysState, why: string): Promise<Opened | string> {
  if (!state.recovery) return "no-sheet";
  const secret = await askedSheet(page, why);
  const job = { secret, file: state.recovery.file, team: state.team.id, history: state.history };
  const view = page.show("saving");
  const work = await page.busy(view, "working", () => openSheet(job));
  const trouble = troubleOf(work);
  if (trouble) return trouble === "words" ? "sheet-other" : "sheet-broken";
  return { ...given(work), job };
}
