"""A sign that is not asked counts as neither given nor open, whatever part it stands in."""

from typing import Any

import pytest

from server.screening.bank import load_bank
from server.screening.definitions import CONTENT
from server.screening.ladder_rules import check_ladder
from server.screening.ladders import Ladders
from server.screening.narrowing import asked_of, narrowed_ladder, narrowed_score
from server.screening.screen import screen
from tests.screening.drawing import CHECKLISTS, LADDERS, PATHWAYS

BANK = load_bank(CONTENT)
WORKPLACE, SCOTLAND = CHECKLISTS["workplace"], PATHWAYS["scotland"]
ADULT = {"age": "adult"}


@pytest.mark.parametrize("setting", [None, "any", "", "no-such-part", ["care"], "constructor"])
def test_a_setting_that_is_no_part_adds_nothing(setting: object) -> None:
    assert asked_of(WORKPLACE, "adult", setting) is WORKPLACE["routes"]["adult"]


def test_a_part_without_the_route_adds_nothing_to_it() -> None:
    sexual = CHECKLISTS["sexual"]
    assert asked_of(sexual, "adult", "clinic") is sexual["routes"]["adult"]
    assert asked_of(sexual, "child_or_unsure", "clinic") is sexual["parts"]["clinic"]["routes"]["child_or_unsure"]


def test_a_part_only_adds_and_keeps_the_order_of_what_everybody_is_asked() -> None:
    for checklist in CHECKLISTS.values():
        for part in checklist["parts"].values():
            for route, asked in part["routes"].items():
                own = checklist["routes"][route]["items"]
                assert [sign for sign in asked["items"] if sign in own] == own
                assert len(asked["items"]) > len(own)


@pytest.mark.parametrize(("name", "ladder"), LADDERS, ids=[name for name, _ in LADDERS])
def test_a_narrowed_ladder_holds_the_signs_that_are_asked_in_their_order(name: str, ladder: dict[str, Any]) -> None:
    for members in ladder["sets"].values():
        assert members == [item for item in ladder["items"] if item in members], name


def test_a_narrowed_ladder_keeps_all_else_and_leaves_the_definition_as_it_was() -> None:
    ladder = WORKPLACE["routes"]["adult"]["ladders"][0]["ladder"]
    before = [list(members) for members in ladder["sets"].values()]
    narrowed = narrowed_ladder(ladder, {"lives-at-work": WORKPLACE["indicators"]["lives-at-work"]})
    assert {name for name in ladder if ladder[name] != narrowed[name]} == {"sets"}
    assert (narrowed["items"], narrowed["fold"]) == (
        ["lives-at-work"],
        {"lives-at-work": "exploitation.living-conditions"},
    )
    assert [list(members) for members in ladder["sets"].values()] == before


@pytest.mark.parametrize(("name", "ladder"), LADDERS, ids=[name for name, _ in LADDERS])
def test_a_narrowed_ladder_is_the_one_that_would_be_compiled_for_the_signs_that_are_asked(
    name: str, ladder: dict[str, Any]
) -> None:
    checklist, route, _, which = name.split("/")
    scores = frozenset(CHECKLISTS[checklist]["routes"][route]["scores"])
    compiled = Ladders(CONTENT / "ladders.yaml", BANK).compiled(which, ladder["items"], scores)
    check_ladder(ladder, "here.yaml", name)
    assert ladder == compiled


def test_an_answer_to_a_sign_of_another_part_counts_for_nothing() -> None:
    answers = {"care-visa-fees": "yes", "lives-at-work": "yes"}
    without = screen(WORKPLACE, SCOTLAND, {"lives-at-work": "yes"}, {**ADULT, "setting": "farm"})
    with_it = screen(WORKPLACE, SCOTLAND, answers, {**ADULT, "setting": "farm"})
    assert with_it == without
    asked = screen(WORKPLACE, SCOTLAND, answers, {**ADULT, "setting": "care"})
    assert "care-visa-fees" in asked["contributors"]


def test_a_sign_that_is_not_asked_is_not_open_and_lifts_nothing() -> None:
    for setting in ("any", "care"):
        items = asked_of(WORKPLACE, "adult", setting)["items"]
        result = screen(WORKPLACE, SCOTLAND, dict.fromkeys(items, "no"), {**ADULT, "setting": setting})
        assert (result["concern"], result["could_be"], result["unknown"]) == ("none", "none", [])
        assert {pillar["state"] for pillar in result["elements"].values()} == {"empty"}
        assert result["displays"]["ecat"] == "negative"


def test_a_dimension_of_which_nothing_is_asked_stays_open_and_is_never_negative() -> None:
    scores = WORKPLACE["routes"]["adult"]["scores"]
    own = asked_of(WORKPLACE, "adult", "any")["items"]
    assert narrowed_score(scores["coercive-recruitment"], own) is None
    farm = narrowed_score(scores["coercive-recruitment"], asked_of(WORKPLACE, "adult", "farm")["items"])
    assert farm is not None
    assert [item["id"] for item in farm["items"]] == ["farm-recruitment-fees"]
    combined = scores["ilo-adult-conservative"]
    assert narrowed_score(combined, own) is combined
