"""A faithful explanation: without the reasons the level falls, the sufficient set alone keeps it, and nothing
in it is spare. Checked on the shipped ladders, and on small ones against trying every set of answers."""

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.screening.concern import LEVELS, evaluate
from server.screening.explain import MOST_TO_CHANGE, SEVERAL, explain
from tests.depth import DEPTH
from tests.screening.drawing import CHECKLISTS, LADDERS, answers_to, small_ladders

Ladder = Mapping[str, Any]
NAMES = ("s1", "s2", "ilo-adult-conservative")
SCORES = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(NAMES, st.sampled_from(("positive", "negative", "indeterminate")))
)


def level_with(ladder: Ladder, yes: list[str], positive: list[str] | tuple[str, ...] = ()) -> int:
    """The level when only these are yes and all else is no."""
    answers = {item: "yes" if item in yes else "no" for item in ladder["items"]}
    scores = {name: "positive" if name in positive else "negative" for name in NAMES}
    return LEVELS.index(evaluate(ladder, answers, scores)["concern"])


def check_faithful(ladder: Ladder, answers: dict[str, str], scores: dict[str, str]) -> dict[str, Any]:
    found = explain(ladder, answers, scores)
    level = LEVELS.index(found["concern"])
    if found["concern"] == ladder["floor"]:
        assert found["contributors"] == found["sufficient"] == []
        assert "scores" not in found
        return found
    without = {**answers, **dict.fromkeys(found["contributors"], "no")}
    refused = dict.fromkeys(NAMES, "negative")
    assert LEVELS.index(evaluate(ladder, without, refused)["concern"]) < level
    enough, relied_on = found["sufficient"], found.get("sufficient_scores", ())
    assert level_with(ladder, enough, relied_on) == level
    for one in enough:
        assert level_with(ladder, [other for other in enough if other != one], relied_on) < level
    assert set(enough) <= set(found["contributors"])
    return found


@pytest.mark.parametrize("checklist", CHECKLISTS)
@settings(max_examples=DEPTH.examples)
@given(data=st.data(), scores=SCORES)
def test_faithful_on_every_route_and_part_that_is_shipped(
    checklist: str, data: st.DataObject, scores: dict[str, str]
) -> None:
    shipped = [ladder for name, ladder in LADDERS if name.startswith(f"{checklist}/")]
    ladder = data.draw(st.sampled_from(shipped))
    answers = data.draw(answers_to(ladder["items"]))
    found = check_faithful(ladder, answers, scores)
    if isinstance(found.get("change"), list):
        lifted = evaluate(ladder, {**answers, **dict.fromkeys(found["change"], "yes")}, scores)
        assert LEVELS.index(lifted["concern"]) > LEVELS.index(found["concern"])


@settings(max_examples=DEPTH.examples * 3)
@given(small_ladders(), st.data(), SCORES)
def test_the_same_as_trying_every_set_of_answers(
    ladder: dict[str, Any], data: st.DataObject, scores: dict[str, str]
) -> None:
    answers = data.draw(answers_to(ladder["items"]))
    found = check_faithful(ladder, answers, scores)
    if found["concern"] != ladder["floor"]:
        assert found["sufficient"] == fewest_that_keep(ladder, answers, scores, found)
    if "change" in found:
        assert found["change"] == fewest_that_lift(ladder, answers, scores, found)
    else:
        assert evaluate(ladder, answers, scores)["could_be"] == found["concern"]


def fewest_that_keep(
    ladder: Ladder, answers: dict[str, str], scores: dict[str, str], found: dict[str, Any]
) -> list[str]:
    level = LEVELS.index(found["concern"])
    given_yes = [item for item in ladder["items"] if answers.get(item) == "yes"]
    positive = [name for name, outcome in scores.items() if outcome == "positive"]
    for allowed in ([], positive):
        for size in range(len(given_yes) + 1):
            for chosen in combinations(given_yes, size):
                if level_with(ladder, list(chosen), allowed) >= level:
                    return list(chosen)
    raise AssertionError("nothing keeps a level that stands")


def fewest_that_lift(
    ladder: Ladder, answers: dict[str, str], scores: dict[str, str], found: dict[str, Any]
) -> list[str] | str:
    level = LEVELS.index(found["concern"])
    for size in range(1, MOST_TO_CHANGE + 1):
        for chosen in combinations(found["unknown"], size):
            tried = evaluate(ladder, {**answers, **dict.fromkeys(chosen, "yes")}, scores)
            if LEVELS.index(tried["concern"]) > level:
                return list(chosen)
    return SEVERAL
