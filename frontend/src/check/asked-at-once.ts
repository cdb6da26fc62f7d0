/**
 * What is asked at once on the screen of a yes, and what its answers are called. The definition says which sign asks
 * for it and when (`asks`); nothing here weighs an answer.
 */
import { holds } from "../screening/pathway.ts";
import type { Indicator } from "../screening/types.ts";
import { t } from "../words/translate.ts";
import { factsNow } from "./adds-up.ts";
import { checklist, pathway } from "./running.ts";

export interface Question {
  readonly ask: string;
  readonly choices: readonly { readonly value: string; readonly said: string }[];
}

/** The facts that a yes to this sign asks for, in the order of the definition. */
export function askedWith({ marks }: Indicator): readonly string[] {
  const { macros } = pathway.value!;
  return checklist.value!.asks
    .filter(({ mark, when }) => marks.includes(mark) && holds(when, macros, factsNow.value))
    .map(({ fact }) => fact);
}

/** The question of such a fact; undefined for one that this app has no words for. */
export function questionAtOnce(fact: string): Question | undefined {
  switch (fact) {
    case "danger":
      return { ask: t("Is it happening now?"), choices: plainly("now", "ongoing", "none") };
    case "parent_care":
      // Ordinary care of a strict parent does not count.
      return {
        ask: t("Is the other person a parent or usual carer, giving ordinary care?"),
        choices: plainly("yes", "no", "unknown"),
      };
    default:
      return undefined;
  }
}

const plainly = (...values: readonly string[]): Question["choices"] =>
  values.map((value) => ({ value, said: saidPlainly(value) }));

/** What the short answers are called. Any other value is shown as it stands. */
export function saidPlainly(value: string): string {
  switch (value) {
    case "yes":
      return t("Yes");
    case "no":
      return t("No");
    case "unknown":
    case "unsure":
      return t("Not sure");
    case "now":
      return t("Now");
    case "ongoing":
      return t("It goes on");
    case "none":
      return t("Not that I know");
    default:
      return value;
  }
}
