/**
 * When to stop at a sign and say what to do before anything else.
 * It stops for what is new only: the same card three times in twelve signs would be tapped away unread.
 */
import type { Indicator } from "../screening/types.ts";
import { result } from "./adds-up.ts";
import { draft, pathway } from "./running.ts";

/** The checks and cards that were shown already, while the app is open. */
const shown = new Set<string>();

/** Whether "Do this now" comes before the next sign, after a yes to this one. */
export function stopsAt({ marks }: Indicator): boolean {
  const check = draft.value!.id;
  const first = pathway.value!.urgency_order[0];
  const urgent = result.value!.actions.filter(({ urgency }) => urgency === first);
  const keys = urgent.map(({ action }) => `${check} ${action}`);
  if (marks.some((mark) => mark.startsWith("decisive"))) keys.push(check);
  const isNew = keys.some((key) => !shown.has(key));
  keys.forEach((key) => shown.add(key));
  return isNew;
}

/** What to do first: everything for now, or else the two next things. */
export function firstThings() {
  const { actions } = result.value!;
  const first = pathway.value!.urgency_order[0];
  const urgent = actions.filter(({ urgency }) => urgency === first);
  return urgent.length ? urgent : actions.slice(0, 2);
}
