/**
 * The phone turned round: a question about one sign in the person's own language. What they tap is turned into the
 * worker's answer; after it only the worker's tap goes on, and nothing on the screen tells what was answered.
 */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { route } from "../check/adds-up.ts";
import { mayShow, PERSON_ANSWERS, recordPersonAnswer, type PersonAnswer } from "../check/person-answer.ts";
import { cardsHere } from "../check/person-cards.ts";
import { personLanguage } from "../check/person-language.ts";
import { back, instead } from "../check/places.ts";
import { checklist, draft, record } from "../check/running.ts";
import { saidToPerson } from "../content/person-words.ts";
import { PersonCard, type Tap } from "../parts/person-card.tsx";
import { PickLanguage, UseAnInterpreter } from "../parts/person-language.tsx";
import { useOwnWords } from "../parts/person-own.ts";
import { Notice } from "../parts/notice.tsx";
import { Screen } from "../parts/screen.tsx";
import type { Answered } from "../storage/drafts.ts";
import { t } from "../words/translate.ts";

type Stage = "ask" | "given" | "stopped" | "break" | "interpreter" | "unsaid";

export function ShowCard({ at }: { at: number }) {
  const id = route.value!.items[at];
  const sign = id === undefined ? undefined : checklist.value!.indicators[id]!;
  const kind = route.value!.sections.find(({ indicators }) => indicators.includes(id!))?.kind;
  const allowed = sign !== undefined && kind !== undefined && mayShow(sign, kind);
  const check = draft.value!.id;
  useEffect(() => {
    // The age was changed meanwhile, or Back led here from another check.
    if (!allowed) instead({ name: "overview", check });
  }, [allowed]);
  if (!allowed) return null;
  if (personLanguage.value) return <Asking id={id!} />;
  return (
    <Screen heading={t("Show it in their language")}>
      <Notice>
        <p>{t("Only if you are alone with them, and nobody else can see the screen.")}</p>
      </Notice>
      <PickLanguage />
    </Screen>
  );
}

function Asking({ id }: { id: string }) {
  const sign = checklist.value!.indicators[id]!;
  const { messages } = cardsHere()!;
  const own = useOwnWords();
  const words = personLanguage.value!;
  // Words kept from before may not have a question that is newer.
  const stage = useSignal<Stage>(saidToPerson(words, sign.person_question!) === undefined ? "unsaid" : "ask");
  const before = useSignal<Answered | undefined>(undefined);
  const way = (value: string): Tap => ({ value, english: messages[`card.answer.${value}`]!.text });
  const tapped = (value: string): void => {
    if ((PERSON_ANSWERS as readonly string[]).includes(value)) {
      if (stage.value === "ask") {
        before.value = draft.value!.answers[id];
        recordPersonAnswer(id, sign, value as PersonAnswer);
      }
      stage.value = "given";
    } else if (value === "back") {
      if (stage.value === "given") record(id, before.value);
      stage.value = "ask";
    } else if (value === "stop") stage.value = "stopped";
    else stage.value = value === "break" ? "break" : "interpreter";
  };
  const common = { words, own, messages };
  const shared = { ...common, onTap: tapped, onTakeBack: back };
  const over = (
    <button type="button" class="btn main" onClick={back}>
      {t("I have the phone back")}
    </button>
  );
  switch (stage.value) {
    case "ask":
      return (
        <PersonCard
          {...shared}
          english={sign.person_question!}
          answers={PERSON_ANSWERS.map(way)}
          ways={["not_understand", "break", "stop"].map(way)}
        />
      );
    case "given":
      return <PersonCard {...shared} english={way("thanks").english} ways={[way("back")]} foot={over} />;
    case "stopped":
      return <PersonCard {...shared} english={way("thanks").english} foot={over} />;
    case "break":
      return (
        <PersonCard {...shared} english={messages["card.who.time"]!.text} ways={["back", "stop"].map(way)} foot={over}>
          <p>{t("They asked for a break. Offer water and a seat.")}</p>
        </PersonCard>
      );
    case "interpreter":
      return (
        <PersonCard {...shared} english={messages["card.interpreter.offer"]!.text} ways={["back", "stop"].map(way)} foot={over}>
          <p>{t("They did not understand. No answer was recorded.")}</p>
        </PersonCard>
      );
    case "unsaid":
      return (
        <PersonCard {...shared} english={messages["card.interpreter.offer"]!.text} foot={over}>
          <Notice alert>
            <p>{t("This question is not in their language yet.")}</p>
            <UseAnInterpreter />
          </Notice>
        </PersonCard>
      );
  }
}
