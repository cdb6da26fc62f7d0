"""Packs extend one another, name only what exists, and carry nothing that no facts could reach."""

from pathlib import Path

import pytest

from server.screening.bank import load_bank
from server.screening.definitions import CONTENT
from server.screening.pack import compile_pack
from server.screening.reading import ContentError
from tests.screening.content_copy import copy_of_content, replace
from tests.screening.drawing import PATHWAYS

BANK = load_bank(CONTENT)


def test_a_nation_fills_and_overrides_what_it_extends() -> None:
    scotland = PATHWAYS["scotland"]
    assert scotland["actions"]["emergency.call"]["title"] == "Call 999"
    assert scotland["actions"]["support.general"]["contacts"] == ["migrant_help", "migrant_help_ooh"]
    assert scotland["actions"]["child.protect"]["title"] == "Ring social work for children"
    assert PATHWAYS["usa"]["actions"]["emergency.call"]["title"] == "Call 911"


def test_a_duty_that_is_not_in_force_is_not_in_the_pack() -> None:
    scotland, england = PATHWAYS["scotland"], PATHWAYS["england-wales"]
    assert "notify.statutory" not in scotland["actions"]
    assert "notify.statutory" not in scotland["action_order"]
    assert all(rule["id"] != "R07a" for rule in scotland["rules"])
    assert "notify.statutory" in england["actions"]
    assert england["cards"]["police.report"]["at_most_one"] == ["police.report.named", "police.report.place"]


def test_switching_the_duty_on_brings_its_card_back(tmp_path: Path) -> None:
    content = copy_of_content(tmp_path)
    replace(content / "pathways" / "scotland.yaml", "duty_live: {any: []}", "duty_live: {all: []}")
    assert "notify.statutory" in compile_pack(content / "pathways", "scotland", BANK)["actions"]


def test_every_number_says_whether_it_was_confirmed() -> None:
    for pathway in PATHWAYS.values():
        assert all(contact["status"] and contact["checked_on"] for contact in pathway["contacts"].values())
        for action in pathway["actions"].values():
            assert action["contacts"] or action["no_number"]
            assert set(action["contacts"]) <= set(pathway["contacts"])


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        ("core", "do: [[emergency.call, now]]", "do: [[emergency.cal, now]]", "rules.R01.do"),
        ("core", "do: [[emergency.call, now]]", "do: [[emergency.call, soon]]", "rules.R01.do"),
        (
            "core",
            "when: {fact: danger, in: [now]}",
            "when: {fact: dangers, in: [now]}",
            "rules.R01.when.fact",
        ),
        ("core", "when: {fact: danger, in: [now]}", "when: {fact: danger, in: [never]}", "rules.R01.when"),
        ("core", "when: {fact: danger, in: [now]}", "when: {fact: danger, has_any: [now]}", "rules.R01.when"),
        ("core", "when: {fact: danger, in: [now]}", "when: {danger: now}", "rules.R01.when"),
        (
            "core",
            "to_send: {any: [{macro: concerned}",
            "to_send: {any: [{macro: concern}",
            "macros.to_send.any[0].macro",
        ),
        ("core", "person: {fact: subject, in: [person]}", "person: {macro: child}", "macros."),
        ("core", "minder: no,", "minder: maybe,", "defaults.minder"),
        ("core", "signs: [always-with-minder]", "signs: [always-minded]", "derive.minder.signs"),
        ("core", "marks: [danger]", "marks: [dangerous]", "derive.danger_sign.marks"),
        ("core", "      organ-removal: organ\n", "", "derive.exploitation.kinds.organ-removal"),
        (
            "uk",
            "contacts: [council_homeless, police]",
            "contacts: [council_homes, police]",
            "actions.housing.emergency.contacts",
        ),
        ("scotland", 'number: "+441412767724"', 'number: "0141 276 7724"', "contacts.tara.number"),
        ("scotland", "status: to be confirmed", "status: fine", "contacts.tara.status"),
        ("scotland", "  guardian: {line:", "  guardians: {line:", "rules.R04.legal"),
        ("scotland", "extends: uk", "extends: scotland", "extends"),
        ("scotland", "id: scotland", "id: alba", "id"),
    ],
)
def test_a_mistake_names_its_file_and_key(tmp_path: Path, file: str, old: str, new: str, key: str) -> None:
    pathways = copy_of_content(tmp_path) / "pathways"
    replace(pathways / f"{file}.yaml", old, new)
    with pytest.raises(ContentError) as caught:
        compile_pack(pathways, "scotland", BANK)
    assert caught.value.file == "scotland.yaml"
    assert key in caught.value.key


def test_a_shared_part_is_no_pack_by_itself() -> None:
    with pytest.raises(ContentError, match=r"uk\.yaml: abstract"):
        compile_pack(CONTENT / "pathways", "uk", BANK)


def test_a_rule_that_is_not_there_cannot_be_dropped(tmp_path: Path) -> None:
    pathways = copy_of_content(tmp_path) / "pathways"
    replace(pathways / "northern-ireland.yaml", "drop_rules: [R14,", "drop_rules: [R99,")
    with pytest.raises(ContentError, match=r"northern-ireland\.yaml: drop_rules: there is no rule 'R99'"):
        compile_pack(pathways, "northern-ireland", BANK)
