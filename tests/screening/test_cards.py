"""The words for the person: what may be said to whom, and what a file that breaks a rule is refused for."""

from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

from server.screening import reading
from server.screening.cards import comments_of, compile_cards
from server.screening.definitions import CONTENT, NATIONS, PACKS, shipped
from server.screening.organisation_kinds import kinds_of
from server.screening.pathway import holds
from server.screening.predicates import constant
from server.screening.reading import ContentError

FILE = CONTENT / "cards.yaml"
CARDS = compile_cards(FILE)
FACTS = reading.read_yaml(FILE)["facts"]
AGES = ("under16", "16-17", "unsure", "adult")
FOR_ADULTS = ("conduct", "options", "consent", "sharing", "refused")


def test_a_child_is_never_in_a_group_for_adults_and_an_adult_never_in_one_for_children() -> None:
    for age, contact, pathway in product(AGES, FACTS["contact"], FACTS["pathway"]):
        facts = {"subject": "person", "age": age, "contact": contact, "pathway": pathway}
        groups = {name for name, group in CARDS["groups"].items() if holds(group["when"], {}, facts)}
        assert ("young" in groups) == (age != "adult" and contact != "third_party"), facts
        if age != "adult":
            assert groups.isdisjoint(FOR_ADULTS), facts


def test_wording_that_must_be_checked_is_for_adults_alone() -> None:
    for name, group in CARDS["groups"].items():
        if any(CARDS["messages"][message]["checked_only"] for message in group["messages"]):
            assert name in FOR_ADULTS
    guarded = [name for name, one in CARDS["messages"].items() if one["checked_only"]]
    assert guarded == [name for name in CARDS["order"] if name.startswith("card.consent.")]


def test_the_facts_are_those_of_the_packs_and_of_the_organisations() -> None:
    for nation in NATIONS:
        assert set(kinds_of(nation.code)) <= set(FACTS["organisation"]), nation
    assert set(FACTS["pathway"]) == set(PACKS)
    lists = {one["id"] for one in shipped().values() if one["kind"] == "checklist"}
    parts = {part for one in shipped().values() if one["kind"] == "checklist" for part in one["parts"]}
    assert set(FACTS["checklist"]) <= lists
    assert set(FACTS["setting"]) <= parts
    for pack in (one for one in shipped().values() if one["kind"] == "pathway"):
        for name in ("subject", "age", "contact"):
            assert FACTS[name] == pack["facts"][name]["values"], (pack["id"], name)
        for name, values in (("exploitation", FACTS["exploitation"]["values"]), ("gender", FACTS["gender"])):
            assert set(values) >= set(pack["facts"].get(name, {"values": []})["values"]), (pack["id"], name)


def test_a_service_for_women_is_named_where_the_pack_has_one() -> None:
    when = CARDS["messages"]["card.option.support_woman"]["when"]
    for pack in (one for one in shipped().values() if one["kind"] == "pathway"):
        has = "women_service" in pack["macros"] and constant({"macro": "women_service"}, pack["macros"]) is None
        facts = {"pathway": pack["id"], "exploitation": ["sexual"], "gender": "female"}
        assert holds(when, {}, facts) == has, pack["id"]


def test_those_who_decide_about_visas_never_say_that_they_do_not() -> None:
    when = CARDS["messages"]["card.who.not_visas"]["when"]
    allowed = {kind for kind in FACTS["organisation"] if holds(when, {}, {"organisation": kind})}
    assert allowed.isdisjoint({"police", "border", "prison", "labour_regulator", "other"})
    assert "council" in allowed
    assert not holds(when, {}, {}), "a phone that does not know says nothing"


def test_translators_are_told_of_every_message() -> None:
    assert list(comments_of(FILE)) == CARDS["order"]


def bent(tmp_path: Path, bend: Callable[[dict[str, Any]], object]) -> Path:
    """The file with one thing changed."""
    source = yaml.load(FILE.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  (strings only)
    bend(source)
    path = tmp_path / "cards.yaml"
    path.write_text(yaml.safe_dump(source, allow_unicode=True), "utf-8")
    return path


def said(source: dict[str, Any], group: int = 0, message: int = 0) -> dict[str, Any]:
    """One message of the source."""
    found: dict[str, Any] = source["groups"][group]["messages"][message]
    return found


BENDS: list[tuple[str, Callable[[dict[str, Any]], object], str, str]] = [
    ("unknown key", lambda s: s.update(colour="red"), "(top).colour", "not a key"),
    ("unknown message key", lambda s: said(s).update(speak="yes"), "messages[0].speak", "not a key"),
    ("no comment", lambda s: said(s).pop("comment"), "messages[0].comment", "missing"),
    ("figure", lambda s: said(s).update(text="Call 999."), "card.language.mine.text", "figure"),
    ("figure, other digits", lambda s: said(s).update(text="Call ٩٩٩."), "card.language.mine.text", "figure"),
    ("unknown fact", lambda s: s["groups"][0].update(when={"fact": "religion", "in": ["a"]}), "when", "religion"),
    ("unknown value", lambda s: said(s).update(when={"fact": "age", "in": ["old"]}), "when", "'old'"),
    ("a macro", lambda s: said(s).update(when={"macro": "child"}), "when", "'child'"),
    ("twice", lambda s: said(s, 0, 1).update(id="card.language.mine"), "messages[1].id", "twice"),
    ("twice in two groups", lambda s: said(s, 1).update(id="card.language.mine"), "groups[1].messages[0].id", "twice"),
    ("group twice", lambda s: s["groups"][1].update(id="language"), "groups[1].id", "twice"),
    ("unknown answer", lambda s: said(s).update(answers=["card.answer.maybe"]), "answers", "maybe"),
    ("unknown line", lambda s: said(s).update({"from": "anywhere"}), "card.language.mine.from", "anywhere"),
    ("two lines", lambda s: said(s).update({"from": "emergency", "line": "55"}), "card.language.mine.from", "already"),
    ("half guarded", lambda s: said(s).update(checked_only="true"), "groups[0]", "all of them checked_only"),
    ("empty group", lambda s: s["groups"][0].update(messages=[]), "groups[0]", "must hold messages"),
    ("odd guard", lambda s: said(s).update(checked_only="yes"), "checked_only", "'yes'"),
]


@pytest.mark.parametrize(("bend", "key", "problem"), [case[1:] for case in BENDS], ids=[case[0] for case in BENDS])
def test_a_file_that_breaks_a_rule_names_the_key(
    tmp_path: Path, bend: Callable[[dict[str, Any]], object], key: str, problem: str
) -> None:
    with pytest.raises(ContentError) as found:
        compile_cards(bent(tmp_path, bend))
    assert found.value.file == "cards.yaml"
    assert key in found.value.key
    assert problem in found.value.problem


def test_the_file_as_it_stands_is_not_refused(tmp_path: Path) -> None:
    assert compile_cards(bent(tmp_path, lambda _source: None)) == CARDS
