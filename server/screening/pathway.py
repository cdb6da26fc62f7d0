"""What to do now: facts in, ordered actions out, for one nation's pack. Closed and total: no code runs from a
pack, and the same facts always give the same actions. Consent must never change what is done for a child."""

from collections.abc import Mapping
from typing import Any

Facts = Mapping[str, str | list[str]]
Predicate = Mapping[str, Any]


def actions(pathway: Mapping[str, Any], facts: Facts) -> list[dict[str, Any]]:
    """The actions of a compiled pathway for these facts (missing ones get their default).

    Out: [{action, urgency, rules}], each action once at its most urgent time, with every rule that asks for
    it, ordered by urgency and then by the order of the pack.
    """
    filled = with_defaults(pathway, facts)
    urgencies: list[str] = pathway["urgency_order"]
    found: dict[str, dict[str, Any]] = {}
    known: dict[str, bool] = {}
    for rule in pathway["rules"]:
        if not holds(rule["when"], pathway["macros"], filled, known):
            continue
        for action, urgency in rule["do"]:
            entry = found.setdefault(action, {"action": action, "urgency": urgency, "rules": []})
            entry["urgency"] = min(entry["urgency"], urgency, key=urgencies.index)
            entry["rules"].append(rule["id"])
    order: list[str] = pathway["action_order"]
    return sorted(found.values(), key=lambda entry: (urgencies.index(entry["urgency"]), order.index(entry["action"])))


def open_questions(pathway: Mapping[str, Any], facts: Facts) -> list[str]:
    """The names of the asked facts whose question is to be shown now, in the order of the pack."""
    filled = with_defaults(pathway, facts)
    asked = [name for name in pathway["fact_order"] if pathway["facts"][name]["how"] == "asked"]
    return [name for name in asked if holds(pathway["facts"][name]["ask_when"], pathway["macros"], filled)]


def with_defaults(pathway: Mapping[str, Any], facts: Facts) -> dict[str, str | list[str]]:
    """`facts` with the pack's defaults where nothing was given: the protective reading of what nobody
    knows."""
    filled: dict[str, str | list[str]] = {**pathway["defaults"], **facts}
    for default in pathway["defaults_if"]:
        if holds(default["when"], pathway["macros"], filled):
            filled = {**default["set"], **filled}
    return filled


def holds(
    predicate: Predicate, macros: Mapping[str, Predicate], facts: Facts, known: dict[str, bool] | None = None
) -> bool:
    """Whether a predicate (all, any, not, macro, fact with in or has_any) is true of these facts.

    In: `known`, what is known of the macros for these very facts, filled as they are met: most rules name the same.
    """
    if "all" in predicate:
        return all(holds(part, macros, facts, known) for part in predicate["all"])
    if "any" in predicate:
        return any(holds(part, macros, facts, known) for part in predicate["any"])
    if "not" in predicate:
        return not holds(predicate["not"], macros, facts, known)
    if "macro" in predicate:
        known = {} if known is None else known
        name = predicate["macro"]
        if name not in known:
            known[name] = holds(macros[name], macros, facts, known)
        return known[name]
    value = facts.get(predicate["fact"])
    if "in" in predicate:
        return isinstance(value, str) and value in predicate["in"]
    return isinstance(value, list) and not set(value).isdisjoint(predicate["has_any"])
