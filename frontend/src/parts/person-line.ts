/** What stands on a line of its own under a message to the person: the same in every language, never part of a sentence. */
import { device } from "../check/adds-up.ts";
import type { CardMessage } from "../check/person-cards.ts";
import { readable } from "../words/dates-and-numbers.ts";
import { emergencyNumber } from "./contact.tsx";

export function lineOf({ line, from }: CardMessage): string | undefined {
  switch (from) {
    case "organisation":
      return device.value?.organisation.name;
    case "emergency":
      return readable(emergencyNumber());
    default:
      return line;
  }
}
