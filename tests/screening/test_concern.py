"""The level of concern: more signs never lower it, and nobody is counted for who they are or for saying
no."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.screening.bank import load_bank
from server.screening.concern import LEVELS, evaluate, stronger
from server.screening.definitions import CONTENT
from server.screening.ladders import Ladders
from tests.depth import DEPTH
from tests.screening.drawing import LADDERS, answers_to, small_ladders

BANK = load_bank(CONTENT)

# Signs that name a forbidden ground, because somebody else uses it against the person. What counts is what is
# done to them. A sign that is not in this list may not name one.
ABOUT_WHAT_OTHERS_DO = {
    "lied-about-visa",
    "threat-report-before",
    "no-status-used",
    "language-or-reading-used",
    "threat-report-now",
    "no-way-to-speak-for-self",
    "visa-tied-to-boss",
    "treated-as-lesser-group",
    "sex-earnings-taken",
    "moved-between-flats-or-towns",
    "lied-about-sexual-work",
    "beliefs-used",
    "care-visa-fees",
    "transit-visa-working-inshore",
}
FORBIDDEN = re.compile(
    r"national|ethnic|race|colour|foreign|migra|visa|asylum|right to (stay|work)|english"
    r"|interpreter|language|religio|faith|oath|ritual|sell(s|ing)? sex|prostitut|sponsor"
    r"|group they belong|refus(e|ed|es) to answer",
    re.IGNORECASE,
)


@settings(max_examples=DEPTH.examples)
@given(st.data(), st.sampled_from(LADDERS))
def test_a_further_yes_never_lowers_the_concern(data: st.DataObject, named: tuple[str, dict[str, Any]]) -> None:
    ladder = named[1]
    answers = data.draw(answers_to(ladder["items"]))
    before = evaluate(ladder, answers, {})
    after = evaluate(ladder, {**answers, data.draw(st.sampled_from(ladder["items"])): "yes"}, {})
    assert LEVELS.index(after["concern"]) >= LEVELS.index(before["concern"])
    # What was already open stays possible: an unknown that turns out yes cannot shut a way.
    assert LEVELS.index(before["could_be"]) >= LEVELS.index(before["concern"])


@settings(max_examples=DEPTH.examples)
@given(small_ladders(), st.data())
def test_the_level_and_what_it_could_be_are_the_ends_of_what_the_open_answers_allow(
    ladder: dict[str, Any], data: st.DataObject
) -> None:
    answers = data.draw(answers_to(ladder["items"]))
    open_items = [item for item in ladder["items"] if answers.get(item) not in ("yes", "no")]
    scores = {"s1": "positive", "s2": "negative"}
    result = evaluate(ladder, answers, scores)
    for end, word in (("concern", "no"), ("could_be", "yes")):
        assert result[end] == evaluate(ladder, {**answers, **dict.fromkeys(open_items, word)}, scores)["concern"]


@settings(max_examples=DEPTH.examples)
@given(st.data(), st.sampled_from(LADDERS))
def test_a_refusal_counts_exactly_as_a_question_never_asked(
    data: st.DataObject, named: tuple[str, dict[str, Any]]
) -> None:
    ladder = named[1]
    answers = data.draw(answers_to(ladder["items"]))
    without = {item: answer for item, answer in answers.items() if answer not in ("declined", "dont_know")}
    assert evaluate(ladder, answers, {}) == evaluate(ladder, without, {})


def test_no_scored_sign_asks_who_a_person_is() -> None:
    naming = {sign.id for sign in BANK.indicators.values() if FORBIDDEN.search(f"{sign.question} {sign.label}")}
    assert naming <= ABOUT_WHAT_OTHERS_DO, "these name a forbidden ground; say what somebody does to the person instead"


@pytest.mark.parametrize("name", ["adult", "child", "child-with-parent", "place"])
def test_signs_that_are_lawful_alone_never_lift_the_concern_above_low(name: str) -> None:
    lawful = [sign.id for sign in BANK.indicators.values() if "lawful_alone" in sign.marks]
    ladder = Ladders(CONTENT / "ladders.yaml", BANK).compiled(name, lawful, frozenset())
    assert evaluate(ladder, dict.fromkeys(lawful, "yes"), {})["could_be"] == "low"


@pytest.mark.parametrize("name", ["adult", "child", "child-with-parent", "place"])
def test_signs_that_are_not_scored_are_in_no_set(name: str) -> None:
    unscored = [sign.id for sign in BANK.indicators.values() if "unscored" in sign.marks]
    ladder = Ladders(CONTENT / "ladders.yaml", BANK).compiled(name, unscored, frozenset())
    assert evaluate(ladder, dict.fromkeys(unscored, "yes"), {})["concern"] == "none"
    assert len(unscored) >= 3


def test_a_parents_ordinary_care_does_not_lift_the_concern() -> None:
    exempt = [sign.id for sign in BANK.indicators.values() if "parent_exempt" in sign.marks]
    ladders = Ladders(CONTENT / "ladders.yaml", BANK)
    answers = dict.fromkeys(exempt, "yes")
    assert evaluate(ladders.compiled("child-with-parent", exempt, frozenset()), answers, {})["concern"] == "low"
    assert evaluate(ladders.compiled("child", exempt, frozenset()), answers, {})["concern"] == "some"


def test_the_stronger_of_two_levels() -> None:
    assert [stronger(one, other) for one, other in (("none", "low"), ("strong", "some"))] == ["low", "strong"]
