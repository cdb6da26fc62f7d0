"""The whole result of one check: level, reasons, what is open, facts and what to do now.

Signs are recorded, nobody is judged. A worker may raise the concern that decides what to do, and never lower
it; what the signs add up to stays as it was screened.
"""

from collections.abc import Mapping
from typing import Any

from server.screening.concern import LEVELS, Answers, evaluate, is_unknown, stronger
from server.screening.displays import PILLARS
from server.screening.explain import explain
from server.screening.facts import derive
from server.screening.pathway import Facts, actions, with_defaults
from server.screening.scoring import score

Definition = Mapping[str, Any]

_AGE_GROUPS = {"adult": "adult", "under16": "child", "16-17": "child"}


class NoSuchRoute(LookupError):
    """The checklist is not for this age or subject; another one must be chosen."""


def screen(checklist: Definition, pathway: Definition, answers: Answers, facts: Facts) -> dict[str, Any]:
    """Screens one set of answers.

    In: a compiled checklist and pathway, answers by id, the facts given (asked ones, those of the
    organisation, parent_care yes | no | unknown, raised some | strong). Out: {route, concern, could_be,
    flags, ladder, contributors, sufficient, unknown, change?, scores?, sufficient_scores?, displays,
    elements, facts, actions}. Raises NoSuchRoute.
    """
    known = with_defaults(pathway, {"subject": checklist["subject"], **facts})
    name = _route_name(known)
    if name not in checklist["routes"]:
        raise NoSuchRoute(f"the checklist {checklist['id']!r} has no route {name!r}")
    route = checklist["routes"][name]
    scores = _scores(route["scores"], answers)
    levels = {ladder: evaluate(route["ladders"][ladder], answers, scores) for ladder in _ladders(name, known)}
    # The first of those that decide: the adult ladder on a tie.
    deciding = max(levels, key=lambda ladder: LEVELS.index(levels[ladder]["concern"]))
    concern, could_be = "none", "none"
    for level in levels.values():
        concern, could_be = stronger(concern, level["concern"]), stronger(could_be, level["could_be"])
    age = _AGE_GROUPS.get(str(known.get("age")), "unknown")
    routed = {**derive(checklist, pathway, answers, known), "subject": checklist["subject"], **facts}
    routed["concern"] = stronger(concern, str(facts.get("raised", "none")))
    routed = with_defaults(pathway, routed)
    return {
        "route": name,
        "ladder": deciding,
        **explain(route["ladders"][deciding], answers, scores),
        "concern": concern,
        "could_be": could_be,
        "flags": sorted({flag for level in levels.values() for flag, raised in level["flags"].items() if raised}),
        "displays": {
            display: score(definition, answers, {"age_group": age})["outcome"]
            for display, definition in route["displays"].items()
        },
        "elements": _elements(checklist["indicators"], route["items"], answers),
        "facts": routed,
        "actions": actions(pathway, routed),
    }


def turn_person_answer(indicator: Definition, person_answer: str) -> str:
    """The worker's answer for what the person answered on the show-card; a turned polarity would turn the
    result.

    In: a compiled indicator with a person question. With person_yes_means no_sign, yes and no change places;
    any other answer stays. Raises KeyError for an indicator that has no person question.
    """
    if indicator["person_yes_means"] == "sign":
        return person_answer
    return {"yes": "no", "no": "yes"}.get(person_answer, person_answer)


def _route_name(facts: Facts) -> str:
    if facts["subject"] == "place":
        return "place"
    return "adult" if facts["age"] == "adult" else "child_or_unsure"


def _ladders(route: str, facts: Facts) -> list[str]:
    """The ladders that may decide, the adult one first. Age unsure takes the stronger of adult and child."""
    if route != "child_or_unsure":
        return [route]
    child = "child-with-parent" if facts.get("parent_care") == "yes" else "child"
    return ["adult", child] if facts["age"] == "unsure" else [child]


def _scores(definitions: Definition, answers: Answers) -> dict[str, str]:
    """Outcomes by score id. A combination of dimensions reads the outcomes of the others."""
    outcomes: dict[str, str] = {}
    for combining in (False, True):
        for name, definition in definitions.items():
            if (definition["type"] == "dimension_combination") == combining:
                outcomes[name] = score(definition, outcomes if combining else answers)["outcome"]
    return outcomes


def _elements(indicators: Definition, items: list[str], answers: Answers) -> dict[str, dict[str, Any]]:
    """The three pillars: full with a yes, open while something is unknown, else empty."""
    pillars: dict[str, dict[str, Any]] = {}
    for pillar in PILLARS:
        members = [item for item in items if pillar in indicators[item]["elements"]]
        given = [item for item in members if answers.get(item) == "yes"]
        is_open = any(is_unknown(answers.get(item)) for item in members)
        pillars[pillar] = {"state": "full" if given else "open" if is_open else "empty", "yes": given}
    return pillars
