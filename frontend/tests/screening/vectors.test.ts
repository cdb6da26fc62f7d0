/** Every worked vector gives what it says, in this engine as in the other one. */
import { expect, test } from "vitest";
import { evaluate } from "../../src/screening/concern.ts";
import { explain } from "../../src/screening/explain.ts";
import { actions } from "../../src/screening/pathway.ts";
import { score } from "../../src/screening/scoring.ts";
import type { Answers, Facts, Ladder, ScoreContext, ScoreDefinition, Scores } from "../../src/screening/types.ts";
import { pathway } from "./definitions.ts";
import { vectors } from "./vectors.ts";

interface Scored {
  definition: ScoreDefinition;
  answers: Answers;
  context?: ScoreContext;
  expected: object;
}

interface Levelled {
  definition: Ladder;
  answers: Answers;
  scores: Scores;
  expected: object;
}

interface Routed {
  pack: string;
  in: Facts;
  expect: readonly string[];
  urgency: Readonly<Record<string, string>>;
}

test.for(vectors<Scored>("scoring"))("scoring: $name", (vector) => {
  expect(score(vector.definition, vector.answers, vector.context)).toEqual(vector.expected);
});

test.for(vectors<Levelled>("concern"))("concern: $name", ({ definition, answers, scores, expected }) => {
  expect(evaluate(definition, answers, scores)).toEqual(expected);
});

test.for(vectors<Levelled>("explain"))("explain: $name", ({ definition, answers, scores, expected }) => {
  expect(explain(definition, answers, scores)).toEqual(expected);
});

test.for(vectors<Routed>("routing"))("routing: $name", (vector) => {
  const led = actions(pathway(vector.pack), vector.in);
  expect(led.map(({ action }) => action)).toEqual(vector.expect);
  expect(Object.fromEntries(led.map(({ action, urgency }) => [action, urgency]))).toEqual(vector.urgency);
});
