"""What to do now: promises that hold for every set of facts in every pack."""

from collections.abc import Mapping
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.screening.bank import load_bank
from server.screening.definitions import CONTENT
from server.screening.pack import compile_pack
from server.screening.pathway import actions, holds, open_questions, with_defaults
from tests.depth import DEPTH
from tests.screening.content_copy import copy_of_content, replace
from tests.screening.drawing import CHILD_AGES, PATHWAYS, facts_of
from tests.screening.proofs import ADULT_ONLY, CONSENTS, breaches, facts_where

packs = pytest.mark.parametrize("pathway", PATHWAYS.values(), ids=list(PATHWAYS))


def urgencies(pathway: Mapping[str, Any], facts: Mapping[str, Any]) -> dict[str, int]:
    return {one["action"]: pathway["urgency_order"].index(one["urgency"]) for one in actions(pathway, facts)}


@packs
def test_what_is_promised_holds_for_every_set_of_facts(pathway: dict[str, Any]) -> None:
    assert breaches(pathway) == []


# Each bends a pack so that it still loads and one promise is broken.
BENT = [
    (
        "uk",
        'R21, why: "Unfair pay or hours can be put right, whether or not there is more to it.", whe'
        "n: {all: [{macro: adult}, ",
        "R21, why: Bent., when: {all: [{macro: person}, ",
        "a child never gets labour.rights (R21)",
    ),
    (
        "uk",
        "cam: {all: [{macro: ca}, {macro: met}]}",
        "cam: {all: [{macro: concerned}, {macro: met}]}",
        "a child never gets consent.seek (R09)",
    ),
    (
        "core",
        "adult: {all: [{macro: person}, {fact: age, in: [adult]}]}",
        "adult: {all: [{macro: person}, {fact: age, in: [adult, unsure]}]}",
        "a child never gets adult.safeguard (R12a)",
    ),
    (
        "uk",
        "R04, why: A child can have a guardian who is on their side., when: {all: [{macro: cc}, ",
        "R04, why: Bent., when: {all: [{not: {fact: consent, in: [no]}}, {macro: cc}, ",
        "consent never changes what is done for a child (R04)",
    ),
    (
        "uk",
        'R28, why: "A child who vanishes after being found may be back with the people who used the'
        'm.", when: {all: [{macro: child}, ',
        "R28, why: Bent., when: {all: [",
        "a place never gets missing.report (R28)",
    ),
    (
        "uk",
        "do: [[advice.helpline, ready], [rescreen.later, ready]]",
        "do: [[advice.helpline, ready], [rescreen.later, ready], [regulator.sector, 5d]]",
        "a person never gets regulator.sector (R15)",
    ),
    (
        "core",
        "when: {fact: danger, in: [now]}, do: [[emergency.call, now]]",
        "when: {all: [{macro: person}, {fact: danger, in: [now]}]}, do: [[emergency.call, now]]",
        "danger now leads with the emergency call: {",
    ),
    (
        "core",
        "do: [[emergency.call, now]]",
        "do: [[emergency.call, today]]",
        "danger now leads with the emergency call: {",
    ),
    (
        "uk",
        "action_order: [emergency.call, danger.ask,",
        "action_order: [danger.ask, emergency.call,",
        "danger now leads with the emergency call: something",
    ),
    (
        "uk",
        "wants_support: {any: [{fact: consent, in: [yes]}, {fact: support_ok, in: [yes]}]}",
        "wants_support: {all: [{fact: consent, in: [yes]}, {fact: support_ok, in: [yes]}]}",
        "support does not wait for the mechanism",
    ),
    (
        "core",
        "to_send: {any: [{macro: concerned}, {fact: danger, in: [now]}]}",
        "to_send: {fact: danger, in: [now]}",
        "somebody always hears of a strong concern",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "promise"), BENT)
def test_a_bent_pack_breaks_its_promise(tmp_path: Path, file: str, old: str, new: str, promise: str) -> None:
    pathways = copy_of_content(tmp_path) / "pathways"
    replace(pathways / f"{file}.yaml", old, new)
    bent = compile_pack(pathways, "scotland", load_bank(CONTENT))
    assert [breach for breach in breaches(bent) if breach.startswith(promise)]


def test_the_search_finds_what_can_be_and_only_that() -> None:
    scotland = PATHWAYS["scotland"]
    found = facts_where(scotland, next(rule["when"] for rule in scotland["rules"] if rule["id"] == "R07d"))
    assert found is not None
    assert "police.report.anon" in urgencies(scotland, found)
    assert facts_where(scotland, {"all": [{"macro": "child"}, {"macro": "adult"}]}) is None
    assert facts_where(scotland, {"not": {"fact": "exploitation", "has_any": ["labour"]}}) is not None


@packs
@settings(max_examples=DEPTH.examples)
@given(data=st.data())
def test_what_the_search_says_is_what_the_engine_does(pathway: dict[str, Any], data: st.DataObject) -> None:
    facts = with_defaults(pathway, data.draw(facts_of(pathway)))
    for rule in pathway["rules"]:
        fixed = [{"fact": name, "in": [value]} for name, value in facts.items() if isinstance(value, str)]
        fires = rule["id"] in {one for action in actions(pathway, facts) for one in action["rules"]}
        assert not fires or facts_where(pathway, {"all": [rule["when"], *fixed]}) is not None


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
    asked_otherwise = {name: other[name] for name in CONSENTS if name in other}
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
    assert not set(CONSENTS) & set(asked_of_a_child)


def test_every_rule_that_asks_for_an_action_is_named() -> None:
    found = actions(PATHWAYS["scotland"], {"age": "under16", "concern": "strong", "danger": "now"})
    protect = next(one for one in found if one["action"] == "child.protect")
    assert protect == {"action": "child.protect", "urgency": "now", "rules": ["R02a", "R02b"]}


def spelled_out(predicate: Any, macros: Mapping[str, Any]) -> Any:
    """The predicate with each macro in its place, so that there is nothing to be known of macros."""
    if isinstance(predicate, dict) and "macro" in predicate:
        return spelled_out(macros[predicate["macro"]], macros)
    if isinstance(predicate, dict):
        return {key: spelled_out(part, macros) for key, part in predicate.items()}
    return [spelled_out(part, macros) for part in predicate] if isinstance(predicate, list) else predicate


@packs
@settings(max_examples=DEPTH.examples)
@given(data=st.data())
def test_what_is_known_of_one_set_of_facts_is_not_taken_for_another(
    pathway: dict[str, Any], data: st.DataObject
) -> None:
    rules = {rule["id"]: spelled_out(rule["when"], pathway["macros"]) for rule in pathway["rules"]}
    for facts in data.draw(st.lists(facts_of(pathway), min_size=2, max_size=3)):
        filled = with_defaults(pathway, facts)
        named = {rule for one in actions(pathway, facts) for rule in one["rules"]}
        assert named == {rule for rule, when in rules.items() if holds(when, {}, filled)}
