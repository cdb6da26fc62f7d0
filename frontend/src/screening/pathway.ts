/**
 * What to do now: facts in, ordered actions out, for one nation's pack. Closed and total: no code runs from a pack, and
 * the same facts always give the same actions. Consent must never change what is done for a child.
 */
import type { Facts, Pathway, Predicate } from "./types.ts";

/** One thing to do, at its most urgent time, with every rule that asks for it, in the order of the pack. */
export interface AskedAction {
  readonly action: string;
  readonly urgency: string;
  readonly rules: readonly string[];
}

/** The actions for these facts (missing ones get their default), by urgency and then in the order of the pack. */
export function actions(pathway: Pathway, facts: Facts): readonly AskedAction[] {
  const filled = withDefaults(pathway, facts);
  const soon = (urgency: string) => pathway.urgency_order.indexOf(urgency);
  const place = (action: string) => pathway.action_order.indexOf(action);
  const found = new Map<string, { action: string; urgency: string; rules: string[] }>();
  for (const rule of pathway.rules) {
    if (!holds(rule.when, pathway.macros, filled)) continue;
    for (const [action, urgency] of rule.do) {
      const entry = found.get(action) ?? { action, urgency, rules: [] };
      if (soon(urgency) < soon(entry.urgency)) entry.urgency = urgency;
      entry.rules.push(rule.id);
      found.set(action, entry);
    }
  }
  return [...found.values()].sort(
    (one, other) => soon(one.urgency) - soon(other.urgency) || place(one.action) - place(other.action),
  );
}

/** The names of the asked facts whose question is to be shown now, in the order of the pack. */
export function openQuestions(pathway: Pathway, facts: Facts): readonly string[] {
  const filled = withDefaults(pathway, facts);
  return pathway.fact_order.filter((name) => {
    const fact = pathway.facts[name]!;
    return fact.how === "asked" && holds(fact.ask_when!, pathway.macros, filled);
  });
}

/** `facts` with the pack's defaults where nothing was given: the protective reading of what nobody knows. */
export function withDefaults(pathway: Pathway, facts: Facts): Facts {
  let filled: Facts = { ...pathway.defaults, ...facts };
  for (const { when, set } of pathway.defaults_if) {
    if (holds(when, pathway.macros, filled)) filled = { ...set, ...filled };
  }
  return filled;
}

/** Whether a predicate (all, any, not, macro, fact with in or has_any) is true of these facts. */
export function holds(predicate: Predicate, macros: Pathway["macros"], facts: Facts): boolean {
  if ("all" in predicate) return predicate.all.every((part) => holds(part, macros, facts));
  if ("any" in predicate) return predicate.any.some((part) => holds(part, macros, facts));
  if ("not" in predicate) return !holds(predicate.not, macros, facts);
  if ("macro" in predicate) return holds(macros[predicate.macro]!, macros, facts);
  const value = facts[predicate.fact];
  return "in" in predicate
    ? typeof value === "string" && predicate.in.includes(value)
    : Array.isArray(value) && value.some((one) => predicate.has_any.includes(one));
}
