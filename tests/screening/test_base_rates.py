"""Expected counts add up, behave as Bayes' rule must, and are those that the page about the evidence prints."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from server.screening.base_rates import as_count, as_percent, expected
from tests.screening.evidence_page import ROOT, TEXT, table

SHARES = st.one_of(st.sampled_from((Fraction(0), Fraction(1))), st.fractions(0, 1, max_denominator=10_000))
INSIDE = st.fractions(Fraction(1, 1000), Fraction(999, 1000), max_denominator=1000)
PEOPLE = st.integers(1, 10**12)


@given(SHARES, SHARES, SHARES, PEOPLE)
def test_every_person_is_counted_once(
    sensitivity: Fraction, specificity: Fraction, share: Fraction, people: int
) -> None:
    found = expected(sensitivity, specificity, share, people)
    parts = (found.flagged_true, found.flagged_wrong, found.missed, found.passed_true)
    assert min(parts) >= 0
    assert sum(parts) == people == found.people
    assert found.flagged_true + found.missed == people * share
    assert found.flagged + found.not_flagged == people


@given(SHARES, SHARES, SHARES, PEOPLE)
def test_right_and_wrong_flags_are_all_flags(
    sensitivity: Fraction, specificity: Fraction, share: Fraction, people: int
) -> None:
    found = expected(sensitivity, specificity, share, people)
    right, wrong = found.positive_predictive_value, found.false_discovery_rate
    assert (right is None) == (wrong is None) == (found.flagged == 0)
    if right is not None and wrong is not None:
        assert right + wrong == 1
    assert (found.negative_predictive_value is None) == (found.not_flagged == 0)


@given(INSIDE, INSIDE, INSIDE, INSIDE, PEOPLE)
def test_a_flag_is_worth_more_where_it_is_commoner(
    sensitivity: Fraction, specificity: Fraction, one: Fraction, other: Fraction, people: int
) -> None:
    assume(one != other)
    rare, common = (expected(sensitivity, specificity, share, people) for share in sorted((one, other)))
    assert rare.positive_predictive_value is not None
    assert common.positive_predictive_value is not None
    assert rare.negative_predictive_value is not None
    assert common.negative_predictive_value is not None
    assert rare.positive_predictive_value < common.positive_predictive_value
    assert rare.negative_predictive_value > common.negative_predictive_value
    assert rare.missed < common.missed


@given(INSIDE, PEOPLE)
def test_a_tool_that_tosses_a_coin_says_nothing(share: Fraction, people: int) -> None:
    assert expected(Fraction(1, 2), Fraction(1, 2), share, people).positive_predictive_value == share


def test_the_worked_example_of_the_source() -> None:
    """Altman and Bland 1994: of 344 liver scans 258 were abnormal; 231 of 263 flags were right, 54 of 81 passes."""
    found = expected(Fraction(231, 258), Fraction(54, 86), Fraction(258, 344), 344)
    assert (found.flagged_true, found.flagged_wrong, found.missed, found.passed_true) == (231, 32, 27, 54)
    assert found.positive_predictive_value == Fraction(231, 263)
    assert found.negative_predictive_value == Fraction(54, 81)


@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("wrong", [Fraction(-1, 100), Fraction(101, 100)])
def test_what_is_no_share_is_refused(place: int, wrong: Fraction) -> None:
    shares = [Fraction(1, 2)] * 3
    shares[place] = wrong
    with pytest.raises(ValueError, match=("sensitivity", "specificity", "prevalence")[place]):
        expected(*shares, 10)


def test_nobody_is_no_group() -> None:
    with pytest.raises(ValueError, match="1 or more"):
        expected(Fraction(1), Fraction(1), Fraction(1), 0)


@pytest.mark.parametrize(
    ("number", "said"),
    [("0", "0"), ("7", "7"), ("0.04", "under 0.1"), ("0.05", "0.1"), ("9.96", "10.0"), ("2.25", "2.3")],
)
def test_a_count_is_nothing_only_when_it_is(number: str, said: str) -> None:
    assert as_count(Fraction(number)) == said


@given(st.fractions(0, 1))
def test_a_percentage_is_none_or_all_only_when_it_is(share: Fraction) -> None:
    said = as_percent(share)
    assert (said in ("0 %", "0.0 %")) == (share == 0)
    assert (said in ("100 %", "100.0 %")) == (share == 1)
    if said[0].isdigit():
        assert abs(Fraction(said.removesuffix(" %")) - share * 100) <= Fraction(1, 20)


def test_the_table_of_the_page_is_worked_out_rightly() -> None:
    rows = table("Tool and place")
    assert len(rows) > 8
    for name, *figures in rows:
        sensitivity, specificity, share = (Fraction(figure.removesuffix(" %")) / 100 for figure in figures[:3])
        found = expected(sensitivity, specificity, share, 1000)
        right = found.positive_predictive_value
        assert right is not None
        counts = [as_count(found.flagged), as_count(found.flagged_true), as_count(found.missed)]
        assert figures[3:] == [*counts, as_percent(right)], name


def test_the_page_works_with_the_figures_that_it_cites() -> None:
    cited = {row[0]: row for row in table("Instrument")}
    for name, sensitivity, specificity, share, *_ in table("Tool and place"):
        tool, calculated, _ = name.partition(", if ")
        assert cited[tool][4].startswith(sensitivity), name
        assert cited[tool][5].startswith(specificity), name
        assert calculated or share in cited[tool][3], name


def test_no_instrument_is_listed_without_saying_what_is_not_known() -> None:
    rows = table("Instrument")
    assert len(rows) > 20
    for row in rows:
        assert len(row) == 8, row[0]
        assert all(row), row[0]
        assert all(figure[0].isdigit() or figure.startswith("not reported") for figure in row[4:6]), row[0]
        assert row[7].startswith(("abstract", "second-hand", "memory")), row[0]


def test_the_phone_says_what_the_page_says() -> None:
    [said] = [part for part in " ".join(TEXT.split()).split('"') if part.startswith("Even the best list")]
    assert any(said in path.read_text("utf-8") for path in (ROOT / "frontend" / "src" / "screens").glob("*.tsx"))
    mostly_right = [row[0] for row in table("Tool and place") if Fraction(row[7].removesuffix(" %")) >= 50]
    assert mostly_right == ["SSCST, where it was made"]
