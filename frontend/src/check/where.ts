/** Remembers, with the draft, which screen the worker was on, so that a check is carried on where it was left. */
import type { Place } from "./places.ts";
import { draft, tell } from "./running.ts";

/** Notes the screen. Opening a check and looking at its first card keeps nothing yet. */
export function noteWhere(at: Place): void {
  const begun = draft.value && Object.keys(draft.value.answers).length > 0;
  const worthIt = at.name === "sign" || at.name === "result" || at.name === "send";
  const text = JSON.stringify(at);
  if (begun && worthIt && at.check === draft.value!.id && draft.value!.at !== text) tell({ at: text });
}
