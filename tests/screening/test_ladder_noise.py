"""What the page about the evidence says of ladders and ordinary bad news is what today's bank gives."""

import re
from fractions import Fraction
from itertools import combinations
from math import comb
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.screening.bank import load_bank
from server.screening.concern import evaluate
from server.screening.definitions import CONTENT
from server.screening.ladders import Ladders
from tests.screening import ladder_noise
from tests.screening.drawing import small_ladders
from tests.screening.evidence_page import TEXT, table
from tests.screening.ladder_noise import ABOUT, POINTS, SIZES, pool, raised_share

BANK = load_bank(CONTENT)


def _ladder(name: str, without: tuple[str, ...] = ()) -> dict[str, Any]:
    signs = [sign.id for sign in pool(BANK, ABOUT[name]) if sign.id not in without]
    return Ladders(CONTENT / "ladders.yaml", BANK).compiled(name, signs, frozenset())


def test_the_page_prints_todays_figures() -> None:
    """When it fails: `python -m tests.screening.ladder_noise` prints the rows for docs/evidence.md."""
    assert table("Rule") == [[cell.strip() for cell in row.strip("|").split("|")] for row in ladder_noise.as_table()]


@given(small_ladders(), st.integers(0, 4))
def test_kinds_of_draws_count_every_draw(ladder: dict[str, Any], size: int) -> None:
    if size > len(ladder["items"]):
        return
    draws = list(combinations(ladder["items"], size))
    raised = [
        evaluate(ladder, dict.fromkeys(ladder["items"], "no") | dict.fromkeys(draw, "yes"), {})["concern"]
        for draw in draws
    ]
    assert raised_share(ladder, size) == Fraction(sum(level in ("some", "strong") for level in raised), len(draws))


@pytest.mark.parametrize("name", ABOUT)
def test_points_are_those_of_every_draw(name: str) -> None:
    weights = [sign.weight for sign in pool(BANK, ABOUT[name])]
    flagged = sum(sum(draw) >= POINTS for draw in combinations(weights, 3))
    assert ladder_noise.points_share(pool(BANK, ABOUT[name]), 3) == Fraction(flagged, comb(len(weights), 3))


def test_the_pool_holds_only_what_is_lawful_or_a_bad_job() -> None:
    for about in ABOUT.values():
        for sign in pool(BANK, about):
            assert sign.marks & {"lawful_alone", "labour_standard"}
            assert "unscored" not in sign.marks
            assert sign.applies_to in about


def test_only_the_signs_that_the_page_names_raise_an_adults_concern() -> None:
    [told] = re.findall(r"only where one of these three is in it,(.*?)\. The ILO", " ".join(TEXT.split()))
    named = tuple(re.findall(r"`([\w-]+)`", told))
    assert len(named) == 3
    assert set(named) <= {sign.id for sign in pool(BANK, ABOUT["adult"])}
    for size in SIZES:
        assert raised_share(_ladder("adult", named), size) == 0
    for sign in named:
        others = tuple(other for other in named if other != sign)
        assert raised_share(_ladder("adult", others), 3) > 0


def test_the_adult_ladder_never_calls_such_a_draw_strong() -> None:
    ladder = _ladder("adult")
    strong = {**ladder, "rungs": [rung for rung in ladder["rungs"] if rung["level"] == "strong"]}
    assert [rung["level"] for rung in strong["rungs"]] == ["strong"]
    assert [raised_share(strong, size) for size in SIZES] == [0] * len(SIZES)


def test_every_sign_stands_to_be_confirmed_as_the_page_says() -> None:
    """When one is confirmed, the page has to say by whom, and which are left."""
    assert "every sign stands as *to be confirmed*" in " ".join(TEXT.split())
    assert {sign.checked for sign in BANK.indicators.values()} == {"to be confirmed"}
