"""What the recorded signs add up to: a level of concern, what it could still become, and the flags.

A level says how many and which signs were recorded. It must never be read as a finding about a person, and a
further yes must never lower it.
"""

from collections.abc import Mapping
from typing import Any

LEVELS = ("none", "low", "some", "strong")

POSITIVE, INDETERMINATE, NEGATIVE = 2, 1, 0
OUTCOMES = {POSITIVE: "positive", INDETERMINATE: "indeterminate", NEGATIVE: "negative"}
TRUTHS = {word: truth for truth, word in OUTCOMES.items()}

Answers = Mapping[str, str]
Scores = Mapping[str, str]


def evaluate(ladder: Mapping[str, Any], answers: Answers, scores: Scores) -> dict[str, Any]:
    """The level of a compiled ladder.

    In: a ladder definition, answers by id (a missing one is not asked), outcomes of scores by name. Out:
    {concern, could_be, flags: {name: bool}}: the first rung that holds whatever the open answers turn out to
    be, and the first rung that is not yet ruled out. Rule: content/ladders.yaml.
    """
    concern = could_be = ladder["floor"]
    open_rung = False
    for rung in ladder["rungs"]:
        truth = truth_of(rung["when"], ladder, answers, scores)
        if truth != NEGATIVE and not open_rung:
            could_be, open_rung = rung["level"], True
        if truth == POSITIVE:
            concern = rung["level"]
            break
    flags = {name: truth_of(when, ladder, answers, scores) == POSITIVE for name, when in ladder["flags"].items()}
    return {"concern": concern, "could_be": could_be, "flags": flags}


def truth_of(expression: Mapping[str, Any], ladder: Mapping[str, Any], answers: Answers, scores: Scores) -> int:
    """POSITIVE, INDETERMINATE or NEGATIVE for one all / any / count / score expression of a ladder."""
    if "all" in expression:
        return min(truth_of(part, ladder, answers, scores) for part in expression["all"])
    if "any" in expression:
        return max(truth_of(part, ladder, answers, scores) for part in expression["any"])
    if "score" in expression:
        return TRUTHS[scores.get(expression["score"], "indeterminate")]
    wanted = expression["count"]
    return _count_truth(ladder["sets"][wanted["set"]], ladder["fold"], answers, wanted["at_least"])


def is_unknown(answer: str | None) -> bool:
    """Whether the arithmetic must allow for both: anything but a plain yes or no, and a question never
    asked."""
    return answer not in ("yes", "no")


def fold_key(fold: Mapping[str, str], sign: str) -> str:
    """What a sign counts as: its fold key, or itself. A key that reads like the id of a sign is still another
    key."""
    return f"={fold[sign]}" if sign in fold else sign


def stronger(one: str, other: str) -> str:
    """The higher of two levels of concern."""
    return max(one, other, key=LEVELS.index)


def _count_truth(members: list[str], fold: Mapping[str, str], answers: Answers, at_least: int) -> int:
    # Two questions about one thing count once, so keys are counted and not questions.
    sure: set[str] = set()
    possible: set[str] = set()
    for member in members:
        answer = answers.get(member)
        if answer == "no":
            continue
        key = fold_key(fold, member)
        possible.add(key)
        if answer == "yes":
            sure.add(key)
    if len(sure) >= at_least:
        return POSITIVE
    return NEGATIVE if len(possible) < at_least else INDETERMINATE
