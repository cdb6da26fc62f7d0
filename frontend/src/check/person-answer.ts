/**
 * What the person tapped on the show-card, turned into the worker's answer: a yes to a question whose yes means no sign is
 * a no. It is kept at once, like every answer.
 */
import { holds } from "../screening/pathway.ts";
import { turnPersonAnswer } from "../screening/screen.ts";
import type { Answer, Indicator, SectionKind } from "../screening/types.ts";
import { factsNow } from "./adds-up.ts";
import { checklist, record } from "./running.ts";
import { sayYes } from "./say-yes.ts";

/** What the person can answer to a question about a sign. */
export const PERSON_ANSWERS = ["yes", "no", "dont_know", "declined"] as const;
export type PersonAnswer = (typeof PERSON_ANSWERS)[number];

/** Whether the phone may be turned round at this sign: by the list, in a section of what is told, with a question. */
export function mayShow({ person_question }: Indicator, kind: SectionKind): boolean {
  const { show_card } = checklist.value!;
  return person_question !== undefined && kind === "told" && holds(show_card, {}, factsNow.value);
}

/** Records what the person answered. */
export function recordPersonAnswer(id: string, sign: Indicator, said: PersonAnswer): void {
  const answer: Answer = turnPersonAnswer(sign, said);
  // A yes of before, however it was known, is now what the person says.
  record(id, undefined);
  if (answer === "yes") sayYes(id, sign, "person_said");
  else record(id, { answer });
}
