/**
 * The whole result of one check: level, reasons, what is open, facts and what to do now.
 * Signs are recorded, nobody is judged. A worker may raise the concern that decides what to do, and never lower it;
 * what the signs add up to stays as it was screened.
 */
import { byCodePoint } from "./canonical.ts";
import { evaluate, isUnknown, stronger } from "./concern.ts";
import { explain, type Explanation } from "./explain.ts";
import { derive } from "./facts.ts";
import { askedOf, narrowedDisplay, narrowedLadder, narrowedScore } from "./narrowing.ts";
import { actions, holds, withDefaults, type AskedAction } from "./pathway.ts";
import { score } from "./scoring.ts";
import type {
  Answer,
  Answers,
  Checklist,
  Concern,
  Display,
  Facts,
  Indicator,
  Outcome,
  Pathway,
  Route,
  RouteName,
  ScoreContext,
  Scores,
} from "./types.ts";

/** The checklist is not for this age or subject; another one must be chosen. */
export class NoSuchRoute extends Error {
  override name = "NoSuchRoute";
}

/** One element of the definition in law: full with a yes, open while something is unknown, else empty. */
export interface Pillar {
  readonly state: "full" | "open" | "empty";
  readonly yes: readonly string[];
}

/** What `screen` gives back; the keys of `Explanation` are those of the ladder that decides. */
export interface Result extends Explanation {
  readonly route: RouteName;
  /** Name of the ladder that decides. */
  readonly ladder: string;
  readonly could_be: Concern;
  /** Names of the flags that are raised, sorted. */
  readonly flags: readonly string[];
  /** Outcome of each legal test, each apart. */
  readonly displays: Readonly<Partial<Record<Display, string>>>;
  readonly elements: Readonly<Record<"act" | "means" | "purpose", Pillar>>;
  /** All of them, with defaults, derived ones and the raised concern applied. */
  readonly facts: Facts;
  readonly actions: readonly AskedAction[];
}

/**
 * Screens one set of answers; those to signs that are not asked are ignored.
 *
 * @param facts those given: asked ones, those of the organisation, setting (the id of a part), parent_care
 *   yes | no | unknown, and raised some | strong, which lifts the concern that the pathway sees.
 * @throws NoSuchRoute when the checklist is not for this age or subject.
 */
export function screen(checklist: Checklist, pathway: Pathway, given: Answers, facts: Facts): Result {
  const known = withDefaults(pathway, { subject: checklist.subject, ...facts });
  const name = routeOf(checklist, known);
  const route = checklist.routes[name]!;
  const { items } = askedOf(checklist, name, facts["setting"]);
  const signs = Object.fromEntries(items.map((item) => [item, checklist.indicators[item]!]));
  const answers = Object.fromEntries(items.flatMap((item) => (item in given ? [[item, given[item]!]] : [])));
  const scores = scoresOf(route.scores, items, answers);
  const levels = route.ladders
    .filter(({ when }) => holds(when, {}, known))
    .map((entry) => {
      const ladder = narrowedLadder(entry.ladder, signs);
      return { name: entry.name, ladder, ...evaluate(ladder, answers, scores) };
    });
  // The first of those that decide: the adult ladder on a tie.
  const deciding = levels.reduce((one, other) => (stronger(one.concern, other.concern) === one.concern ? one : other));
  const couldBe = levels.map(({ could_be }) => could_be).reduce(stronger);
  const derived = { ...derive(signs, pathway, answers, known), subject: checklist.subject, ...facts };
  const raised = (facts["raised"] ?? "none") as Concern;
  const routed = withDefaults(pathway, { ...derived, concern: stronger(deciding.concern, raised) });
  return {
    route: name,
    ladder: deciding.name,
    ...explain(deciding.ladder, answers, scores),
    could_be: couldBe,
    flags: flagsOf(levels),
    displays: Object.fromEntries(
      Object.entries(route.displays).map(([display, definition]) => [
        display,
        definition.type === "score"
          ? scores[definition.name]!
          : score(narrowedDisplay(definition, items), answers, { age_group: ageGroup(known) }).outcome,
      ]),
    ),
    elements: elementsOf(signs, answers),
    facts: routed,
    actions: actions(pathway, routed),
  };
}

/** The route of the checklist that is for these facts, defaults filled in. @throws NoSuchRoute */
export function routeOf(checklist: Checklist, facts: Facts): RouteName {
  const name = checklist.route_order.find((one) => holds(checklist.routes[one]!.when, {}, facts));
  if (!name) throw new NoSuchRoute(`the checklist ${checklist.id} has no route for these facts`);
  return name;
}

/**
 * The worker's answer for what the person answered on the show-card; a turned polarity would turn the result.
 * With person_yes_means no_sign, yes and no change places; any other answer stays.
 *
 * @throws TypeError for an indicator that has no person question.
 */
export function turnPersonAnswer(indicator: Indicator, personAnswer: Answer): Answer {
  if (!indicator.person_yes_means) throw new TypeError("this sign has no question for the person");
  if (indicator.person_yes_means === "sign") return personAnswer;
  return personAnswer === "yes" ? "no" : personAnswer === "no" ? "yes" : personAnswer;
}

function ageGroup({ age }: Facts): NonNullable<ScoreContext["age_group"]> {
  return age === "adult" ? "adult" : age === "under16" || age === "16-17" ? "child" : "unknown";
}

/** Outcomes by score id. A combination of dimensions reads the outcomes of the others. */
function scoresOf(definitions: Route["scores"], items: readonly string[], answers: Answers): Scores {
  const outcomes: Record<string, Outcome> = {};
  for (const combining of [false, true]) {
    for (const [name, definition] of Object.entries(definitions)) {
      const narrowed = narrowedScore(definition, items);
      if (narrowed && (definition.type === "dimension_combination") === combining) {
        outcomes[name] = score(narrowed, combining ? outcomes : answers).outcome as Outcome;
      }
    }
  }
  return outcomes;
}

function flagsOf(levels: readonly { readonly flags: Readonly<Record<string, boolean>> }[]): readonly string[] {
  const raised = levels.flatMap(({ flags }) => Object.keys(flags).filter((flag) => flags[flag]));
  return [...new Set(raised)].sort(byCodePoint);
}

/** The three pillars: full with a yes, open while something is unknown, else empty. */
function elementsOf(signs: Checklist["indicators"], answers: Answers): Result["elements"] {
  const pillar = (name: string): Pillar => {
    const members = Object.keys(signs).filter((sign) => signs[sign]!.elements.includes(name));
    const yes = members.filter((sign) => answers[sign] === "yes");
    const isOpen = members.some((sign) => isUnknown(answers[sign]));
    return { state: yes.length ? "full" : isOpen ? "open" : "empty", yes };
  };
  return { act: pillar("act"), means: pillar("means"), purpose: pillar("purpose") };
}
