"""Derived facts: read from the signs, open while the signs are open."""

import pytest

from server.screening.facts import derive
from server.screening.narrowing import asked_of
from tests.screening.drawing import CHECKLISTS, PATHWAYS

FIRST_LOOK, SCOTLAND = CHECKLISTS["first-look"], PATHWAYS["scotland"]


def derived(**answers: str) -> dict[str, str | list[str]]:
    return derive(
        FIRST_LOOK["indicators"], SCOTLAND, {sign.replace("_", "-"): answer for sign, answer in answers.items()}
    )


@pytest.mark.parametrize(
    ("sign", "fact"),
    [
        ("locked_in_or_guarded", "danger_sign"),
        ("always_with_minder", "minder"),
        ("lives_at_work", "labour_rights"),
        ("threatened_now", "reprisal"),
        ("child_gets_gifts_for_sex", "child_sexual_harm"),
    ],
)
def test_a_yes_on_its_sign_gives_the_fact(sign: str, fact: str) -> None:
    assert derived(**{sign: "yes"})[fact] == "yes"
    assert derived(**{sign: "no"})[fact] == "no"
    assert derived(**{sign: "declined"})[fact] == ("unknown" if fact == "reprisal" else "no")


def test_health_need_comes_from_injuries() -> None:
    assert (
        derive(CHECKLISTS["adult"]["indicators"], SCOTLAND, {"injuries-or-old-wounds": "yes"})["health_need"] == "yes"
    )


def test_reprisal_stays_open_until_every_threat_sign_is_answered_no() -> None:
    items = asked_of(CHECKLISTS["adult"], "adult", "any")["items"]
    adult = {sign: CHECKLISTS["adult"]["indicators"][sign] for sign in items}
    threats = [sign for sign, body in adult.items() if "threat" in body["marks"]]
    assert sorted(threats) == ["family-threatened-now", "hurt-now", "threat-report-now", "threatened-now"]
    all_no = dict.fromkeys(threats, "no")
    assert derive(adult, SCOTLAND, all_no)["reprisal"] == "no"
    assert derive(adult, SCOTLAND, {**all_no, threats[0]: "dont_know"})["reprisal"] == "unknown"
    assert derive(adult, SCOTLAND, all_no, {"danger": "now"})["reprisal"] == "yes"
    assert derive(CHECKLISTS["place"]["indicators"], SCOTLAND, {})["reprisal"] == "unknown"


def test_only_a_sign_of_few_kinds_tells_the_kind() -> None:
    assert derived(no_access_to_id="yes", debt_cannot_be_paid="yes")["exploitation"] == ["unknown"]
    assert derived(made_to_break_law="yes")["exploitation"] == ["criminal", "financial"]
    assert derived(child_gets_gifts_for_sex="yes", home_taken_over="yes")["exploitation"] == [
        "sexual",
        "criminal",
    ]


def test_a_pack_derives_only_the_facts_it_has() -> None:
    assert "reprisal" not in derive(FIRST_LOOK["indicators"], PATHWAYS["usa"], {})
