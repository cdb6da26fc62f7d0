"""The whole result: routes, the stronger of two ladders, a raised concern, and the person's own answer."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.screening.concern import LEVELS, evaluate, stronger
from server.screening.narrowing import narrowed_ladder
from server.screening.screen import NoSuchRoute, decide, screen, turn_person_answer
from tests.depth import DEPTH
from tests.screening.drawing import ANSWERS, CHECKLISTS, PATHWAYS, answers_to, facts_of, signs_of

FIRST_LOOK, ADULT, PLACE = (CHECKLISTS[name] for name in ("first-look", "adult", "place"))
SCOTLAND = PATHWAYS["scotland"]


def test_a_car_wash_told_of_by_an_adult() -> None:
    answers = {
        "no-access-to-id": "yes",
        "debt-cannot-be-paid": "yes",
        "little-or-no-pay": "yes",
        "lives-at-work": "yes",
        "locked-in-or-guarded": "dont_know",
        "moved-between-places": "no",
    }
    result = screen(FIRST_LOOK, SCOTLAND, answers, {"age": "adult", "danger": "ongoing"})
    assert (result["route"], result["ladder"], result["concern"], result["could_be"]) == (
        "adult",
        "adult",
        "strong",
        "strong",
    )
    assert result["flags"] == ["labour_rights"]
    assert result["contributors"] == [
        "lives-at-work",
        "no-access-to-id",
        "little-or-no-pay",
        "debt-cannot-be-paid",
    ]
    assert result["sufficient"] == ["no-access-to-id", "little-or-no-pay"]
    assert "change" not in result
    assert result["displays"] == {
        "ecat": "negative",
        "scottish-offence": "negative",
        "forced-labour": "positive",
    }
    assert {pillar: found["state"] for pillar, found in result["elements"].items()} == {
        "act": "empty",
        "means": "full",
        "purpose": "full",
    }
    assert result["facts"]["labour_rights"] == "yes"
    assert [one["action"] for one in result["actions"]][:1] == ["labour.rights"]


def test_nothing_answered_is_open_and_says_what_would_change_it() -> None:
    result = screen(FIRST_LOOK, SCOTLAND, {}, {})
    assert (result["route"], result["ladder"]) == ("child_or_unsure", "adult")
    assert (result["concern"], result["could_be"]) == ("none", "strong")
    assert result["change"] == ["locked-in-or-guarded"]
    assert {found["state"] for found in result["elements"].values()} == {"open"}


def test_sexual_harm_to_a_child_comes_before_any_score() -> None:
    answers = {"child-gets-gifts-for-sex": "yes"}
    result = screen(FIRST_LOOK, SCOTLAND, answers, {"age": "unsure", "danger": "none"})
    assert result["actions"][0] == {"action": "child.protect", "urgency": "now", "rules": ["R02b", "R02g"]}


@settings(max_examples=DEPTH.examples)
@given(answers_to(FIRST_LOOK["routes"]["child_or_unsure"]["items"]), st.sampled_from(("yes", "no", "unknown")))
def test_an_unsure_age_takes_the_stronger_of_adult_and_child(answers: dict[str, str], parent_care: str) -> None:
    route = FIRST_LOOK["routes"]["child_or_unsure"]
    signs = signs_of(FIRST_LOOK, "child_or_unsure")
    ladders = {entry["name"]: narrowed_ladder(entry["ladder"], signs) for entry in route["ladders"]}
    adult = evaluate(ladders["adult"], answers, {})
    child_name = "child-with-parent" if parent_care == "yes" else "child"
    child = evaluate(ladders[child_name], answers, {})
    unsure = screen(FIRST_LOOK, SCOTLAND, answers, {"age": "unsure", "parent_care": parent_care})
    assert unsure["concern"] == stronger(adult["concern"], child["concern"])
    assert unsure["could_be"] == stronger(adult["could_be"], child["could_be"])
    decides = LEVELS.index(child["concern"]) > LEVELS.index(adult["concern"])
    assert unsure["ladder"] == (child_name if decides else "adult")
    known = screen(FIRST_LOOK, SCOTLAND, answers, {"age": "16-17", "parent_care": parent_care})
    assert (known["concern"], known["ladder"]) == (child["concern"], child_name)


@settings(max_examples=DEPTH.examples)
@given(answers_to(ADULT["routes"]["adult"]["items"]), facts_of(SCOTLAND, subject="person", age="adult"))
def test_no_fact_about_the_person_changes_what_the_signs_add_up_to(
    answers: dict[str, str], facts: dict[str, Any]
) -> None:
    plain = screen(ADULT, SCOTLAND, answers, {"age": "adult"})
    result = screen(ADULT, SCOTLAND, answers, facts)
    for part in (
        "concern",
        "could_be",
        "flags",
        "contributors",
        "sufficient",
        "unknown",
        "displays",
        "elements",
    ):
        assert result[part] == plain[part]


@settings(max_examples=DEPTH.examples)
@given(answers_to(ADULT["routes"]["adult"]["items"]), st.sampled_from(("some", "strong")))
def test_a_worker_may_raise_the_concern_and_never_lower_it(answers: dict[str, str], raised: str) -> None:
    plain = screen(ADULT, SCOTLAND, answers, {"age": "adult"})
    result = screen(ADULT, SCOTLAND, answers, {"age": "adult", "raised": raised})
    assert result["concern"] == plain["concern"]
    assert result["facts"]["concern"] == stronger(plain["concern"], raised)
    assert "coordinator.send" in [one["action"] for one in result["actions"]]


def test_what_the_worker_says_of_the_kind_stands() -> None:
    result = screen(FIRST_LOOK, SCOTLAND, {"made-to-break-law": "yes"}, {"age": "adult", "exploitation": ["labour"]})
    assert result["facts"]["exploitation"] == ["labour"]


def test_a_place_is_never_read_as_a_person() -> None:
    result = screen(PLACE, SCOTLAND, {"place-people-cannot-leave": "yes"}, {})
    assert (result["route"], result["ladder"], result["concern"]) == ("place", "place", "strong")
    assert result["facts"]["age"] == "not_a_person"
    assert result["displays"] == {}


@pytest.mark.parametrize("checklist", CHECKLISTS.values(), ids=list(CHECKLISTS))
@settings(max_examples=DEPTH.examples)
@given(data=st.data())
def test_what_is_decided_without_reasons_is_what_is_decided_with_them(
    checklist: dict[str, Any], data: st.DataObject
) -> None:
    """On every route: the age is drawn, too."""
    pathway = data.draw(st.sampled_from(list(PATHWAYS.values())))
    answers = data.draw(answers_to(list(checklist["indicators"])))
    settings_ = st.sampled_from(["any", *checklist["part_order"]])
    screened = {"parent_care": st.sampled_from(("yes", "no", "unknown")), "raised": st.sampled_from(("some", "strong"))}
    facts = {
        **data.draw(facts_of(pathway, subject=checklist["subject"])),
        **data.draw(st.fixed_dictionaries({}, optional={"setting": settings_, **screened})),
    }
    try:
        whole = screen(checklist, pathway, answers, facts)
    except NoSuchRoute:
        with pytest.raises(NoSuchRoute):
            decide(checklist, pathway, answers, facts)
        return
    decided = decide(checklist, pathway, answers, facts)
    assert decided == {part: whole[part] for part in ("concern", "could_be", "facts", "actions")}


def test_a_checklist_for_adults_does_not_screen_anybody_else() -> None:
    with pytest.raises(NoSuchRoute, match="'adult' has no route for person of age unsure"):
        screen(ADULT, SCOTLAND, {}, {"age": "unsure"})


ASKED = [
    pytest.param(sign, id=name)
    for checklist in CHECKLISTS.values()
    for name, sign in checklist["indicators"].items()
    if "person_question" in sign
]


@pytest.mark.parametrize("sign", ASKED)
def test_the_persons_answer_is_turned_by_what_their_yes_means(sign: dict[str, Any]) -> None:
    turned = {answer: turn_person_answer(sign, answer) for answer in ANSWERS}
    same = {answer: answer for answer in ANSWERS}
    expected = same if sign["person_yes_means"] == "sign" else {**same, "yes": "no", "no": "yes"}
    assert turned == expected


def test_polarities_that_were_read_by_hand() -> None:
    signs = ADULT["indicators"]
    for name in ("lied-about-job", "little-or-no-pay", "lives-at-work", "does-not-know-where-they-are"):
        assert turn_person_answer(signs[name], "no") == "yes", signs[name]["person_question"]
    for name in ("locked-in-or-guarded", "always-with-minder", "debt-cannot-be-paid", "threatened-now"):
        assert turn_person_answer(signs[name], "yes") == "yes", signs[name]["person_question"]


def test_a_sign_without_a_person_question_has_no_persons_answer() -> None:
    with pytest.raises(KeyError):
        turn_person_answer(ADULT["indicators"]["taken-or-sold"], "yes")
