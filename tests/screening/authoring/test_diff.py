"""Two versions of the content are told apart: words, rules, versions, results. Nothing changes in silence."""

from collections.abc import Callable
from pathlib import Path

import pytest

from server.screening.__main__ import main
from server.screening.authoring.diff import Changes, compare, opened
from server.screening.own_content import SHIPPED
from tests.screening.content_copy import copy_of_content, replace

BEGGING = "checklists/begging.yaml"


def changes(old: Path, new: Path) -> Changes:
    with opened(old) as before, opened(new) as after:
        return compare(before, after)


@pytest.fixture
def changed(tmp_path: Path) -> Callable[..., Changes]:
    """What a change of one file, and then of others, comes to."""

    def change(*edits: tuple[str, str, str]) -> Changes:
        content = copy_of_content(tmp_path)
        for file, old, new in edits:
            replace(content / file, old, new)
        return changes(SHIPPED, content)

    return change


def version(file: str) -> tuple[str, str, str]:
    """The edit that raises the version of a file."""
    line = next(line for line in (SHIPPED / file).read_text("utf-8").splitlines() if line.startswith("version:"))
    return file, f"\n{line}\n", f"\nversion: {int(line.split()[1]) + 1}\n"


def test_the_same_content_has_no_changes() -> None:
    assert list(changes(SHIPPED, SHIPPED).told()) == [("Nothing changed.", [])]


def test_a_changed_word_is_told_once_with_both_texts(changed: Callable[..., Changes]) -> None:
    found = changed(
        ("indicators.yaml", "label: Was lied to about the job", "label: Was told a lie about the job"),
        version("indicators.yaml"),
    )
    assert found.wording == ["sign.lied-about-job.label: 'Was lied to about the job' -> 'Was told a lie about the job'"]
    assert (found.rules, found.results, found.not_raised) == ([], [], [])
    assert len(found.versions) == 12
    assert all("signs" in line and "->" in line for line in found.versions)


def test_words_of_a_checklist_are_told_line_by_line(changed: Callable[..., Changes]) -> None:
    found = changed((BEGGING, "title: Begging", "title: Asking for money"), version(BEGGING))
    assert found.wording == ["checklist begging.title: 'Begging' -> 'Asking for money'"]
    assert found.versions == [_raised("begging")]
    assert found.not_raised == []


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("indicators.yaml", "label: Was lied to about the job", "label: Lied to", "signs 5 stands for two different"),
        (BEGGING, "title: Begging", "title: Asking", "checklist begging: version 1 stands for two different lists"),
        ("ladders.yaml", "at_least: 3}", "at_least: 4}", "ladders.yaml: changed ("),
        ("pathways/scotland.yaml", "R04q, why: First", "R04q, why: Please", "pathway scotland: version"),
        ("areas/scotland.json", '"population": ', '"population": 9', "areas/scotland.json: changed (areas."),
    ],
)
def test_what_changed_and_kept_its_version_is_an_error(
    changed: Callable[..., Changes], file: str, old: str, new: str, said: str
) -> None:
    assert said in "\n".join(changed((file, old, new)).not_raised)


def test_a_rule_is_told_with_its_place(changed: Callable[..., Changes]) -> None:
    found = changed(
        ("pathways/core.yaml", "    most_kinds: 2", "    most_kinds: 3"),
        ("pathways/core.yaml", "do: [[emergency.call, now]]", "do: [[emergency.call, today]]"),
    )
    packs = "pathway england-wales, northern-ireland, scotland, usa"
    assert found.rules[0] == f"{packs}: derive.exploitation.most_kinds: 2 -> 3"
    assert any(line.startswith(f"{packs}: rules.R01.do") for line in found.rules)
    assert found.wording == []


def test_a_number_to_ring_is_a_rule_and_its_hours_are_words(changed: Callable[..., Changes]) -> None:
    found = changed(
        ("pathways/scotland.yaml", '+441412767724", hours: 24 hours', '+441414960000", hours: 9 to 5'),
        version("pathways/scotland.yaml"),
    )
    assert found.rules == ["pathway scotland: contacts.tara.number: '+441412767724' -> '+441414960000'"]
    assert found.wording == ["pathway scotland.contacts.tara.hours: '24 hours' -> '9 to 5'"]
    assert found.not_raised == []


def test_a_change_of_a_ladder_shows_in_the_results(changed: Callable[..., Changes]) -> None:
    """The place ladder asks for more: the night line at the waste site is then no longer seen."""
    found = changed(
        (
            "ladders.yaml",
            "{count: {set: p_control_firm, at_least: 2}}\n",
            "{count: {set: p_control_firm, at_least: 8}}\n",
        ),
        ("ladders.yaml", "{count: {set: place_sign, at_least: 3}}", "{count: {set: place_sign, at_least: 5}}"),
        version("ladders.yaml"),
    )
    assert "night-line: concern some -> low (its writer says some)" in found.results
    assert "night-line: - coordinator.send today" in found.results
    assert any(line.startswith("checklist place: routes.place.ladders") for line in found.rules)


def test_a_list_that_is_gone_says_so_and_so_do_its_cases(tmp_path: Path) -> None:
    content = copy_of_content(tmp_path)
    (content / "checklists" / "criminal.yaml").unlink()
    found = changes(SHIPPED, content)
    assert found.versions == ["checklist criminal: gone"]
    assert found.results == ["last-bell: strong -> cannot be asked: its checklist or its nation is not there"]
    assert changes(content, SHIPPED).versions == ["checklist criminal: new"]


def test_folders_of_definitions_are_compared_as_well(tmp_path: Path) -> None:
    assert main([str(tmp_path / "old")]) == 0
    assert main([str(tmp_path / "new")]) == 0
    file = tmp_path / "new" / "checklist.begging.json"
    replace(file, '"title":"Begging"', '"title":"Asking"')
    found = changes(tmp_path / "old", tmp_path / "new")
    assert found.wording == ["checklist begging.title: 'Begging' -> 'Asking'"]
    assert found.not_raised == ["checklist begging: version 1 stands for two different lists"]
    assert (found.rules, found.results) == ([], [])


def _raised(name: str) -> str:
    line = next(line for line in (SHIPPED / BEGGING).read_text("utf-8").splitlines() if line.startswith("version:"))
    number = int(line.split()[1])
    return f"checklist {name}: version {number}, signs 5 -> version {number + 1}, signs 5"
