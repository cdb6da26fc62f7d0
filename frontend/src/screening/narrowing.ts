/**
 * What a route judges, narrowed to the signs that are asked: those of the checklist and of one chosen part. Ladders,
 * scores and displays are compiled once over every part; a sign that is not asked must count as neither given nor open.
 */
import type {
  Asked,
  Checklist,
  ElementCoverage,
  FactValue,
  Ladder,
  LadderForm,
  Route,
  RouteName,
  ScoreDefinition,
} from "./types.ts";

/** The signs of a route joined with the part for `setting`; a setting that is no part adds nothing. */
export function askedOf(checklist: Checklist, route: RouteName, setting: FactValue | undefined): Asked {
  // A setting may read like something that every object answers to ("constructor").
  const isPart = typeof setting === "string" && Object.hasOwn(checklist.parts, setting);
  return (isPart && checklist.parts[setting]!.routes[route]) || checklist.routes[route]!;
}

/** The whole ladder over the signs that are asked, in their order. Those of one ILO item count once between them. */
export function narrowedLadder(ladder: LadderForm, signs: Checklist["indicators"]): Ladder {
  const items = Object.keys(signs);
  const folded = items.filter((id) => signs[id]!.ilo_item);
  const fold = Object.fromEntries(folded.map((id) => [id, signs[id]!.ilo_item!]));
  return { ...ladder, items, fold, sets: withinEach(ladder.sets, items) };
}

/** A score of the route over `items` alone; undefined where nothing of it is asked, so that it stays open. */
export function narrowedScore(score: Route["scores"][string], items: readonly string[]): ScoreDefinition | undefined {
  if (score.type !== "strength_combination") return score;
  const asked = score.items.filter(({ id }) => items.includes(id));
  return asked.length ? { ...score, items: asked } : undefined;
}

/** A legal test over `items` alone. */
export function narrowedDisplay(display: ElementCoverage, items: readonly string[]): ElementCoverage {
  return { ...display, elements: withinEach(display.elements, items) };
}

function withinEach(sets: Readonly<Record<string, readonly string[]>>, items: readonly string[]) {
  return Object.fromEntries(
    Object.entries(sets).map(([name, members]) => {
      const there = new Set(members);
      return [name, items.filter((item) => there.has(item))];
    }),
  );
}
