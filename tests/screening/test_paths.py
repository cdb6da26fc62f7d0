"""Every path of every checklist is walked, over every setting and all facts that can be told apart; and a checklist
that cannot be walked is found, and is not served."""

from collections.abc import Callable
from copy import deepcopy
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from server.screening.bank import load_bank
from server.screening.branching import Branching
from server.screening.checklist import compile_checklist, load_sources
from server.screening.definitions import CONTENT
from server.screening.ladders import Ladders
from server.screening.narrowing import asked_of
from server.screening.paths import NO_PART, can_fire, findings, paths
from server.screening.reading import ContentError
from server.screening.screen import NoSuchRoute, route_of
from tests.screening.content_copy import copy_of_content, replace
from tests.screening.drawing import CHECKLISTS

BANK = load_bank(CONTENT)
FACTS = Branching(CONTENT / "branching.yaml", Ladders(CONTENT / "ladders.yaml", BANK).names).facts
NEVER: dict[str, Any] = {"any": []}

Checklist = dict[str, Any]


@pytest.mark.parametrize("checklist", CHECKLISTS.values(), ids=list(CHECKLISTS))
def test_every_shipped_checklist_is_proven_sound(checklist: Checklist) -> None:
    assert findings(checklist, BANK) == []


@pytest.mark.parametrize("checklist", CHECKLISTS.values(), ids=list(CHECKLISTS))
def test_the_paths_are_those_of_every_combination_of_the_facts(checklist: Checklist) -> None:
    """The proof looks at one of every sort of facts; here all values of all facts are tried in its place."""
    asked = {(path.route, path.setting): path.asked for path in paths(checklist)}
    seen = set()
    for values in product(*FACTS.values()):
        facts = dict(zip(FACTS, values, strict=True))
        try:
            route = route_of(checklist, facts)
        except NoSuchRoute:
            assert (facts["subject"] == "place") != (checklist["subject"] == "place") or checklist["route_order"] in (
                ["adult"],
                ["child_or_unsure"],
            )
            continue
        for setting in (NO_PART, *checklist["parts"]):
            seen.add((route, setting))
            assert asked[route, setting] == asked_of(checklist, route, setting)
            told = [one for one in asked[route, setting]["sections"] if one["kind"] == "told"]
            assert not told or (facts["subject"], facts["age"]) == ("person", "adult")
    assert seen == set(asked)


def asked_twice(one: Checklist) -> None:
    route = one["routes"]["adult"]
    route["sections"][1]["indicators"].append(route["items"][0])
    route["items"] = [sign for section in route["sections"] for sign in section["indicators"]]


def asks_a_child(one: Checklist) -> None:
    one["routes"]["child_or_unsure"]["sections"][0]["kind"] = "told"


def out_of_order(one: Checklist) -> None:
    route = one["routes"]["adult"]
    route["sections"].reverse()
    route["items"] = [sign for section in route["sections"] for sign in section["indicators"]]


def too_long(one: Checklist) -> None:
    signs = [sign for sign, found in BANK.indicators.items() if found.applies_to == "both"][:41]
    one["indicators"].update({sign: {"marks": []} for sign in signs if sign not in one["indicators"]})
    one["routes"]["adult"]["sections"] = [{"id": "a", "title": "a", "kind": "seen", "indicators": signs}]
    one["routes"]["adult"]["items"] = signs


def put_first(one: Checklist, route: str, applies_to: str) -> None:
    """The first sign of a route becomes one of the bank that is for somebody else."""
    sign = next(name for name, found in BANK.indicators.items() if found.applies_to == applies_to)
    one["indicators"][sign] = {"marks": []}
    for asked in (one["routes"][route], *(part["routes"][route] for part in one["parts"].values())):
        asked["items"][0] = asked["sections"][0]["indicators"][0] = sign


def adult_sign_for_a_child(one: Checklist) -> None:
    put_first(one, "child_or_unsure", "adult")


def child_sign_for_an_adult(one: Checklist) -> None:
    put_first(one, "adult", "child")


def all_routes_at_once(one: Checklist) -> None:
    one["routes"]["child_or_unsure"]["when"] = {"all": []}


def dead_route(one: Checklist) -> None:
    one["routes"]["adult"]["when"] = NEVER


def no_ladder(one: Checklist) -> None:
    del one["routes"]["child_or_unsure"]["ladders"][2]


def dead_ladder(one: Checklist) -> None:
    one["routes"]["child_or_unsure"]["ladders"][0]["when"] = NEVER


def unreached(one: Checklist) -> None:
    one["indicators"]["lied-about-job"] = {"marks": []}


def undescribed(one: Checklist) -> None:
    del one["indicators"]["threatened-now"]


def items_that_are_not_the_signs(one: Checklist) -> None:
    one["routes"]["adult"]["items"].reverse()


def part_without_its_base(one: Checklist) -> None:
    asked = one["parts"]["organ"]["routes"]["adult"]
    asked["sections"][0]["indicators"].pop(0)
    asked["items"].pop(0)


def part_of_no_route(one: Checklist) -> None:
    one["parts"]["organ"]["routes"]["place"] = one["parts"]["organ"]["routes"]["adult"]


def card_for_a_child(one: Checklist) -> None:
    one["show_card"] = {"fact": "contact", "in": ["in_person"]}


def card_by_telephone(one: Checklist) -> None:
    one["show_card"] = {"all": one["show_card"]["all"][:2]}


def no_ask(one: Checklist) -> None:
    one["asks"] = [ask for ask in one["asks"] if ask["mark"] != "danger"]


def ask_of_another_fact(one: Checklist) -> None:
    one["asks"][1]["fact"] = "danger"


def ask_that_never_opens(one: Checklist) -> None:
    one["asks"].append({"fact": "danger", "mark": "danger", "when": NEVER})


@pytest.mark.parametrize(
    ("bend", "key", "said"),
    [
        (asked_twice, "adult", "is asked twice, so that the path goes in a circle"),
        (asks_a_child, "child_or_unsure", "asks somebody who is not known to be an adult"),
        (out_of_order, "adult", "sections must be in the order seen, told, offered"),
        (too_long, "adult", "41 signs; nobody answers more than 40"),
        (adult_sign_for_a_child, "child_or_unsure", "is a sign for adult, and is asked where it must be for child"),
        (child_sign_for_an_adult, "adult", "is a sign for child, and is asked where it must be for adult"),
        (all_routes_at_once, "routes.child_or_unsure.when", "holds together with adult"),
        (dead_route, "routes.adult", "is never taken"),
        (no_ladder, "routes.child_or_unsure.ladders", "none of them decides"),
        (dead_ladder, "routes.child_or_unsure.ladders.adult", "never decides"),
        (unreached, "indicators.lied-about-job", "is never reached"),
        (undescribed, "adult", "'threatened-now' is not described"),
        (items_that_are_not_the_signs, "adult", "the items are not the signs of its sections in their order"),
        (part_without_its_base, "organ (adult)", "which the checklist asks everybody"),
        (part_of_no_route, "parts.organ.routes.place", "is no route of the checklist"),
        (card_for_a_child, "show_card", "no adult that was met"),
        (card_by_telephone, "show_card", "no adult that was met"),
        (no_ask, ".threatened-now", "its yes does not ask for danger"),
        (ask_of_another_fact, "child_or_unsure", "its yes does not ask for parent_care"),
        (ask_that_never_opens, "asks.danger", "never opens"),
    ],
)
def test_a_bent_checklist_is_found(bend: Callable[[Checklist], None], key: str, said: str) -> None:
    one = deepcopy(CHECKLISTS["health"])
    bend(one)
    if bend is ask_that_never_opens:
        assert not can_fire(one, one["asks"][-1])
    found = findings(one, BANK)
    assert {finding.file for finding in found} == {"health.yaml"}
    assert [finding for finding in found if key in finding.key and said in finding.problem], found


def test_a_question_for_the_person_at_a_place_is_found() -> None:
    place = deepcopy(CHECKLISTS["place"])
    place["indicators"]["security-to-keep-in"]["person_question"] = "Can you leave?"
    assert [(one.key, "nobody is asked" in one.problem) for one in findings(place, BANK)] == [
        ("indicators.security-to-keep-in", True)
    ]


def test_the_same_fault_under_many_facts_is_said_once_and_names_facts_that_show_it() -> None:
    one = deepcopy(CHECKLISTS["first-look"])
    asks_a_child(one)
    found = findings(one, BANK)
    assert len(found) == 1
    assert "subject person" in found[0].problem


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("{fact: age, in: [adult]}]}}", "{fact: age, in: [adult, unsure]}]}}", "routes.child_or_unsure.when"),
        (
            "{not: {fact: age, in: [adult]}}]}}   #",
            "{fact: age, in: [under16]}]}}   #",
            "routes.child_or_unsure.ladders",
        ),
        ("- {fact: danger, mark: danger, when: {all: []}}", "- {fact: danger, mark: danger, when: {any: []}}", "adult"),
        (", {fact: contact, in: [in_person]}]", "]", "show_card"),
    ],
)
def test_branching_that_breaks_a_path_is_not_served(tmp_path: Path, old: str, new: str, key: str) -> None:
    content = copy_of_content(tmp_path)
    replace(content / "branching.yaml", old, new)
    with pytest.raises(ContentError) as caught:
        compile_checklist(content / "checklists" / "first-look.yaml", load_sources(content))
    assert caught.value.file == "first-look.yaml"
    assert key in caught.value.key
