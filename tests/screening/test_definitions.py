"""What is shipped, in what bundles, and how it is written out."""

import json
from pathlib import Path

import pytest

from server.screening.__main__ import main
from server.screening.areas import load_areas
from server.screening.canonical import canonical_json, content_hash
from server.screening.definitions import CONTENT, bundles, loadable, shipped
from server.screening.reading import ContentError
from tests.screening.content_copy import copy_of_content, replace


def test_everything_shipped_is_found_by_its_hash() -> None:
    found = shipped()
    assert sorted(f"{one['kind']}.{one['id']}" for one in found.values()) == [
        "areas.scotland",
        "checklist.adult",
        "checklist.first-look",
        "checklist.place",
        "pathway.scotland",
    ]
    assert all(content_hash(definition) == key for key, definition in found.items())


def test_the_first_bundle_holds_what_the_first_question_needs() -> None:
    found = shipped()
    held = {name: [f"{found[key]['kind']}.{found[key]['id']}" for key in keys] for name, _, keys in bundles()}
    assert held == {
        "scotland": ["checklist.first-look", "pathway.scotland", "areas.scotland"],
        "scotland-more": ["checklist.adult", "checklist.place"],
    }
    assert [first for _, first, _ in bundles()] == [True, False]


def test_all_definitions_are_written_as_their_canonical_bytes(tmp_path: Path) -> None:
    assert main([str(tmp_path / "new")]) == 0
    for definition in loadable():
        file = tmp_path / "new" / f"{definition['kind']}.{definition['id']}.json"
        assert file.read_bytes() == canonical_json(definition)
        assert json.loads(file.read_bytes()) == definition
    assert len(list((tmp_path / "new").iterdir())) == len(loadable()) == 8


def test_a_call_without_a_folder_says_what_it_needs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "which folder" in capsys.readouterr().err


def test_no_shipped_word_says_victim_suspect_or_illegal() -> None:
    for definition in shipped().values():
        text = canonical_json(definition).decode().casefold()
        assert not [word for word in ("victim", "suspect", "illegal") if word in text.replace("illegal-status", "")]


def test_a_small_island_council_rolls_up_to_its_police_division() -> None:
    areas = {area["name"]: area for area in load_areas(CONTENT / "areas" / "scotland.json")["areas"]}
    assert len(areas) == 32
    rolled = {name: area["roll_up"]["name"] for name, area in areas.items() if "roll_up" in area}
    assert rolled == dict.fromkeys(
        ("Na h-Eileanan Siar", "Orkney Islands", "Shetland Islands"), "Highlands and Islands"
    )


def test_an_area_of_an_unknown_division_is_refused(tmp_path: Path) -> None:
    file = copy_of_content(tmp_path) / "areas" / "scotland.json"
    replace(file, '"police_division": "A"', '"police_division": "B"')
    with pytest.raises(ContentError, match=r"scotland\.json: areas\[0\]\.police_division"):
        load_areas(file)
