"""Withdrawn numbers: said with a reason, and never one that a pack still gives."""

from pathlib import Path

import pytest

from server.screening.definitions import CONTENT, withdrawn
from server.screening.reading import ContentError
from server.screening.withdrawn import load_withdrawn
from tests.screening.drawing import PATHWAYS

GONE = "+441414960000"
ENTRY = "{{number: {number!r}, was: A line, since: {since}, why: {why}, source: somebody rang}}"


def written(folder: Path, number: str = GONE, since: str = "2026-11-22", why: str = "Nobody answers") -> Path:
    file = folder / "withdrawn.yaml"
    entry = ENTRY.format(number=number, since=since, why=why)
    file.write_text(f"withdrawn:\n  - {entry}\n", encoding="utf-8")
    return file


def test_a_withdrawn_number_is_listed(tmp_path: Path) -> None:
    assert load_withdrawn(written(tmp_path), PATHWAYS.values()) == [GONE]


def test_the_shipped_list_can_be_read() -> None:
    assert withdrawn() == load_withdrawn(CONTENT / "withdrawn.yaml", PATHWAYS.values())


@pytest.mark.parametrize("number", ["999", "911", "101", "+441412767724", "+18883737888"])
def test_a_number_that_a_pack_still_gives_is_never_struck_through(tmp_path: Path, number: str) -> None:
    with pytest.raises(ContentError, match=r"withdrawn\.yaml: withdrawn\[0\]\.number: still stands in .*contacts\."):
        load_withdrawn(written(tmp_path, number), PATHWAYS.values())


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"number": "0141 496 0000"}, "withdrawn[0].number"),
        ({"since": "lately"}, "withdrawn[0].since"),
        ({"why": '""'}, "withdrawn[0].why"),
    ],
)
def test_a_fault_names_file_and_key(tmp_path: Path, change: dict[str, str], key: str) -> None:
    with pytest.raises(ContentError) as told:
        load_withdrawn(written(tmp_path, **change), PATHWAYS.values())
    assert (told.value.file, told.value.key) == ("withdrawn.yaml", key)
