"""The whole result of one check: level, reasons, what is open, facts and what to do now.

Signs are recorded, nobody is judged. A worker may raise the concern that decides what to do, and never lower
it; what the signs add up to stays as it was screened.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from server.screening.concern import LEVELS, Answers, evaluate, is_unknown, stronger
from server.screening.displays import PILLARS
from server.screening.explain import explain
from server.screening.facts import derive
from server.screening.narrowing import asked_of, narrowed_display, narrowed_ladder, narrowed_score
from server.screening.pathway import Facts, actions, holds, with_defaults
from server.screening.scoring import score

Definition = Mapping[str, Any]

_AGE_GROUPS = {"adult": "adult", "under16": "child", "16-17": "child"}


class NoSuchRoute(LookupError):
    """The checklist is not for this age or subject; another one must be chosen."""


@dataclass(frozen=True, slots=True)
class _Check:
    """One set of answers on its route: what is asked, what was given, and how each ladder stands."""

    route: str
    items: list[str]
    signs: dict[str, Any]
    answers: Answers
    scores: dict[str, str]
    ladders: dict[str, Any]
    levels: dict[str, Any]
    facts: dict[str, Any]
    concern: str
    could_be: str


def screen(checklist: Definition, pathway: Definition, answers: Answers, facts: Facts) -> dict[str, Any]:
    """Screens one set of answers.

    In: a compiled checklist and pathway, answers by id, the facts given (asked ones, those of the
    organisation, setting: the id of a part, parent_care yes | no | unknown, raised some | strong). Out: {route,
    concern, could_be, flags, ladder, contributors, sufficient, unknown, change?, scores?, sufficient_scores?,
    displays, elements, facts, actions}. Answers to signs that are not asked are ignored. Raises NoSuchRoute.
    """
    check = _checked(checklist, pathway, answers, facts)
    # The first of those that decide: the adult ladder on a tie.
    deciding = max(check.levels, key=lambda ladder: LEVELS.index(check.levels[ladder]["concern"]))
    age = _AGE_GROUPS.get(str(check.facts.get("age")), "unknown")
    route = checklist["routes"][check.route]
    return {
        "route": check.route,
        "ladder": deciding,
        **explain(check.ladders[deciding], check.answers, check.scores),
        "flags": sorted({flag for level in check.levels.values() for flag, raised in level["flags"].items() if raised}),
        "displays": {
            display: check.scores[definition["name"]]
            if definition["type"] == "score"
            else score(narrowed_display(definition, check.items), check.answers, {"age_group": age})["outcome"]
            for display, definition in route["displays"].items()
        },
        "elements": _elements(check.signs, check.answers),
        **_decided(check, pathway),
    }


def decide(checklist: Definition, pathway: Definition, answers: Answers, facts: Facts) -> dict[str, Any]:
    """What `screen` decides, without its reasons: {concern, could_be, facts, actions}. In, and raises: as `screen`."""
    return _decided(_checked(checklist, pathway, answers, facts), pathway)


def _checked(checklist: Definition, pathway: Definition, answers: Answers, facts: Facts) -> _Check:
    known = with_defaults(pathway, {"subject": checklist["subject"], **facts})
    name = route_of(checklist, known)
    route = checklist["routes"][name]
    items: list[str] = asked_of(checklist, name, facts.get("setting"))["items"]
    signs = {item: checklist["indicators"][item] for item in items}
    given = {item: answers[item] for item in items if item in answers}
    scores = scores_of(route["scores"], items, given)
    ladders = {
        entry["name"]: narrowed_ladder(entry["ladder"], signs)
        for entry in route["ladders"]
        if holds(entry["when"], {}, known)
    }
    levels = {ladder: evaluate(body, given, scores) for ladder, body in ladders.items()}
    concern, could_be = "none", "none"
    for level in levels.values():
        concern, could_be = stronger(concern, level["concern"]), stronger(could_be, level["could_be"])
    routed = {**derive(signs, pathway, given, known), "subject": checklist["subject"], **facts}
    routed["concern"] = stronger(concern, str(facts.get("raised", "none")))
    routed = with_defaults(pathway, routed)
    return _Check(name, items, signs, given, scores, ladders, levels, routed, concern, could_be)


def _decided(check: _Check, pathway: Definition) -> dict[str, Any]:
    return {
        "concern": check.concern,
        "could_be": check.could_be,
        "facts": check.facts,
        "actions": actions(pathway, check.facts),
    }


def route_of(checklist: Definition, facts: Facts) -> str:
    """The first route of the checklist that is for these facts (defaults filled in). Raises NoSuchRoute."""
    for name in checklist["route_order"]:
        if holds(checklist["routes"][name]["when"], {}, facts):
            found: str = name
            return found
    raise NoSuchRoute(
        f"the checklist {checklist['id']!r} has no route for {facts['subject']} of age {facts.get('age')}"
    )


def scores_of(definitions: Definition, items: list[str], answers: Answers) -> dict[str, str]:
    """Outcomes by score id of the compiled scores of a route, over the `items` that are asked. A combination of
    dimensions reads the outcomes of the others."""
    outcomes: dict[str, str] = {}
    for combining in (False, True):
        for name, definition in definitions.items():
            narrowed = narrowed_score(definition, items)
            if narrowed and (definition["type"] == "dimension_combination") == combining:
                outcomes[name] = score(narrowed, outcomes if combining else answers)["outcome"]
    return outcomes


def turn_person_answer(indicator: Definition, person_answer: str) -> str:
    """The worker's answer for what the person answered on the show-card; a turned polarity would turn the
    result.

    In: a compiled indicator with a person question. With person_yes_means no_sign, yes and no change places;
    any other answer stays. Raises KeyError for an indicator that has no person question.
    """
    if indicator["person_yes_means"] == "sign":
        return person_answer
    return {"yes": "no", "no": "yes"}.get(person_answer, person_answer)


def _elements(signs: Definition, answers: Answers) -> dict[str, dict[str, Any]]:
    """The three pillars: full with a yes, open while something is unknown, else empty."""
    pillars: dict[str, dict[str, Any]] = {}
    for pillar in PILLARS:
        members = [sign for sign, described in signs.items() if pillar in described["elements"]]
        given = [sign for sign in members if answers.get(sign) == "yes"]
        is_open = any(is_unknown(answers.get(sign)) for sign in members)
        pillars[pillar] = {"state": "full" if given else "open" if is_open else "empty", "yes": given}
    return pillars
