"""What is shipped, in what bundles, and how it is written out."""

import json
from pathlib import Path

import pytest

from server.screening.__main__ import main
from server.screening.canonical import canonical_json, content_hash
from server.screening.definitions import CONTENT, NATIONS, PACKS, bundles, shipped
from server.screening.organisation_kinds import nations


def test_everything_shipped_is_found_by_its_hash() -> None:
    found = shipped()
    names = {f"{one['kind']}.{one['id']}" for one in found.values()}
    assert names >= {f"pathway.{pack}" for pack in PACKS} | {f"areas.{nation.name}" for nation in NATIONS}
    files = {path.stem for path in (CONTENT / "checklists").glob("*.yaml")}
    assert {name for name in names if name.startswith("checklist.")} == {f"checklist.{name}" for name in files}
    assert all(content_hash(definition) == key for key, definition in found.items())


def held() -> dict[str, list[str]]:
    found = shipped()
    return {one.name: [f"{found[key]['kind']}.{found[key]['id']}" for key in one.holds] for one in bundles()}


def test_the_first_bundle_of_a_nation_holds_what_its_first_question_needs() -> None:
    first = {one.name: one.nation for one in bundles() if one.first}
    assert first == {
        "scotland": "GB-SCT",
        "england": "GB-ENG",
        "wales": "GB-WLS",
        "northern-ireland": "GB-NIR",
        "united-states": "US",
    }
    assert {name: held()[name] for name in first} == {
        nation.name: ["checklist.first-look", f"pathway.{nation.pack}", f"areas.{nation.name}"] for nation in NATIONS
    }


def test_everything_else_comes_later_for_every_nation() -> None:
    later = [one for one in bundles() if not one.first]
    assert [(one.name, one.nation) for one in later] == [("later", "")]
    there = {f"{one['kind']}.{one['id']}" for one in shipped().values()}
    firsts = {name for one in bundles() if one.first for name in held()[one.name]}
    assert set(held()["later"]) == there - firsts
    assert held()["later"][:2] == ["checklist.adult", "checklist.child"]


def test_the_nations_that_can_be_joined_are_those_that_are_offered() -> None:
    assert nations() == tuple(nation.code for nation in NATIONS)


def test_all_definitions_are_written_as_their_canonical_bytes(tmp_path: Path) -> None:
    assert main([str(tmp_path / "new")]) == 0
    for definition in shipped().values():
        file = tmp_path / "new" / f"{definition['kind']}.{definition['id']}.json"
        assert file.read_bytes() == canonical_json(definition)
        assert json.loads(file.read_bytes()) == definition
    assert len(list((tmp_path / "new").iterdir())) == len(shipped())


def test_a_call_without_a_folder_says_what_it_needs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "which folder" in capsys.readouterr().err


def test_no_shipped_word_says_victim_suspect_or_illegal() -> None:
    for definition in shipped().values():
        text = canonical_json(definition).decode().casefold()
        assert not [word for word in ("victim", "suspect", "illegal") if word in text.replace("illegal-status", "")]
