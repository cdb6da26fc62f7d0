"""Kinds of organisation by nation: whole, sourced, unconfirmed, and no part of what phones are given."""

from pathlib import Path

import pytest

from server.screening.bank import load_bank
from server.screening.definitions import CONTENT, shipped
from server.screening.organisation_kinds import NationUnknown, kinds_of, nations
from server.screening.pack import compile_pack, organisations_of
from server.screening.reading import ContentError
from tests.screening.content_copy import copy_of_content, replace

KINDS = {
    "council",
    "police",
    "health_board",
    "fire",
    "ambulance",
    "labour_regulator",
    "environment_regulator",
    "border",
    "school_or_university",
    "housing_association",
    "prison",
    "charity",
    "charity_first_responder",
    "other",
}


def test_every_nation_of_the_packs_has_its_kinds() -> None:
    assert nations() == ("GB-SCT", "GB-ENG", "GB-WLS", "GB-NIR", "US")
    for nation in nations():
        assert set(kinds_of(nation)) == KINDS - ({"charity_first_responder"} if nation == "US" else set())


def test_in_scotland_all_councils_and_the_police_are_first_responders_and_health_boards_are_not() -> None:
    found = {kind: known.first_responder for kind, known in kinds_of("GB-SCT").items()}
    assert {kind for kind, known in found.items() if known == "yes"} == {
        "council",
        "police",
        "labour_regulator",
        "border",
        "charity_first_responder",
    }
    assert found["other"] == "unknown"
    assert found["health_board"] == found["charity"] == found["school_or_university"] == "no"


def test_the_duty_is_as_the_demonstration_had_it() -> None:
    found = kinds_of("GB-SCT")
    assert [found[kind].duty_to_notify for kind in ("council", "health_board", "charity")] == ["yes", "yes", "no"]


def test_a_nation_has_its_own_names_and_law() -> None:
    assert kinds_of("GB-NIR")["health_board"].name == "Health and social care trust"
    assert kinds_of("GB-NIR")["health_board"].first_responder == "yes"
    assert kinds_of("GB-ENG") == kinds_of("GB-WLS")
    assert kinds_of("GB-ENG")["council"].duty_to_notify == "yes"
    assert kinds_of("GB-ENG")["health_board"].duty_to_notify == "no"
    assert {known.first_responder for known in kinds_of("US").values()} == {"unknown"}


def test_nothing_claims_to_be_confirmed_and_everything_has_a_source() -> None:
    for nation in nations():
        for known in kinds_of(nation).values():
            assert (known.status, known.checked_on) == ("to be confirmed", "2026-11-22")
            assert known.source


def test_an_unknown_nation_is_refused() -> None:
    with pytest.raises(NationUnknown):
        kinds_of("GB-XXX")


def test_no_phone_is_given_the_list(tmp_path: Path) -> None:
    assert all("organisations" not in one for one in shipped().values())
    content = copy_of_content(tmp_path)
    bank = load_bank(CONTENT)
    before = compile_pack(content / "pathways", "scotland", bank)
    replace(content / "pathways" / "scotland.yaml", "name: NHS health board", "name: Another name")
    assert compile_pack(content / "pathways", "scotland", bank) == before
    assert organisations_of(content / "pathways", "scotland")[1]["health_board"]["name"] == "Another name"


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("{name: Council, first_responder: yes,", "{name: Council, first_responder: perhaps,", "first_responder"),
        ("{name: Council, first_responder: yes,", "{name: Council, fro: yes,", "first_responder"),
        ("{name: Council, first_responder: yes,", '{name: "", first_responder: yes,', "name"),
        ("{name: Council, first_responder: yes,", "{name: Council, colour: red, first_responder: yes,", "colour"),
    ],
)
def test_a_fault_names_file_and_key(tmp_path: Path, old: str, new: str, key: str) -> None:
    content = copy_of_content(tmp_path)
    replace(content / "pathways" / "uk.yaml", old, new)
    for read in (
        lambda: organisations_of(content / "pathways", "scotland"),
        lambda: compile_pack(content / "pathways", "scotland", load_bank(CONTENT)),
    ):
        with pytest.raises(ContentError) as told:
            read()
        assert (told.value.file, told.value.key) == ("scotland.yaml", f"organisations.council.{key}")


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("checked_on: 2026-11-22", "checked_on: lately", "checked_on"),
        ("status: to be confirmed", "status: fine", "status"),
    ],
)
def test_a_date_and_a_state_are_checked(tmp_path: Path, old: str, new: str, key: str) -> None:
    content = copy_of_content(tmp_path)
    file = content / "pathways" / "uk.yaml"
    head, section = file.read_text(encoding="utf-8").split("organisations:\n")
    file.write_text(f"{head}organisations:\n{section.replace(old, new, 1)}", encoding="utf-8")
    with pytest.raises(ContentError) as told:
        organisations_of(content / "pathways", "scotland")
    assert told.value.key == f"organisations.council.{key}"
