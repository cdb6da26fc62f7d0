/** The compiled cards as the server makes them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Cards } from "../../src/check/person-cards.ts";

/** @throws Error when `python -m server.screening frontend/.definitions` was not run. */
export const cardsHere = (): Cards =>
  JSON.parse(readFileSync(join(import.meta.dirname, "../../.definitions/cards.person.json"), "utf8")) as Cards;
