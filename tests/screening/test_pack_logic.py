"""A pack that contradicts itself does not load, and says where: what could never happen, and what must never meet."""

from pathlib import Path

import pytest

from server.screening.bank import load_bank
from server.screening.definitions import CONTENT
from server.screening.facts import derive
from server.screening.pack import compile_pack
from server.screening.pathway import actions
from server.screening.reading import ContentError
from tests.screening.content_copy import copy_of_content, replace
from tests.screening.drawing import CHECKLISTS, PATHWAYS

BANK = load_bank(CONTENT)


def refused(pathways: Path, key: str) -> None:
    with pytest.raises(ContentError) as caught:
        compile_pack(pathways, "scotland", BANK)
    assert (caught.value.file, caught.value.key) == ("scotland.yaml", key)


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        (
            "scotland",
            "when: {all: [{macro: cc}, {macro: met}, {fact: separated, in: [unknown]}]}",
            "when: {all: [{macro: cc}, {macro: place}]}",
            "rules.R04q.when",
        ),
        (
            "uk",
            "when: {all: [{macro: cam}, {macro: refused}]}",
            "when: {all: [{fact: consent, in: [yes]}, {macro: refused}]}",
            "rules.R08.when",
        ),
        (
            "uk",
            "any_sign}]}}\n  safe_tonight",
            "any_sign}, {macro: place}]}}\n  safe_tonight",
            "facts.at_risk.ask_when",
        ),
        ("core", "when: {macro: place}, set: {age:", "when: {macro: person}, set: {age:", "defaults_if[1].when"),
        ("core", "defaults: {subject: person,", "defaults: {subject: person, age: unsure,", "defaults_if[0].set.age"),
        ("core", "  - {when: {macro: place}, set: {age: not_a_person}}\n", "", "defaults.age"),
        ("core", "derive:\n  danger_sign:", "derive:\n  danger:", "derive.danger"),
        ("core", "health_need: {how: derived,", "health_need: {how: from_organisation,", "derive.health_need"),
        (
            "uk",
            "{not: {macro: police_named}}]}, do: [[police.report.place, today]]}\n  - {id: R10a",
            "]}, do: [[police.report.place, today]]}\n  - {id: R10a",
            "cards.police.report.at_most_one",
        ),
    ],
)
def test_a_contradiction_names_its_file_and_key(tmp_path: Path, file: str, old: str, new: str, key: str) -> None:
    pathways = copy_of_content(tmp_path) / "pathways"
    replace(pathways / f"{file}.yaml", old, new)
    refused(pathways, key)


def test_a_rule_that_waits_for_what_is_never_derived_is_dead(tmp_path: Path) -> None:
    core = copy_of_content(tmp_path) / "pathways" / "core.yaml"
    replace(core, "minder: {how: derived, values: [yes, no]}", "minder: {how: derived, values: [yes, no, unknown]}")
    compile_pack(core.parent, "scotland", BANK)
    replace(core, "{fact: minder, in: [yes]}]}, do", "{fact: minder, in: [unknown]}]}, do")
    refused(core.parent, "rules.R25a.when")


def test_of_an_organisation_only_what_is_known_can_be_used(tmp_path: Path) -> None:
    uk = copy_of_content(tmp_path) / "pathways" / "uk.yaml"
    replace(uk, "  org_fro: {how:", "  at_sea: {how: from_organisation, values: [yes, no, unknown]}\n  org_fro: {how:")
    replace(uk, "org_duty: unknown}", "org_duty: unknown, at_sea: unknown}")
    refused(uk.parent, "facts.at_sea.how")


def test_a_rule_that_a_switch_keeps_off_is_not_dead() -> None:
    assert all(rule["id"] != "R07a" for rule in PATHWAYS["scotland"]["rules"])
    assert any(rule["id"] == "R07a" for rule in PATHWAYS["england-wales"]["rules"])


@pytest.mark.parametrize("duty", ["yes", "no", "unknown"])
def test_a_notice_of_the_united_states_follows_from_the_organisation(duty: str) -> None:
    usa = PATHWAYS["usa"]
    found = derive(CHECKLISTS["first-look"]["indicators"], usa, {}, {"org_duty": duty})["org_official"]
    assert found == ("yes" if duty == "yes" else "unknown")
    facts = {"age": "under16", "concern": "strong", "foreign_national": "yes", "org_official": found}
    assert ("child.federal_notice" in {one["action"] for one in actions(usa, facts)}) == (duty == "yes")
