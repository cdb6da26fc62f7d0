"""Checklists compile to flat definitions that ask nothing of a child or at a place."""

from pathlib import Path
from typing import Any

import pytest

from server.screening.bank import load_bank
from server.screening.canonical import canonical_json
from server.screening.checklist import compile_checklist, load_sources
from server.screening.definitions import CONTENT
from server.screening.displays import Displays
from server.screening.narrowing import asked_of
from server.screening.reading import ContentError
from tests.screening.content_copy import copy_of_content, replace
from tests.screening.drawing import CHECKLISTS

FIRST_LOOK = CHECKLISTS["first-look"]
ROUTES = ("place", "adult", "child_or_unsure")


def compiled_in(content: Path, name: str) -> dict[str, Any]:
    return compile_checklist(content / "checklists" / f"{name}.yaml", load_sources(content))


# Of the domain: 12 lists, and the signs of each route, alone and with each part.
SHIPPED = {
    "first-look": [],
    "adult": ["how-they-came", "marriage-and-baby"],
    "child": ["came-alone", "online"],
    "workplace": [
        "car-wash",
        "nail-bar",
        "farm",
        "fishing",
        "building",
        "waste",
        "kitchen-hotel",
        "care",
        "domestic-work",
        "delivery",
        "more-about-the-job",
    ],
    "sexual": ["adverts", "hotel", "clinic"],
    "criminal": ["online-crime"],
    "home-visit": ["live-in-worker", "workers-house", "marriage"],
    "health": ["organ", "birth"],
    "money-benefits": [],
    "begging": [],
    "ilo-adult-labour": [],
    "place": [
        "waste",
        "security",
        "fishing",
        "car-wash",
        "nail-bar",
        "farm",
        "building",
        "kitchen-hotel",
        "care",
        "delivery",
    ],
}


def test_every_checklist_of_the_field_is_there_with_all_its_parts() -> None:
    assert {name: found["part_order"] for name, found in CHECKLISTS.items()} == SHIPPED
    assert all(set(found["part_order"]) == set(found["parts"]) for found in CHECKLISTS.values())


@pytest.mark.parametrize("checklist", CHECKLISTS.values(), ids=list(CHECKLISTS))
def test_a_definition_is_flat_and_complete(checklist: dict[str, Any]) -> None:
    canonical_json(checklist)
    assert (checklist["kind"], checklist["format"]) == ("checklist", 2)
    assert checklist["route_order"] == [route for route in ROUTES if route in checklist["routes"]]
    used: set[str] = set()
    for route, body in checklist["routes"].items():
        asked = [body, *(part["routes"][route] for part in checklist["parts"].values() if route in part["routes"])]
        for one in asked:
            assert one["items"] == [sign for section in one["sections"] for sign in section["indicators"]]
            used.update(one["items"])
        judged = body["ladders"][0]["ladder"]["sets"]["any"] if route != "place" else []
        counted = {
            sign for one in asked for sign in one["items"] if "unscored" not in checklist["indicators"][sign]["marks"]
        }
        assert route == "place" or set(judged) == counted, "ladders cover the signs of every part"
    assert used == set(checklist["indicators"])


def test_only_specialists_are_given_more_than_forty_signs() -> None:
    longest = {
        name: max(len(asked_of(found, route, setting)["items"]) for route in found["routes"] for setting in parts)
        for name, found in CHECKLISTS.items()
        for parts in [["any", *found["part_order"]]]
    }
    assert longest.pop("ilo-adult-labour") == 67
    assert CHECKLISTS["ilo-adult-labour"]["specialist"] == 1
    assert max(longest.values()) == longest["adult"] == 40


def test_first_look_asks_twelve_signs_on_each_route_and_seen_ones_first() -> None:
    for route in FIRST_LOOK["routes"].values():
        assert len(route["items"]) == 12
        kinds = [section["kind"] for section in route["sections"]]
        assert kinds == sorted(kinds, key=("seen", "told", "offered").index)
    ladders = FIRST_LOOK["routes"]["child_or_unsure"]["ladders"]
    assert [entry["name"] for entry in ladders] == ["adult", "child-with-parent", "child"]


def test_nothing_is_asked_of_a_child_or_at_a_place() -> None:
    assert all(section["kind"] != "told" for section in FIRST_LOOK["routes"]["child_or_unsure"]["sections"])
    place = CHECKLISTS["place"]["indicators"].values()
    assert all("person_question" not in sign and "observe_only" in sign["marks"] for sign in place)


def test_a_sign_carries_its_decisive_level_and_its_likely_source() -> None:
    sign = FIRST_LOOK["indicators"]["locked-in-or-guarded"]
    assert sign["marks"] == ["danger", "decisive_strong"]
    assert sign["known"] == "by_section"
    assert FIRST_LOOK["indicators"]["always-with-minder"]["known"] == "seen"
    assert FIRST_LOOK["indicators"]["debt-cannot-be-paid"]["known"] == "person_said"


def test_legal_tests_ask_for_no_means_where_the_person_may_be_a_child() -> None:
    ecat = FIRST_LOOK["routes"]["adult"]["displays"]["ecat"]
    assert ecat["required"]["adult"] == ["act", "means", "purpose"]
    assert ecat["required"]["unknown"] == ["act", "purpose"]
    assert ecat["elements"]["act"] == ["moved-between-places"]


def test_a_sign_that_is_lawful_alone_or_not_scored_fills_no_element_of_a_legal_test() -> None:
    bank = load_bank(CONTENT)
    signs = [bank.indicators[sign] for sign in ("recruited-by-someone", "moved-between-places", "marked-as-owned")]
    elements = Displays(CONTENT / "displays.yaml").compiled("ecat", signs)["elements"]
    assert elements == {"act": ["moved-between-places"], "means": [], "purpose": []}


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        (
            "checklists/first-look.yaml",
            "  - lives-at-work\n",
            "  - lives-at-wrok\n",
            "sections[0].indicators",
        ),
        (
            "checklists/first-look.yaml",
            "  - lives-at-work\n",
            "  - child-working\n",
            "sections[0].indicators",
        ),
        ("checklists/first-look.yaml", "  - lives-at-work\n", "  - no-access-to-id\n", "sections (adult)"),
        (
            "indicators.yaml",
            "- id: lives-at-work\n  label:",
            "- id: lives-at-work\n  note:",
            "sections[0].indicators (lives-at-work)",
        ),
        ("checklists/first-look.yaml", "displays: [ecat,", "displays: [ecta,", "displays"),
        ("checklists/first-look.yaml", "subject: person", "subject: people", "subject"),
        ("checklists/first-look.yaml", "minutes: 3", "minutes: three", "minutes"),
        (
            "checklists/first-look.yaml",
            "kind: seen\n  routes: [child_or_unsure]",
            "kind: told\n  routes: [child_or_unsure]",
            "sections[3].kind",
        ),
        ("displays.yaml", "unknown: [act, purpose]", "unknown: [act, aim]", "displays.ecat.required.unknown"),
    ],
)
def test_a_mistake_names_its_file_and_key(tmp_path: Path, file: str, old: str, new: str, key: str) -> None:
    content = copy_of_content(tmp_path)
    replace(content / file, old, new)
    with pytest.raises(ContentError) as caught:
        compiled_in(content, "first-look")
    assert caught.value.file == Path(file if "indicators.yaml" not in file else "first-look.yaml").name
    assert caught.value.key == key
