/**
 * What the recorded signs say about the facts of a pathway, so that the worker is asked few things.
 * A derived fact is a proposal: what the worker says stands. It must never be read from who a person is.
 */
import type { Answers, Checklist, Derivation, Facts, FactValue, Pathway } from "./types.ts";

/**
 * The derived facts of a compiled pathway, by name: one value, or a list for a set, for every fact in the
 * pathway's `derive` (the rules stand in content/pathways/core.yaml).
 *
 * @param signs the compiled signs that are asked.
 * @param facts those given so far: some derived facts look at another one.
 */
export function derive(signs: Signs, pathway: Pathway, answers: Answers, facts: Facts = {}): Facts {
  return Object.fromEntries(
    Object.entries(pathway.derive).map(([name, body]) => [
      name,
      derived(body, pathway.facts[name]!.values, signs, answers, facts),
    ]),
  );
}

type Signs = Checklist["indicators"];

function derived(
  body: Derivation,
  values: readonly string[],
  signs: Signs,
  answers: Answers,
  facts: Facts,
): FactValue {
  if ("kinds" in body) return kindsOf(body, values, signs, answers);
  const { marks = [], signs: named = [], facts: others = {}, when_open = "no" } = body;
  const marked = Object.keys(signs).filter((sign) => signs[sign]!.marks.some((mark) => marks.includes(mark)));
  const lookedAt = [...marked, ...named];
  if (lookedAt.some((sign) => answers[sign] === "yes")) return "yes";
  if (Object.entries(others).some(([fact, wanted]) => wanted.includes(facts[fact] as string))) return "yes";
  const isOpen = !lookedAt.length || lookedAt.some((sign) => answers[sign] !== "no");
  return isOpen ? when_open : "no";
}

/** The kinds that the yes signs point to, in the order of the fact's values. A sign of every kind tells no kind. */
function kindsOf(
  body: Extract<Derivation, { kinds: unknown }>,
  values: readonly string[],
  signs: Signs,
  answers: Answers,
): readonly string[] {
  const found = new Set<string>();
  for (const [sign, described] of Object.entries(signs)) {
    if (answers[sign] !== "yes") continue;
    const kinds = new Set(described.types.map((kind) => body.kinds[kind]!));
    if (kinds.size <= body.most_kinds) kinds.forEach((kind) => found.add(kind));
  }
  const told = values.filter((value) => found.has(value));
  return told.length ? told : body.otherwise;
}
