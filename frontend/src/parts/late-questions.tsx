/** Late questions inside the card that needs them: what is chosen changes what to do at once. */
import { questionOf } from "../check/questions.ts";
import { draft, pathway, settle } from "../check/running.ts";
import { Chips } from "./choices.tsx";

export function LateQuestions({ facts }: { facts: readonly string[] }) {
  const given = draft.value!.facts;
  return (
    <>
      {facts.map((fact) => (
        <div key={fact} data-fact={fact}>
          <Chips
            {...questionOf(fact, pathway.value!)}
            // Only what the worker said is shown as chosen: a default is nobody's answer.
            chosen={typeof given[fact] === "string" ? [given[fact]] : []}
            onChoose={(value) => choose(fact, value)}
          />
        </div>
      ))}
    </>
  );
}

/** The question may move to another card with its answer, or go: the focus goes with it, or to what changed. */
function choose(fact: string, value: string): void {
  settle({ [fact]: value });
  requestAnimationFrame(() => {
    if (document.activeElement !== document.body) return;
    const moved = document.querySelector<HTMLElement>(`[data-fact="${fact}"] [aria-pressed="true"]`);
    (moved ?? document.querySelector<HTMLElement>(".deeds"))?.focus();
  });
}
