"""The branching of a check is data: who it is about and how they were met, and nothing else of a person."""

from pathlib import Path

import pytest

from server.screening.bank import load_bank
from server.screening.branching import Branching
from server.screening.definitions import CONTENT
from server.screening.ladders import Ladders
from server.screening.pathway import holds
from server.screening.reading import ContentError
from tests.screening.content_copy import copy_of_content, replace
from tests.screening.drawing import CHECKLISTS

NAMES = Ladders(CONTENT / "ladders.yaml", load_bank(CONTENT)).names
BRANCHING = Branching(CONTENT / "branching.yaml", NAMES)


def test_no_other_field_of_a_person_is_among_the_facts() -> None:
    assert set(BRANCHING.facts) == {"subject", "age", "contact", "parent_care"}


@pytest.mark.parametrize(
    ("facts", "route"),
    [
        ({"subject": "place", "age": "not_a_person"}, "place"),
        ({"subject": "place", "age": "adult"}, "place"),
        ({"subject": "person", "age": "adult"}, "adult"),
        ({"subject": "person", "age": "unsure"}, "child_or_unsure"),
        ({"subject": "person", "age": "16-17"}, "child_or_unsure"),
        ({"subject": "person"}, "child_or_unsure"),
    ],
)
def test_who_it_is_about_chooses_one_route(facts: dict[str, str], route: str) -> None:
    assert [name for name in BRANCHING.names if holds(BRANCHING.when(name), {}, facts)] == [route]


@pytest.mark.parametrize(
    ("facts", "ladders"),
    [
        ({"age": "unsure"}, ["adult", "child"]),
        ({"age": "unsure", "parent_care": "yes"}, ["adult", "child-with-parent"]),
        ({"age": "under16", "parent_care": "unknown"}, ["child"]),
        ({"age": "16-17", "parent_care": "yes"}, ["child-with-parent"]),
    ],
)
def test_an_unsure_age_and_a_parents_care_choose_the_ladders(facts: dict[str, str], ladders: list[str]) -> None:
    listed = BRANCHING.ladders["child_or_unsure"]
    assert [entry["name"] for entry in listed if holds(entry["when"], {}, facts)] == ladders


def test_every_ask_opens_on_some_shipped_checklist_and_a_list_holds_only_those_that_can() -> None:
    held = {name: [ask["fact"] for ask in found["asks"]] for name, found in CHECKLISTS.items()}
    assert {fact for facts in held.values() for fact in facts} == {ask["fact"] for ask in BRANCHING.asks}
    assert held["first-look"] == ["danger", "parent_care"]
    assert held["adult"] == held["place"] == ["danger"]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("{fact: subject, in: [place]}", "{fact: subjects, in: [place]}", "routes[0].when.fact"),
        ("{fact: subject, in: [place]}", "{fact: subject, in: [places]}", "routes[0].when"),
        ("{fact: subject, in: [place]}", "{macro: place}", "routes[0].when.macro"),
        ("{fact: subject, in: [place]}", "{none: []}", "routes[0].when"),
        ("- {name: adult, when: {fact: age, in: [unsure]}}", "- {name: grown, when: {all: []}}", "child_or_unsure"),
        ("  place:\n  - {name: place, when: {all: []}}\n", "", "routes.place (ladders)"),
        ("  adult:\n  - {name: adult", "  grown:\n  - {name: adult", "ladders"),
        ("mark: danger", "mark: dangerous", "asks[0].mark"),
        ("- {name: place,", "- {name: adult,", "routes"),
        ("state: to be", "states: to be", "(top).state"),
    ],
)
def test_a_mistake_names_its_file_and_key(tmp_path: Path, old: str, new: str, key: str) -> None:
    content = copy_of_content(tmp_path)
    replace(content / "branching.yaml", old, new)
    with pytest.raises(ContentError) as caught:
        Branching(content / "branching.yaml", NAMES)
    assert caught.value.file == "branching.yaml"
    assert key in caught.value.key
