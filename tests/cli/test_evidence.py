"""`heed evidence` does the sum exactly, says it plainly, and tells in one line what was typed wrong."""

import json
from fractions import Fraction
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from server.cli import main

TOOL = ("--sensitivity", "0.9", "--specificity", "0.8")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["evidence", *arguments])


def figures(*arguments: str) -> dict[str, Any]:
    done = run(*arguments, "--json")
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_it_says_how_many_are_flagged_how_many_truly_and_how_many_are_missed() -> None:
    done = run(*TOOL, "--prevalence", "0.01")
    assert done.exit_code == 0
    for said in (
        "Where it is true of 1 %: of 10 in 1000.",
        "Flagged: 207. Truly: 9. Wrongly: 198. Missed: 1.",
        "Of those flagged, it is true of 4.3 % (positive predictive value).",
        "Of those not flagged, it is not true of 99.9 % (negative predictive value).",
    ):
        assert said in done.stdout


def test_several_shares_are_answered_in_their_order() -> None:
    asked = ("0.01", "8.8%", "1.1 %", ".5")
    done = run(*TOOL, *(word for share in asked for word in ("--prevalence", share)), "--people", "200")
    assert [line for line in done.stdout.splitlines() if line.startswith("Where")] == [
        "Where it is true of 1 %: of 2 in 200.",
        "Where it is true of 8.8 %: of 17.6 in 200.",
        "Where it is true of 1.1 %: of 2.2 in 200.",
        "Where it is true of 50 %: of 100 in 200.",
    ]


def test_json_holds_exact_fractions() -> None:
    found = figures(*TOOL, "--prevalence", "1%", "--prevalence", "0.07")
    assert (found["people"], found["sensitivity"]["exact"], found["specificity"]["exact"]) == (1000, "9/10", "4/5")
    first = {name: figure["exact"] for name, figure in found["results"][0].items()}
    assert first == {
        "prevalence": "1/100",
        "flagged": "207",
        "flagged_true": "9",
        "flagged_wrong": "198",
        "missed": "1",
        "passed_true": "792",
        "positive_predictive_value": "1/23",
        "negative_predictive_value": "792/793",
    }
    assert found["results"][0]["positive_predictive_value"]["rounded"] == 0.043478
    assert found["results"][1]["prevalence"] == {"exact": "7/100", "rounded": 0.07}


@given(*[st.integers(0, 10**6)] * 3)
def test_what_is_typed_is_what_is_worked_with(sensitivity: int, specificity: int, prevalence: int) -> None:
    typed = [f"{number // 10**6}.{number % 10**6:06}" for number in (sensitivity, specificity, prevalence)]
    found = figures("--sensitivity", typed[0], "--specificity", typed[1], "--prevalence", typed[2])
    [result] = found["results"]
    assert Fraction(result["flagged_true"]["exact"]) == 1000 * Fraction(typed[2]) * Fraction(typed[0])
    assert Fraction(result["passed_true"]["exact"]) == 1000 * (1 - Fraction(typed[2])) * Fraction(typed[1])


def test_where_nobody_or_everybody_is_flagged_no_share_is_made_up() -> None:
    nobody = ("--sensitivity", "0", "--specificity", "1", "--prevalence", "0.5")
    everybody = ("--sensitivity", "1", "--specificity", "0", "--prevalence", "0.5")
    assert figures(*nobody)["results"][0]["positive_predictive_value"] is None
    assert figures(*everybody)["results"][0]["negative_predictive_value"] is None
    assert "Nobody is flagged" in run(*nobody).stdout
    assert "Everybody is flagged" in run(*everybody).stdout


def test_almost_all_is_not_all() -> None:
    done = run("--sensitivity", "0.9999", "--specificity", "0.9999", "--prevalence", "0.0001")
    assert "sensitivity over 99.9 %" in done.stdout
    assert "100 %" not in done.stdout
    assert "Where it is true of under 0.1 %: of 0.1 in 1000." in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "--sensitivity"),
        (("--sensitivity", "0.9", "--prevalence", "0.1"), "--specificity"),
        (TOOL, "--prevalence"),
        ((*TOOL, "--prevalence", "5"), "5 is more than everybody"),
        ((*TOOL, "--prevalence", "101%"), "101% is more than everybody"),
        ((*TOOL, "--prevalence", "0.1", "--prevalence", "-0.1"), "--prevalence"),
        ((*TOOL, "--prevalence", "nan"), "--prevalence"),
        ((*TOOL, "--prevalence", "1e-2"), "--prevalence"),
        ((*TOOL, "--prevalence", "1/0"), "--prevalence"),
        ((*TOOL, "--prevalence", "0,01"), "--prevalence"),
        ((*TOOL, "--prevalence", ""), "--prevalence"),
        ((*TOOL, "--prevalence", "0.1", "--people", "0"), "--people"),
        ((*TOOL, "--prevalence", "0.1", "--people", "1.5"), "--people"),
        ((*TOOL, "--prevalence", "0.1", "--people", "-3"), "--people"),
        ((*TOOL, "--prevalence", "0.1", "--people", "9" * 13), "--people"),
    ],
)
def test_a_mistake_is_one_line_that_says_what_to_do(arguments: tuple[str, ...], said: str) -> None:
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert said in done.stderr
    assert "such as" in done.stderr
