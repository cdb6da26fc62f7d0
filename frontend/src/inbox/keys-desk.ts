/**
 * The Keys page of somebody whose keys are unlocked: who is on the team's list, which other teams are, and what can be
 * done about it. What is only in the database is shown as such, and nothing is ever sealed to it.
 */
import { memberWords, teamWords } from "../sealing/compare.ts";
import type { TeamKeys } from "../sealing/halves.ts";
import { currentKey, signRoster, type Roster, type RosterFault } from "../sealing/roster.ts";
import { askWords } from "./keys-begin.ts";
import { fill, longDay, only, type Page } from "./keys-page.ts";
import { checkSheet, replaceSheet } from "./keys-recovery.ts";
import { next, partners, people, withMember, without, withPartner, type Partner, type Person } from "./keys-rosters.ts";
import { save, shownVersion, takeUpNew, type Done } from "./keys-saving.ts";
import { compared, keepSheet, showSix, withKeyring } from "./keys-steps.ts";
import { admit, anew, renewKey } from "./keys-work.ts";
import { readSeen } from "./memory.ts";
import type { KeysState } from "./state.ts";

interface Desk {
  readonly page: Page;
  readonly state: KeysState;
  readonly keys: TeamKeys;
  readonly roster: Roster;
}

/** Shows the desk and does the one thing that is pressed. */
export async function atDesk(desk: Desk): Promise<Done> {
  const { page, state, roster } = desk;
  const [everybody, teams] = [people(state, roster), await partners(state, roster)];
  const view = page.show("desk");
  await showDesk(desk, view, everybody, teams);
  const { do: what, id } = (await page.pressed(view)).dataset;
  const person = everybody.find((one) => one.id === Number(id));
  const team = teams.find((one) => one.team === Number(id));
  if (what === "compare" && person) return letIn(desk, person);
  if (what === "take-off" && person) return takeOff(desk, person);
  if (what === "verify" && team) return verify(desk, team);
  if (what === "renew") return renew(desk, everybody);
  if (what === "check-sheet") return checkSheet(page, state, roster);
  if (what === "new-sheet") return replaceSheet(page, state, roster);
  if (what === "own-words") await askWords(page, state);
  return { notice: "" };
}

async function showDesk(desk: Desk, view: HTMLElement, everybody: readonly Person[], teams: readonly Partner[]): Promise<void> {
  const { page, state, roster } = desk;
  const own = currentKey(roster);
  showSix(view, "team", await teamWords(own.age_recipient, own.vouch_key));
  const rows = everybody.map((person) => {
    const row = rowOf(page, "person", person.id, { name: person.name });
    only(row, "standing", person.standing);
    row.querySelector<HTMLElement>("[data-you]")!.hidden = person.id !== state.member.id;
    return row;
  });
  view.querySelector("[data-people]")!.replaceChildren(...rows);
  const lines = teams.map((team) => {
    const row = rowOf(page, "partner", team.team, { name: team.name, organisation: team.organisation });
    only(row, "standing", team.standing);
    return row;
  });
  view.querySelector("[data-partners]")!.replaceChildren(...lines);
  view.querySelector<HTMLElement>("[data-no-partners]")!.hidden = teams.length > 0;
  const isOn = everybody.some(({ id, standing }) => id === state.member.id && standing === "in");
  view.querySelector<HTMLElement>("[data-off]")!.hidden = isOn;
  showLeavers(view, desk);
  showRecovery(view, desk);
}

function rowOf(page: Page, name: string, id: number, texts: Readonly<Record<string, string>>): HTMLElement {
  const row = page.made(name);
  fill(row, texts);
  for (const button of row.querySelectorAll<HTMLElement>("button")) button.dataset.id = String(id);
  return row;
}

/** Renewing comes first after somebody left: what is sealed until then they could read. */
function showLeavers(view: HTMLElement, { page, state, roster }: Desk): void {
  const names = new Map(state.gone.map(({ id, name }) => [id, name]));
  // The server may forget to name who left; the roster does not.
  for (const { id } of roster.members) if (!state.members.some((one) => one.id === id)) names.set(id, names.get(id) ?? "");
  view.querySelector<HTMLElement>("[data-leavers]")!.hidden = names.size === 0;
  const rows = [...names].map(([id, name]) => {
    const row = rowOf(page, "leaver", id, { name });
    only(row, "named", name ? "yes" : "no");
    return row;
  });
  view.querySelector("[data-gone]")!.replaceChildren(...rows);
}

function showRecovery(view: HTMLElement, { state, roster }: Desk): void {
  const { recovery } = state;
  const isOurs = (recovery?.recipient ?? "") === roster.recovery;
  only(view, "recovery", !isOurs ? "swapped" : !recovery ? "none" : recovery.checked_at ? "checked" : "unchecked");
  fill(view, { checked: recovery?.checked_at ? longDay(new Date(recovery.checked_at)) : "" });
  const check = view.querySelector<HTMLElement>("[data-do=check-sheet]")!;
  check.hidden = !isOurs || !recovery;
}

/** Lets in a colleague whose six words are the same on both screens. */
async function letIn({ page, state, roster }: Desk, { id, name, key }: Person): Promise<Done> {
  const view = page.show("compare");
  only(view, "about", "person");
  fill(view, { name });
  const words = await memberWords(key, currentKey(roster).vouch_key);
  if ((await compared(page, view, words)) === "differ") return notSame(page, "person", name);
  const after = withMember(next(state, roster), id, key);
  const fields = await withKeyring(page, state, "admit", (by) => admit({ ...by, roster: after, member: id }));
  await save(page, "/keys/members", fields);
  return { notice: "admitted", who: name };
}

/** Believes another team's key when people compared it. The unlocked key signs: nothing has to be typed. */
async function verify({ page, state, keys, roster }: Desk, { team, name, organisation, key }: Partner): Promise<Done> {
  const view = page.show("compare");
  only(view, "about", "team");
  fill(view, { name: `${name} · ${organisation}` });
  const own = currentKey(roster);
  showSix(view, "ours", await teamWords(own.age_recipient, own.vouch_key));
  const theirs = await teamWords(key.age_recipient, key.vouch_key);
  if ((await compared(page, view, theirs)) === "differ") return notSame(page, "team", name);
  await sign(page, keys, withPartner(next(state, roster), team, key));
  return { notice: "verified", who: name };
}

async function takeOff({ page, state, keys, roster }: Desk, { id, name }: Person): Promise<Done> {
  await sign(page, keys, without(next(state, roster), [id]));
  return { notice: "taken-off", who: name };
}

async function sign(page: Page, keys: TeamKeys, roster: Roster): Promise<void> {
  const { body, signature } = await signRoster(roster, keys.sign);
  await save(page, "/keys/roster", { roster_body: body, roster_signature: signature });
}

/** The next key, for everybody on the list who is still there with the key that was compared. */
async function renew({ page, state, roster }: Desk, everybody: readonly Person[]): Promise<Done> {
  const changed = everybody.filter(({ standing }) => standing === "swapped" || standing === "remade");
  const after = without(next(state, roster), changed.map(({ id }) => id));
  const made = await withKeyring(page, state, "renew", (by) => renewKey({ ...by, roster: after }));
  await save(page, "/keys/renew", made.fields);
  await takeUpNew(state, made.key, made.halves);
  return { notice: "renewed" };
}

async function notSame(page: Page, about: string, name: string): Promise<Done> {
  const view = page.show("not-same");
  only(view, "about", about);
  fill(view, { name });
  await page.pressed(view);
  return { notice: "" };
}

/** The list does not hold: says why, and begins it anew if people decide so. */
export async function atFault(page: Page, state: KeysState, fault: RosterFault): Promise<Done> {
  const view = page.show("fault");
  only(view, "fault", fault);
  await page.pressed(view);
  const [shown, seen] = [shownVersion(state), (await readSeen(state.team.id))?.version ?? 0];
  // One after the other, as the server counts, until no browser takes the newest for an old one.
  const count = Math.max(seen - shown, 0) + 1;
  const versions = Array.from({ length: count }, (_, at) => shown + 1 + at);
  const { id: team } = state.team;
  const job = { team, member: state.member.id, history: state.history, versions };
  const made = await withKeyring(page, state, "anew", (by) => anew({ ...by, ...job }));
  await keepSheet(page, made.sheet);
  for (const form of made.forms) await save(page, "/keys/roster", form);
  return { notice: "anew" };
}
