/**
 * What tests/load/screening.py times in a browser: the phone's engine, the very files that are shipped, on definitions
 * and answers that it is handed. On the page's own thread, because the browser slows only that down.
 */
import { evaluate } from "../src/screening/concern.ts";
import { explain } from "../src/screening/explain.ts";
import { askedOf, narrowedLadder } from "../src/screening/narrowing.ts";
import { holds, withDefaults } from "../src/screening/pathway.ts";
import { routeOf, screen } from "../src/screening/screen.ts";
import type { Answers, Checklist, Facts, Ladder, Pathway, Scores } from "../src/screening/types.ts";

interface Given {
  readonly checklist: Checklist;
  readonly pathway: Pathway;
  readonly answers: Answers;
  readonly facts: Facts;
  /** Outcomes of the route's scores for these answers. */
  readonly scores: Scores;
}

/** One call is far below what the browser's clock can tell, so a figure is the mean of as many. */
const AT_ONCE = 20;

let given: Given;
let ladders: readonly Ladder[];

function prepare(handed: Given): void {
  given = handed;
  const { checklist, pathway, facts } = given;
  const known = withDefaults(pathway, { subject: checklist.subject, ...facts });
  const name = routeOf(checklist, known);
  const { items } = askedOf(checklist, name, facts["setting"]);
  const signs = Object.fromEntries(items.map((id) => [id, checklist.indicators[id]!]));
  const held = checklist.routes[name]!.ladders.filter(({ when }) => holds(when, {}, known));
  ladders = held.map(({ ladder }) => narrowedLadder(ladder, signs));
}

/** Each deed by its name; one call is one deed. */
const deeds: Readonly<Record<string, () => unknown>> = {
  "bare: the definition to JSON and back": () => JSON.parse(JSON.stringify(given.checklist)),
  scored: () => ladders.map((ladder) => evaluate(ladder, given.answers, given.scores)),
  explained: () => ladders.map((ladder) => explain(ladder, given.answers, given.scores)),
  "the whole result": () => screen(given.checklist, given.pathway, given.answers, given.facts),
};

/** Milliseconds of each of `times` calls, each the mean of a few. */
function timed(name: string, times: number): readonly number[] {
  return Array.from({ length: times }, () => {
    const from = performance.now();
    for (let at = 0; at < AT_ONCE; at++) deeds[name]!();
    return (performance.now() - from) / AT_ONCE;
  });
}

Object.assign(globalThis, { prepare, timed });
