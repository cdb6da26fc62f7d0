"""Why the level is what it is, and what could lift it. All contributing signs are the reasons; the sufficient
set only says what would have been enough and must never be shown alone."""

from collections.abc import Iterator, Mapping
from typing import Any

from server.screening.concern import POSITIVE, Answers, Scores, evaluate, is_unknown, truth_of
from server.screening.recipes import Recipe, Search, recipes_of

# More further questions than this help nobody: the answer is then "several".
MOST_TO_CHANGE = 4
SEVERAL = "several"

Ladder = Mapping[str, Any]


def explain(ladder: Ladder, answers: Answers, scores: Scores) -> dict[str, Any]:
    """The reasons for the level of a compiled ladder.

    Out: concern; contributors (every yes in a satisfied part, checklist order); sufficient (the fewest yes
    answers that keep the level, ties by checklist order); unknown (open ids that a rung looks at); change,
    only when the level could still rise (the fewest open ids that would lift it, or "several"); scores and
    sufficient_scores, only when relied on.
    """
    result = evaluate(ladder, answers, scores)
    rungs: list[Mapping[str, Any]] = ladder["rungs"]
    met = next((place for place, rung in enumerate(rungs) if rung["level"] == result["concern"]), len(rungs))
    used = {name for rung in rungs for name in _sets_in(rung["when"])}
    seen_by_rungs = {member for name in used for member in ladder["sets"][name]}
    unknown = [item for item in ladder["items"] if item in seen_by_rungs and is_unknown(answers.get(item))]
    explained: dict[str, Any] = {
        "concern": result["concern"],
        "contributors": [],
        "sufficient": [],
        "unknown": unknown,
    }
    if met < len(rungs):
        explained.update(_reasons(ladder, rungs[met]["when"], answers, scores))
    if result["could_be"] != result["concern"]:
        explained["change"] = _change(ladder, rungs[:met], unknown, answers, scores)
    return explained


def _reasons(ladder: Ladder, when: Mapping[str, Any], answers: Answers, scores: Scores) -> dict[str, Any]:
    leaves = list(_satisfied(when, ladder, answers, scores))
    members = {member for leaf in leaves if "count" in leaf for member in ladder["sets"][leaf["count"]["set"]]}
    given = _yes(ladder, answers)
    reasons: dict[str, Any] = {"contributors": [item for item in given if item in members]}
    relied_on = sorted({leaf["score"] for leaf in leaves if "score" in leaf})
    if relied_on:
        reasons["scores"] = relied_on
    sufficient, sufficient_scores = _sufficient(ladder, recipes_of(when), given, scores)
    reasons["sufficient"] = sufficient
    if sufficient_scores:
        reasons["sufficient_scores"] = sufficient_scores
    return reasons


def _satisfied(
    when: Mapping[str, Any], ladder: Ladder, answers: Answers, scores: Scores
) -> Iterator[Mapping[str, Any]]:
    """The leaves that make the rung hold: into every part of an `all`, into the positive parts of an
    `any`."""
    for part in when.get("all", when.get("any", ())):
        if truth_of(part, ladder, answers, scores) == POSITIVE:
            yield from _satisfied(part, ladder, answers, scores)
    if "count" in when or "score" in when:
        yield when


def _sufficient(ladder: Ladder, recipes: list[Recipe], given: list[str], scores: Scores) -> tuple[list[str], list[str]]:
    """(the fewest signs that meet the rung when all else is no, the scores they rely on): first signs alone,
    and only if those cannot, with the positive scores as given."""
    search = Search(ladder, given)
    signs_alone = _fewest(search, [recipe for recipe in recipes if not recipe.scores], ladder, len(given))
    if signs_alone is not None:
        return signs_alone[0], []
    with_scores = [recipe for recipe in recipes if _all_positive(recipe, scores)]
    found = _fewest(search, with_scores, ladder, len(given))
    return found if found is not None else ([], [])


def _change(
    ladder: Ladder,
    stronger_rungs: list[Mapping[str, Any]],
    unknown: list[str],
    answers: Answers,
    scores: Scores,
) -> list[str] | str:
    recipes = [
        recipe for rung in stronger_rungs for recipe in recipes_of(rung["when"]) if _all_positive(recipe, scores)
    ]
    found = _fewest(Search(ladder, unknown, _yes(ladder, answers)), recipes, ladder, MOST_TO_CHANGE)
    return found[0] if found is not None else SEVERAL


def _fewest(search: Search, recipes: list[Recipe], ladder: Ladder, most: int) -> tuple[list[str], list[str]] | None:
    """The smallest set that meets one of the recipes, with the scores of that recipe; the least by place in
    the list, then the fewest scores, then their names. None when no set of at most `most` does."""
    place = {item: number for number, item in enumerate(ladder["items"])}
    ways = [(way, sorted(recipe.scores)) for recipe in recipes if (way := search.way(recipe)) is not None]
    longest = max((way.longest for way, _scores in ways), default=-1)
    for size in range(min(most, longest) + 1):
        found = [(ids, scores) for way, scores in ways if (ids := way.first_of_size(size)) is not None]
        if found:
            return min(found, key=lambda one: ([place[item] for item in one[0]], len(one[1]), one[1]))
    return None


def _all_positive(recipe: Recipe, scores: Scores) -> bool:
    return all(scores.get(name) == "positive" for name in recipe.scores)


def _yes(ladder: Ladder, answers: Answers) -> list[str]:
    return [item for item in ladder["items"] if answers.get(item) == "yes"]


def _sets_in(expression: Mapping[str, Any]) -> Iterator[str]:
    if "count" in expression:
        yield expression["count"]["set"]
    for part in expression.get("all", expression.get("any", ())):
        yield from _sets_in(part)
