"""What nothing uses is a mistake: a pack with such a leftover does not load, and says which it is."""

from pathlib import Path

import pytest

from server.screening.bank import load_bank
from server.screening.definitions import CONTENT, PACKS
from server.screening.pack import compile_pack, compile_packs
from server.screening.reading import ContentError
from tests.screening.content_copy import copy_of_content, replace

BANK = load_bank(CONTENT)
LINE = "{name: A line, hours: to be confirmed, source: none, checked_on: 2026-11-22, status: to be confirmed}"
FACT = "{how: asked, values: [yes, no], ask: Why?, ask_when: {all: []}}"


@pytest.mark.parametrize(
    ("before", "spare", "key"),
    [
        ("  sarcs: {name:", f"  spare: {LINE}\n", "contacts.spare"),
        ("  guardian: {line:", "  spare: {line: A law, source: none}\n", "legal.spare"),
        ("  guardian_due: {fact:", "  spare: {macro: child}\n", "macros.spare"),
        (
            "  child.carer_check: {",
            "  spare: {title: A deed, about: any, do: [Do it.], no_number: No}\n",
            "actions.spare",
        ),
        ("macros:", f"facts:\n  spare: {FACT}\ndefaults: {{spare: no}}\n", "facts.spare"),
    ],
)
def test_a_leftover_names_its_file_and_key(tmp_path: Path, before: str, spare: str, key: str) -> None:
    pathways = copy_of_content(tmp_path) / "pathways"
    replace(pathways / "scotland.yaml", before, spare + before)
    with pytest.raises(ContentError, match="is used by nothing") as caught:
        compile_pack(pathways, "scotland", BANK)
    assert (caught.value.file, caught.value.key) == ("scotland.yaml", key)


def test_what_several_packs_share_must_be_used_by_one_of_them(tmp_path: Path) -> None:
    pathways = copy_of_content(tmp_path) / "pathways"
    # Northern Ireland uses none of the councils' teams, and England no women's service: the others do.
    assert list(compile_packs(pathways, PACKS, BANK)) == list(PACKS)
    replace(pathways / "uk.yaml", "macros:", "macros:\n  spare: {macro: child}")
    compile_pack(pathways, "scotland", BANK)
    with pytest.raises(ContentError, match=r"uk\.yaml: macros\.spare: is used by nothing"):
        compile_packs(pathways, PACKS, BANK)


def test_a_number_that_lost_its_card_is_found(tmp_path: Path) -> None:
    pathways = copy_of_content(tmp_path) / "pathways"
    replace(pathways / "scotland.yaml", "sexual.sarcs: {do:", "sexual.sarcs: {no_number: None, do:")
    replace(pathways / "scotland.yaml", "contacts: [sarcs]}", "contacts: []}")
    with pytest.raises(ContentError, match=r"scotland\.yaml: contacts\.sarcs"):
        compile_pack(pathways, "scotland", BANK)
