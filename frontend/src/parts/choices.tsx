/** The ways to choose: large answers for the thumb, chips for what goes with them. */
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface AnswerProps {
  readonly chosen: boolean;
  readonly quiet?: boolean;
  readonly onChoose: () => void;
  readonly children: ComponentChildren;
}

/** A large answer. The second tap of a double tap would fall on the next question: it does not count. */
export function Answer({ chosen, quiet, onChoose, children }: AnswerProps) {
  return (
    <button
      type="button"
      class={quiet ? "answer quiet" : "answer"}
      aria-pressed={chosen}
      onClick={({ detail }) => detail < 2 && onChoose()}
    >
      <span class="dot" aria-hidden="true" />
      <span>{children}</span>
    </button>
  );
}

export interface Choice {
  readonly value: string;
  readonly said: string;
}

interface ChipsProps {
  readonly ask: string;
  readonly choices: readonly Choice[];
  readonly chosen: readonly string[];
  readonly onChoose: (value: string) => void;
}

/** A short question with short answers. One or several may be on, as the caller decides. */
export function Chips({ ask, choices, chosen, onChoose }: ChipsProps) {
  const id = useId();
  return (
    <div class="question" role="group" aria-labelledby={id}>
      <p class="ask-small" id={id}>
        {ask}
      </p>
      <div class="chips">
        {choices.map(({ value, said }) => (
          <button
            type="button"
            key={value}
            class="chip"
            aria-pressed={chosen.includes(value)}
            onClick={() => onChoose(value)}
          >
            {said}
          </button>
        ))}
      </div>
    </div>
  );
}
