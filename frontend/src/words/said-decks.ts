/** What the moments are called at which something is said to the person. */
import type { Deck } from "../check/places.ts";
import { t } from "./translate.ts";

export function saidDeck(deck: Deck): string {
  switch (deck) {
    case "opening":
      return t("What to say first");
    case "danger":
      return t("What to say in danger");
    case "after":
      return t("What to say before they go");
    case "consent":
      return t("How to ask if they agree");
    case "sharing":
      return t("How to ask about support");
    case "refused":
      return t("What to tell them now");
  }
}
