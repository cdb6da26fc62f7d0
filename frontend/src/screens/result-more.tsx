/** One tap away from the result: raising the concern, and the kinds it may be about. */
import { result } from "../check/adds-up.ts";
import { questionOf } from "../check/questions.ts";
import { draft, pathway, raise, settle, unsettle } from "../check/running.ts";
import { Chips } from "../parts/choices.tsx";
import type { Raised } from "../storage/drafts.ts";
import { saidConcern } from "../words/said.ts";
import { t } from "../words/translate.ts";

/** A worker may raise the concern, with a reason, and never lower it. */
export function Raise() {
  const { concern } = result.value!;
  const raised = draft.value!.raised;
  if (concern === "strong") return null;
  const levels = (["some", "strong"] as const).filter((to) => to !== concern);
  const why = raised?.why ?? "worry";
  const reasons: readonly { value: Raised["why"]; said: string }[] = [
    { value: "worry", said: t("I am worried") },
    { value: "pattern", said: t("I have seen this before") },
    { value: "told_in_confidence", said: t("I was told in confidence") },
    { value: "other_signs", said: t("Other signs, not on the list") },
  ];
  return (
    <details class="fold" open={raised !== undefined}>
      <summary>{t("I think it is more serious")}</summary>
      <div class="rows wide">
        <Chips
          ask={t("What would you call it?")}
          choices={levels.map((value) => ({ value, said: saidConcern(value) }))}
          chosen={raised ? [raised.to] : []}
          onChoose={(to) => raise(raised?.to === to ? undefined : { to: to as Raised["to"], why })}
        />
        {raised && (
          <Chips
            ask={t("Why?")}
            choices={reasons}
            chosen={[raised.why]}
            onChoose={(value) => raise({ to: raised.to, why: value as Raised["why"] })}
          />
        )}
        <p class="small">{t("Your reason goes with it. What the answers add up to stays beside it.")}</p>
      </div>
    </details>
  );
}

/** Proposed from the signs; what the worker says stands. */
export function Kinds() {
  const { facts } = result.value!;
  if (facts["subject"] === "place" && !draft.value!.facts["exploitation"]) return null;
  const chosen = facts["exploitation"] as readonly string[];
  const { choices } = questionOf("exploitation", pathway.value!);
  const choose = (value: string): void => {
    const others = chosen.filter((one) => one !== value && one !== "unknown");
    const kinds = value === "unknown" ? [value] : chosen.includes(value) ? others : [...others, value];
    if (kinds.length) settle({ exploitation: kinds });
    else unsettle("exploitation");
  };
  return (
    <details class="fold">
      <summary>{t("What it may be about")}</summary>
      <div class="rows wide">
        <Chips
          ask={t("The signs point to this. Change it if you know better.")}
          choices={choices}
          chosen={chosen}
          onChoose={choose}
        />
      </div>
    </details>
  );
}
