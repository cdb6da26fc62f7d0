/**
 * What is said to the person at one moment of the check: the worker reads it out, or shows it card by card. What they
 * tap here is kept nowhere: only the worker's own tap, elsewhere, records a choice.
 */
import { useSignal } from "@preact/signals";

import { factsNow } from "../check/adds-up.ts";
import { cardsHere, factsForCards, messagesOf, saidInCard, type Cards } from "../check/person-cards.ts";
import { personLanguage } from "../check/person-language.ts";
import type { Deck } from "../check/places.ts";
import { aboutWhom, checklist, draft } from "../check/running.ts";
import type { PersonWords } from "../content/person-words.ts";
import { Chips } from "../parts/choices.tsx";
import { Notice } from "../parts/notice.tsx";
import { Deal } from "../parts/person-deal.tsx";
import { PickLanguage, UseAnInterpreter } from "../parts/person-language.tsx";
import { lineOf } from "../parts/person-line.ts";
import { useOwnWords } from "../parts/person-own.ts";
import { Screen } from "../parts/screen.tsx";
import { holds } from "../screening/pathway.ts";
import { saidDeck } from "../words/said-decks.ts";
import { content, direction, locale, t } from "../words/translate.ts";

export function CardsScreen({ deck }: { deck: Deck }) {
  const own = useOwnWords();
  const shows = useSignal(false);
  const cards = cardsHere();
  if (!cards) return <Screen heading={t("One moment")} />;
  const ids = messagesOf(cards, deck, factsForCards());
  // Words are shown to an adult who was met; to a child the worker speaks.
  const mayTurn = ids.length > 0 && holds(checklist.value!.show_card, {}, factsNow.value);
  const words = personLanguage.value;
  if (shows.value && mayTurn && words) {
    return <Deal key={deck} cards={cards} ids={ids} words={words} own={own} onEnd={() => (shows.value = false)} />;
  }
  return (
    <Screen
      heading={saidDeck(deck)}
      foot={
        mayTurn &&
        !shows.value && (
          <button type="button" class="btn main" onClick={() => (shows.value = true)}>
            {t("Show it in their language")}
          </button>
        )
      }
    >
      {shows.value && mayTurn ? <PickLanguage /> : <ReadOut deck={deck} cards={cards} ids={ids} own={own} />}
    </Screen>
  );
}

interface ReadProps {
  readonly deck: Deck;
  readonly cards: Cards;
  readonly ids: readonly string[];
  readonly own: PersonWords;
}

function ReadOut({ deck, cards, ids, own }: ReadProps) {
  // English stands in for words that are merely missing; wording that must be checked has no stand-in.
  const mayBeSaid = ids.every((id) => !cards.messages[id]!.checked_only || saidInCard(cards.messages[id]!, own) !== undefined);
  return (
    <>
      {deck === "opening" && <Whom />}
      {mayBeSaid ? (
        <>
          <p class="small">{t("Say it in these words, one at a time. Wait after each.")}</p>
          <Lines cards={cards} ids={ids} own={own} />
        </>
      ) : (
        <>
          <Notice>
            <p>{t("This is asked only in words that a speaker has checked. In this language there are none yet.")}</p>
            <UseAnInterpreter />
          </Notice>
          <details class="fold">
            <summary>{t("The words in English, for the interpreter")}</summary>
            <div lang="en" dir="ltr">
              <Lines cards={cards} ids={ids} />
            </div>
          </details>
        </>
      )}
    </>
  );
}

/** @param own the words of the app's language; English without any */
function Lines({ cards: { messages }, ids, own }: Omit<ReadProps, "deck" | "own"> & { own?: PersonWords }) {
  return (
    <ol class="signs">
      {ids.map((id) => {
        const message = messages[id]!;
        const line = lineOf(message);
        return (
          <li key={id}>
            <i class="pip light" />
            <span>
              {(own && saidInCard(message, own)) ?? message.text}
              {line && (
                <>
                  {" "}
                  <bdi lang="en">{line}</bdi>
                </>
              )}
            </span>
            {message.note && (
              <small lang={locale.value} dir={direction.value}>
                {content(message.note)}
              </small>
            )}
          </li>
        );
      })}
    </ol>
  );
}

/** Asked here when nobody has said it yet: other words are for a child than for an adult. */
function Whom() {
  const { age } = draft.value!.facts;
  return (
    <Chips
      ask={t("Who is it about?")}
      choices={[
        { value: "adult", said: t("An adult") },
        { value: "unsure", said: t("Someone who may be under 18") },
      ]}
      chosen={age === undefined ? [] : [age === "adult" ? "adult" : "unsure"]}
      onChoose={(value) => aboutWhom(value as "adult" | "unsure")}
    />
  );
}
