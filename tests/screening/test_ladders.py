"""Ladders compile from filters, in checklist order; a filter or a form that cannot be trusted is refused."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from server.screening.bank import load_bank
from server.screening.definitions import CONTENT
from server.screening.ladder_rules import check_ladder
from server.screening.ladders import Ladders
from server.screening.reading import ContentError
from tests.screening.content_copy import copy_of_content, replace

BANK = load_bank(CONTENT)
ITEMS = ["threatened-now", "little-or-no-pay", "lives-at-work", "always-with-minder"]


def test_sets_follow_the_order_of_the_items_and_hold_what_the_filters_say() -> None:
    ladder = Ladders(CONTENT / "ladders.yaml", BANK).compiled("adult", ITEMS, frozenset())
    assert ladder["sets"]["purpose"] == ["little-or-no-pay", "lives-at-work"]
    assert ladder["sets"]["hard_purpose"] == ["little-or-no-pay"]
    assert ladder["sets"]["control3"] == ["threatened-now"]
    assert ladder["sets"]["labour"] == ["lives-at-work"]
    assert ladder["fold"]["always-with-minder"] == "coercion-at-destination.isolation"
    assert "live" not in ladder["sets"]


def test_a_ladder_like_another_changes_only_its_own_sets() -> None:
    ladders = Ladders(CONTENT / "ladders.yaml", BANK)
    child = ladders.compiled("child", ITEMS, frozenset())
    with_parent = ladders.compiled("child-with-parent", ITEMS, frozenset())
    assert with_parent["rungs"] == child["rungs"]
    assert child["sets"]["control"] == ["threatened-now", "always-with-minder"]
    assert with_parent["sets"]["control"] == ["threatened-now"]


def test_a_score_that_is_not_worked_out_is_no_way_to_a_rung() -> None:
    ladders = Ladders(CONTENT / "ladders.yaml", BANK)
    name = "ilo-adult-conservative"
    assert {"score": name} in ladders.compiled("adult", ITEMS, frozenset({name}))["rungs"][0]["when"]["any"]
    assert {"score": name} not in ladders.compiled("adult", ITEMS, frozenset())["rungs"][0]["when"]["any"]


def test_a_way_that_needs_a_missing_score_goes_as_a_whole(tmp_path: Path) -> None:
    content = copy_of_content(tmp_path)
    way = "{score: ilo-adult-conservative}"
    replace(content / "ladders.yaml", way, f"all: [{way}, {{count: {{set: any, at_least: 1}}}}]")
    compiled = Ladders(content / "ladders.yaml", BANK).compiled("adult", ITEMS, frozenset())
    assert compiled == Ladders(CONTENT / "ladders.yaml", BANK).compiled("adult", ITEMS, frozenset())


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("firm: {set: live,", "firm: {set: lives,", "sets.lives"),
        ("live: {set: recorded}", "live: {set: firm}", "sets.live"),
        ("unmarked: [lawful_alone]}", "unmarked: [lawful]}", "sets.firm.unmarked"),
        ("decisive: strong}", "decisive: very}", "sets.decisive_strong.decisive"),
        ("weight_min: 3}", "weight_at_least: 3}", "sets.control3.weight_at_least"),
        ("ids: [passed-between-people,", "ids: [passed-on,", "sets.control.ids"),
        ("{count: {set: control, at_least: 2}}", "{counts: {set: control, at_least: 2}}", "adult"),
        (
            "{count: {set: decisive_strong, at_least: 1}}",
            "{count: {set: decisive_strong, at_least: 0}}",
            "at_least",
        ),
        ("levels: [strong, some, low]", "levels: [some, strong, low]", "rungs[1]"),
    ],
)
def test_a_mistake_names_its_file_and_key(tmp_path: Path, old: str, new: str, key: str) -> None:
    content = copy_of_content(tmp_path)
    replace(content / "ladders.yaml", old, new)
    with pytest.raises(ContentError) as caught:
        Ladders(content / "ladders.yaml", BANK).compiled("adult", ITEMS, frozenset())
    assert caught.value.file == "ladders.yaml"
    assert key in caught.value.key


COUNT = {"count": {"set": "p", "at_least": 1}}
TWO = {"any": [COUNT, COUNT]}


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"sets": {"p": ["b", "a"]}}, "sets.p"),
        ({"sets": {"p": ["a", "z"]}}, "sets.p"),
        ({"items": ["a", "a"]}, "items"),
        ({"fold": {"z": "k"}}, "fold.z"),
        ({"extra": {}}, "extra"),
        ({"floor": "nothing"}, "floor"),
        ({"rungs": [{"level": "low", "when": {"any": []}}]}, "when.any"),
        ({"rungs": [{"level": "low", "when": {"none": [COUNT]}}]}, "rungs[0].when"),
        ({"rungs": [{"level": "low", "when": {"count": {"set": "q", "at_least": 1}}}]}, "count.set"),
        ({"rungs": [{"level": "low", "when": COUNT}, {"level": "some", "when": COUNT}]}, "rungs[1]"),
        ({"rungs": [{"level": "low", "when": {"all": [TWO] * 7}}]}, "rungs[0]"),
        ({"rungs": [{"level": "low", "when": {"all": [COUNT] * 9}}]}, "rungs[0]"),
        ({"flags": {"f": {"score": ""}}}, "flags.f.score"),
    ],
)
def test_a_ladder_of_the_wrong_form_is_refused(change: dict[str, Any], key: str) -> None:
    ladder: dict[str, Any] = {
        "type": "ladder",
        "items": ["a", "b"],
        "sets": {"p": ["a", "b"]},
        "fold": {"a": "k"},
        "rungs": [{"level": "low", "when": COUNT}],
        "floor": "none",
        "flags": {},
    }
    check_ladder(deepcopy(ladder), "here.yaml", "it")
    with pytest.raises(ContentError) as caught:
        check_ladder({**ladder, **change}, "here.yaml", "it")
    assert caught.value.key.startswith("it.")
    assert key in caught.value.key
