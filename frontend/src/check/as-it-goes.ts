/**
 * What of the running check is sent: only what belongs to whom it is about now. Answers of another route, and a part
 * that has nothing for this one, stay on the phone, in case the worker changes it back.
 */
import type { Draft } from "../storage/drafts.ts";
import { parts, recorded } from "./adds-up.ts";
import { draft } from "./running.ts";

export function asItGoes(): Draft {
  const kept = draft.value!;
  const { setting, ...facts } = kept.facts;
  const part = parts.value.find((one) => one === setting);
  return { ...kept, answers: recorded.value, facts: part ? { ...facts, setting: part } : facts };
}
