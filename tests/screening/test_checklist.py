"""Checklists compile to flat definitions that ask nothing of a child or at a place."""

from pathlib import Path
from typing import Any

import pytest

from server.screening.bank import load_bank
from server.screening.canonical import canonical_json
from server.screening.checklist import compile_checklist
from server.screening.definitions import CONTENT
from server.screening.displays import Displays
from server.screening.ladders import Ladders
from server.screening.reading import ContentError
from tests.screening.content_copy import copy_of_content, replace
from tests.screening.drawing import CHECKLISTS

FIRST_LOOK = CHECKLISTS["first-look"]


def compiled_in(content: Path, name: str) -> dict[str, Any]:
    bank = load_bank(content)
    ladders = Ladders(content / "ladders.yaml", bank)
    displays = Displays(content / "displays.yaml")
    return compile_checklist(content / "checklists" / f"{name}.yaml", bank, ladders, displays)


@pytest.mark.parametrize("checklist", CHECKLISTS.values(), ids=list(CHECKLISTS))
def test_a_definition_is_flat_and_complete(checklist: dict[str, Any]) -> None:
    canonical_json(checklist)
    for route in checklist["routes"].values():
        assert route["items"] == [sign for section in route["sections"] for sign in section["indicators"]]
        assert set(route["items"]) <= set(checklist["indicators"])
    used = {sign for route in checklist["routes"].values() for sign in route["items"]}
    assert used == set(checklist["indicators"])


def test_first_look_asks_twelve_signs_on_each_route_and_seen_ones_first() -> None:
    for route in FIRST_LOOK["routes"].values():
        assert len(route["items"]) == 12
        kinds = [section["kind"] for section in route["sections"]]
        assert kinds == sorted(kinds, key=("seen", "told", "offered").index)
    assert list(FIRST_LOOK["routes"]["child_or_unsure"]["ladders"]) == ["adult", "child", "child-with-parent"]


def test_nothing_is_asked_of_a_child_or_at_a_place() -> None:
    assert all(section["kind"] != "told" for section in FIRST_LOOK["routes"]["child_or_unsure"]["sections"])
    place = CHECKLISTS["place"]["indicators"].values()
    assert all("person_question" not in sign and "observe_only" in sign["marks"] for sign in place)


def test_a_sign_carries_its_decisive_level_and_its_likely_source() -> None:
    sign = FIRST_LOOK["indicators"]["locked-in-or-guarded"]
    assert sign["marks"] == ["danger", "decisive_strong"]
    assert (sign["known"], sign["section"]) == ("seen", "seen")
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
            "checklists/first-look.yaml",
            "  - lives-at-work\n",
            "  - few-belongings\n",
            "sections (few-belongings)",
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
    assert caught.value.file == Path(file).name
    assert caught.value.key == key
