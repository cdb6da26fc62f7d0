/** Card after card in the person's language. What is tapped is told to the worker at once and kept nowhere. */
import { useSignal } from "@preact/signals";

import { saidInCard, type Cards } from "../check/person-cards.ts";
import { saidToPerson, type PersonWords } from "../content/person-words.ts";
import { figure, t } from "../words/translate.ts";
import { Notice } from "./notice.tsx";
import { PersonCard, type Tap } from "./person-card.tsx";
import { UseAnInterpreter } from "./person-language.tsx";
import { lineOf } from "./person-line.ts";

const STOP = "card.answer.stop";

interface DealProps {
  readonly cards: Cards;
  readonly ids: readonly string[];
  readonly words: PersonWords;
  readonly own: PersonWords;
  readonly onEnd: () => void;
}

export function Deal({ cards: { messages }, ids, words, own, onEnd }: DealProps) {
  const at = useSignal(0);
  const tapped = useSignal<string | undefined>(undefined);
  const card = messages[ids[at.value]!]!;
  const tap = (id: string): Tap => ({ value: id, english: messages[id]!.text });
  const shared = { words, own, messages, onTakeBack: onEnd };
  const to = (next: number): void => {
    tapped.value = undefined;
    if (next < ids.length) at.value = next;
    else onEnd();
  };
  const on = (
    <>
      {at.value > 0 && (
        <button type="button" class="btn" onClick={() => to(at.value - 1)}>
          {t("Card before")}
        </button>
      )}
      <button type="button" class="btn main" onClick={() => to(at.value + 1)}>
        {at.value + 1 < ids.length ? t("Next card") : t("Done")}
      </button>
    </>
  );
  const over = (
    <button type="button" class="btn main" onClick={onEnd}>
      {t("I have the phone back")}
    </button>
  );
  if (tapped.value) {
    const answer = messages[tapped.value]!.text;
    return (
      <PersonCard {...shared} english={messages["card.answer.thanks"]!.text} foot={tapped.value === STOP ? over : on}>
        <p>{t("They tapped: {answer}. Nothing of it is kept.", { answer: saidToPerson(own, answer) ?? answer })}</p>
      </PersonCard>
    );
  }
  if (saidInCard(card, words) === undefined) {
    return (
      <PersonCard {...shared} english={messages["card.interpreter.offer"]!.text} foot={card.checked_only ? undefined : on}>
        <Notice alert>
          <p>
            {card.checked_only
              ? t("This is asked only in words that a speaker has checked. In this language there are none yet.")
              : t("This question is not in their language yet.")}
          </p>
          <UseAnInterpreter />
        </Notice>
      </PersonCard>
    );
  }
  return (
    <PersonCard
      {...shared}
      english={card.text}
      line={lineOf(card)}
      answers={card.answers?.map(tap) ?? []}
      ways={[tap(STOP)]}
      onTap={(value) => void (tapped.value = value)}
      foot={on}
    >
      <p class="small">{t("Card {at} of {all}", { at: figure(at.value + 1), all: figure(ids.length) })}</p>
    </PersonCard>
  );
}
