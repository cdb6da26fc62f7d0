"""What to do now: promises that hold for every set of facts in every pack."""

from collections.abc import Mapping
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.screening.pathway import actions, open_questions, with_defaults
from tests.depth import DEPTH
from tests.screening.drawing import CHILD_AGES, PATHWAYS, facts_of

# What asks for an adult's own choice, or is told to an office about an adult.
ADULT_ONLY = (
    "adult.",
    "notify.",
    "consent.",
    "support.",
    "offer.",
    "labour.",
    "sexual.",
    "abuse.",
    "housing.",
    "rescreen.",
    "police.report.named",
    "police.report.anon",
)
CONSENTS = {"support_ok", "consent", "coop", "wants_help"}

packs = pytest.mark.parametrize("pathway", PATHWAYS.values(), ids=list(PATHWAYS))


def urgencies(pathway: Mapping[str, Any], facts: Mapping[str, Any]) -> dict[str, int]:
    return {one["action"]: pathway["urgency_order"].index(one["urgency"]) for one in actions(pathway, facts)}


@packs
@settings(max_examples=DEPTH.examples)
@given(data=st.data())
def test_a_child_never_gets_an_adults_action(pathway: dict[str, Any], data: st.DataObject) -> None:
    facts = data.draw(facts_of(pathway, subject="person", age=data.draw(st.sampled_from(CHILD_AGES))))
    found = [one["action"] for one in actions(pathway, facts)]
    assert [action for action in found if action.startswith(ADULT_ONLY)] == []


@packs
@pytest.mark.parametrize("age", CHILD_AGES)
def test_a_child_never_gets_one_whatever_would_bring_it_to_an_adult(pathway: dict[str, Any], age: str) -> None:
    tempting = {"k_check": "pass", "reprisal": "no", "safe_tonight": "no", "labour_rights": "yes"}
    tempting |= {"home_abuse": "yes", "at_risk": "yes", "sexual_harm_recent": "yes", "org_duty": "yes"}
    kinds = pathway["facts"]["exploitation"]["values"]
    for concern, consent, wish, contact, fro, exploitation in product(
        ("low", "some", "strong"),
        ("yes", "no", "cannot"),
        ("yes", "no"),
        ("in_person", "third_party"),
        ("yes", "no"),
        (["unknown"], ["organ"], kinds),
    ):
        facts = {
            **tempting,
            "age": age,
            "concern": concern,
            "consent": consent,
            "coop": wish,
            "support_ok": wish,
            "wants_help": wish,
            "others": wish,
            "contact": contact,
            "org_fro": fro,
            "exploitation": exploitation,
        }
        found = [one["action"] for one in actions(pathway, facts)]
        assert [action for action in found if action.startswith(ADULT_ONLY)] == []


@packs
@settings(max_examples=DEPTH.examples)
@given(data=st.data())
def test_consent_never_changes_what_is_done_for_a_child(pathway: dict[str, Any], data: st.DataObject) -> None:
    facts = data.draw(facts_of(pathway, subject="person", age=data.draw(st.sampled_from(CHILD_AGES))))
    other = data.draw(facts_of(pathway))
    asked_otherwise = {name: other[name] for name in CONSENTS & other.keys()}
    without = {name: value for name, value in facts.items() if name not in CONSENTS}
    assert actions(pathway, facts) == actions(pathway, {**without, **asked_otherwise})


@packs
@settings(max_examples=DEPTH.examples)
@given(data=st.data())
def test_danger_now_leads_with_the_emergency_call(pathway: dict[str, Any], data: st.DataObject) -> None:
    first = actions(pathway, data.draw(facts_of(pathway, danger="now")))[0]
    assert (first["action"], first["urgency"]) == ("emergency.call", "now")


@packs
@settings(max_examples=DEPTH.examples)
@given(data=st.data())
def test_there_is_always_something_to_do_in_order_and_each_once(pathway: dict[str, Any], data: st.DataObject) -> None:
    found = actions(pathway, data.draw(facts_of(pathway)))
    order = [
        (pathway["urgency_order"].index(one["urgency"]), pathway["action_order"].index(one["action"])) for one in found
    ]
    assert found
    assert order == sorted(set(order))
    assert all(one["rules"] for one in found)
    for card in pathway["cards"].values():
        assert sum(one["action"] in card["at_most_one"] for one in found) <= 1


@packs
@settings(max_examples=DEPTH.examples)
@given(data=st.data())
def test_danger_that_nobody_answered_is_never_read_as_none(pathway: dict[str, Any], data: st.DataObject) -> None:
    facts = data.draw(facts_of(pathway, danger="unknown"))
    unanswered, answered_none = urgencies(pathway, facts), urgencies(pathway, {**facts, "danger": "none"})
    # What may be left out is only what is kept ready: it makes way for something with a time.
    ready = pathway["urgency_order"].index("ready")
    for action, urgency in answered_none.items():
        assert urgency == ready or unanswered.get(action, ready) <= urgency


@packs
@settings(max_examples=DEPTH.examples)
@given(data=st.data())
def test_no_anonymous_notice_without_a_passed_check(pathway: dict[str, Any], data: st.DataObject) -> None:
    facts = data.draw(facts_of(pathway, k_check=data.draw(st.sampled_from(("fail", "unknown")))))
    assert "police.report.anon" not in urgencies(pathway, facts)


def test_defaults_fill_what_nobody_gave_and_an_age_is_unsure() -> None:
    facts = with_defaults(PATHWAYS["scotland"], {})
    assert (facts["age"], facts["danger"], facts["consent"], facts["exploitation"]) == (
        "unsure",
        "unknown",
        "not_asked",
        ["unknown"],
    )
    assert with_defaults(PATHWAYS["scotland"], {"subject": "place"})["age"] == "not_a_person"


def test_questions_come_in_their_order_and_only_when_they_are_due() -> None:
    scotland = PATHWAYS["scotland"]
    assert open_questions(scotland, {"subject": "place"}) == ["subject", "danger"]
    met_adult: dict[str, str | list[str]] = {"age": "adult", "concern": "some", "exploitation": ["sexual"]}
    assert open_questions(scotland, met_adult) == [
        "subject",
        "age",
        "danger",
        "contact",
        "conflict",
        "alone",
        "at_risk",
        "safe_tonight",
        "support_ok",
        "consent",
        "coop",
        "others",
        "gender",
        "sexual_harm_recent",
    ]
    asked_of_a_child = open_questions(scotland, {"age": "under16", "concern": "strong"})
    assert not CONSENTS & set(asked_of_a_child)


def test_every_rule_that_asks_for_an_action_is_named() -> None:
    found = actions(PATHWAYS["scotland"], {"age": "under16", "concern": "strong", "danger": "now"})
    protect = next(one for one in found if one["action"] == "child.protect")
    assert protect == {"action": "child.protect", "urgency": "now", "rules": ["R02a", "R02b"]}
