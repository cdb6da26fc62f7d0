/** A yes to a sign, however it came. A danger that was ruled out before must be asked about again. */
import type { Indicator, Known } from "../screening/types.ts";
import { askedWith } from "./asked-at-once.ts";
import { draft, record, settle } from "./running.ts";

export function sayYes(id: string, sign: Indicator, known: Known): void {
  if (draft.value!.answers[id]?.answer === "yes") return;
  record(id, { answer: "yes", known: [known] });
  if (askedWith(sign).includes("danger") && draft.value!.facts["danger"] === "none") settle({ danger: "unknown" });
}
