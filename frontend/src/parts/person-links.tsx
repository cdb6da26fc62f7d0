/** The ways to what is shown or read to the person. Nothing is offered where there is nothing to say. */
import { mayShow } from "../check/person-answer.ts";
import { cardsHere, factsForCards, messagesOf } from "../check/person-cards.ts";
import { go, type Deck } from "../check/places.ts";
import { draft } from "../check/running.ts";
import type { Indicator, SectionKind } from "../screening/types.ts";
import { saidDeck } from "../words/said-decks.ts";
import { t } from "../words/translate.ts";
import { Icon } from "./icon.tsx";

export function ShowIt({ at, sign, kind }: { at: number; sign: Indicator; kind: SectionKind }) {
  if (!cardsHere() || !mayShow(sign, kind)) return null;
  const check = draft.value!.id;
  return (
    <button type="button" class="link" onClick={() => go({ name: "show", check, at })}>
      <Icon name="person" />
      {
        // words: Opens a card with the question in the person's language, for the person to answer on the phone.
        t("Show it in their language")
      }
    </button>
  );
}

export function CardsLink({ deck }: { deck: Deck }) {
  const cards = cardsHere();
  if (!cards || !draft.value || !messagesOf(cards, deck, factsForCards()).length) return null;
  const check = draft.value.id;
  return (
    <button type="button" class="link" onClick={() => go({ name: "cards", check, deck })}>
      <Icon name="person" />
      {saidDeck(deck)}
    </button>
  );
}
