"""Answers to scores with bounds, for the five published kinds of rule. An unknown answer is never taken as a
no: every score says the least and the most it could be, and `as_recorded` gives the published reading beside
it."""

from collections.abc import Callable, Mapping
from typing import Any

from server.screening.concern import (
    INDETERMINATE,
    NEGATIVE,
    OUTCOMES,
    POSITIVE,
    TRUTHS,
    Answers,
    is_unknown,
)

Definition = Mapping[str, Any]


def score(definition: Definition, answers: Answers, context: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The result of one definition; its type decides the rule and the keys that come back.

    In: answers by id (missing is not asked; for dimension_combination the outcome of each dimension), and for
    element_coverage the context {age_group: adult | child | unknown}. Raises ValueError for a type that is
    not known.
    """
    rule = _RULES.get(definition["type"])
    if rule is None:
        raise ValueError(f"{definition['type']!r} is not a type of score; use one of {', '.join(_RULES)}")
    return rule(definition, answers, context or {})


def _count_at_least(definition: Definition, answers: Answers, _: Mapping[str, str]) -> dict[str, Any]:
    given = [answers.get(item) for item in definition["items"]]
    low = given.count("yes")
    unknown = sum(is_unknown(answer) for answer in given)
    return {
        "outcome": _outcome(low >= definition["k"], low + unknown >= definition["k"]),
        "as_recorded": _plain(low >= definition["k"]),
        "score_min": low,
        "score_max": low + unknown,
        "answered": len(given) - unknown,
        "of": len(given),
    }


def _weighted_bands(definition: Definition, answers: Answers, _: Mapping[str, str]) -> dict[str, Any]:
    low = high = answered = 0
    for item in definition["items"]:
        points = {"no": 0, **item["points"]}
        answer = answers.get(item["id"], "not_asked")
        if answer in points:
            low, high, answered = low + points[answer], high + points[answer], answered + 1
        else:
            low, high = low + min(points.values()), high + max(points.values())
    least, most = _band(definition, low), _band(definition, high)
    return {
        "outcome": least if least == most else OUTCOMES[INDETERMINATE],
        "as_recorded": least,
        "band_min": least,
        "band_max": most,
        "score_min": low,
        "score_max": high,
        "answered": answered,
        "of": len(definition["items"]),
    }


def _band(definition: Definition, points: int) -> str:
    """The highest band whose `min` is reached; the lowest band when none is."""
    bands = sorted(definition["bands"], key=lambda band: int(band["min"]))
    reached = [band for band in bands if band["min"] <= points]
    name: str = (reached[-1] if reached else bands[0])["id"]
    return name


def _strength_combination(definition: Definition, answers: Answers, _: Mapping[str, str]) -> dict[str, Any]:
    # Questions that share an ILO item are one indicator: yes if any is yes, unknown if any might be.
    folded: dict[str, tuple[str, bool, bool]] = {}
    for item in definition["items"]:
        key = item.get("ilo_item", item["id"])
        answer = answers.get(item["id"])
        _strength, low, high = folded.get(key, ("", False, False))
        folded[key] = (item["strength"], low or answer == "yes", high or answer != "no")
    least = {name: sum(low for strength, low, _high in folded.values() if strength == name) for name in _STRENGTHS}
    most = {name: sum(high for strength, _low, high in folded.values() if strength == name) for name in _STRENGTHS}
    accepted = _accepted(definition["accept"], least)
    return {
        "outcome": _outcome(accepted, _accepted(definition["accept"], most)),
        "as_recorded": _plain(accepted),
        "counts_min": least,
        "counts_max": most,
    }


def _accepted(ways: list[Mapping[str, int]], counts: Mapping[str, int]) -> bool:
    """Whether one of the combinations is there; `medium_or_weak` counts what the named ones have not used
    up."""
    for way in ways:
        left = {name: counts[name] - way.get(name, 0) for name in _STRENGTHS}
        if min(left.values()) >= 0 and left["medium"] + left["weak"] >= way.get("medium_or_weak", 0):
            return True
    return False


def _dimension_combination(definition: Definition, answers: Answers, _: Mapping[str, str]) -> dict[str, Any]:
    return {"outcome": OUTCOMES[_combined(definition["expression"], answers)]}


def _combined(expression: str | Mapping[str, Any], outcomes: Answers) -> int:
    if isinstance(expression, str):
        return TRUTHS[outcomes.get(expression, OUTCOMES[INDETERMINATE])]
    if "all" in expression:
        return min(_combined(part, outcomes) for part in expression["all"])
    return max(_combined(part, outcomes) for part in expression["any"])


def _element_coverage(definition: Definition, answers: Answers, context: Mapping[str, str]) -> dict[str, Any]:
    elements = {name: _any_of(members, answers) for name, members in definition["elements"].items()}
    required = definition["required"][context.get("age_group", "unknown")]
    return {
        "outcome": OUTCOMES[min(elements[name] for name in required)],
        "elements": {name: OUTCOMES[truth] for name, truth in elements.items()},
        "required": list(required),
        "missing": [name for name in required if elements[name] == NEGATIVE],
        "unknown": [name for name in required if elements[name] == INDETERMINATE],
    }


def _any_of(members: list[str], answers: Answers) -> int:
    given = [answers.get(member) for member in members]
    if "yes" in given:
        return POSITIVE
    return INDETERMINATE if any(is_unknown(answer) for answer in given) else NEGATIVE


def _outcome(at_least: bool, at_most: bool) -> str:
    return OUTCOMES[POSITIVE if at_least else INDETERMINATE if at_most else NEGATIVE]


def _plain(recorded: bool) -> str:
    return OUTCOMES[POSITIVE if recorded else NEGATIVE]


_STRENGTHS = ("strong", "medium", "weak")
_RULES: dict[str, Callable[[Definition, Answers, Mapping[str, str]], dict[str, Any]]] = {
    "count_at_least": _count_at_least,
    "weighted_bands": _weighted_bands,
    "strength_combination": _strength_combination,
    "dimension_combination": _dimension_combination,
    "element_coverage": _element_coverage,
}
