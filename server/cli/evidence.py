"""`heed evidence`: of so many people, how many a screening tool flags, how many of them truly, and whom it misses.

It works from figures that are typed in and reads no record of anybody.
"""

import json
import re
from fractions import Fraction

import click

from server.cli.settings import CannotDo
from server.screening.base_rates import Expected, as_count, as_percent, expected

# A million million is more people than there are, and short enough for one line.
_WHOLE = re.compile(r"[0-9]{1,12}")
_SHARE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,12})?|\.[0-9]{1,12}) ?(%?)")
_ASK = "Say --{name} as a number from 0 to 1, such as 0.9, or as a percentage, such as 90%."


@click.command()
@click.option("--sensitivity", metavar="SHARE", help="Of those of whom it is true, the share that is flagged.")
@click.option("--specificity", metavar="SHARE", help="Of the others, the share that is not flagged.")
@click.option(
    "--prevalence",
    "prevalences",
    metavar="SHARE",
    multiple=True,
    help="Of everybody, the share of whom it is true. May be given several times.",
)
@click.option("--people", metavar="NUMBER", default="1000", show_default=True, help="How many people are looked at.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: exact fractions, and the same rounded.")
def evidence(
    sensitivity: str | None, specificity: str | None, prevalences: tuple[str, ...], people: str, as_json: bool
) -> None:
    """What a tool's flag is worth where it is used.

    SHARE is a number from 0 to 1, such as 0.9, or a percentage, such as 90%. The rule is Bayes': positive predictive
    value = p·sens / (p·sens + (1 - p)·(1 - spec)), where p is the prevalence (Altman and Bland, BMJ 1994;309:102).
    """
    found = _share("sensitivity", sensitivity)
    passed = _share("specificity", specificity)
    if not prevalences:
        raise CannotDo(_ASK.format(name="prevalence"))
    number = _people(people)
    results = [
        (prevalence, expected(found, passed, prevalence, number))
        for prevalence in (_share("prevalence", given) for given in prevalences)
    ]
    if as_json:
        body = {
            "people": number,
            "sensitivity": _figure(found),
            "specificity": _figure(passed),
            "results": [_as_object(prevalence, result) for prevalence, result in results],
        }
        click.echo(json.dumps(body, indent=2))
        return
    click.echo(f"On average, with sensitivity {as_percent(found)} and specificity {as_percent(passed)}:")
    for prevalence, result in results:
        click.echo("")
        for line in _said(prevalence, result):
            click.echo(line)
    click.echo("")
    click.echo("A study's figures have margins, and change with the place, the language and who asks.")


def _share(name: str, given: str | None) -> Fraction:
    """Exactly what was typed: a decimal is no binary float, so 0, 1 and what lies close to them stay what they are."""
    match = _SHARE.fullmatch((given or "").strip())
    if match is None:
        raise CannotDo(_ASK.format(name=name))
    share = Fraction(match[1]) / (100 if match[2] else 1)
    if share > 1:
        raise CannotDo(f"{given} is more than everybody. {_ASK.format(name=name)}")
    return share


def _people(given: str) -> int:
    if not _WHOLE.fullmatch(given.strip()) or not int(given):
        raise CannotDo("Say --people as a whole number of 1 or more, in digits, such as 1000.")
    return int(given)


def _said(prevalence: Fraction, result: Expected) -> list[str]:
    affected = result.flagged_true + result.missed
    right, safe = result.positive_predictive_value, result.negative_predictive_value
    return [
        f"Where it is true of {as_percent(prevalence)}: of {as_count(affected)} in {as_count(result.people)}.",
        f"  Flagged: {as_count(result.flagged)}. Truly: {as_count(result.flagged_true)}. "
        f"Wrongly: {as_count(result.flagged_wrong)}. Missed: {as_count(result.missed)}.",
        "  Nobody is flagged, so there is no flag to be right or wrong."
        if right is None
        else f"  Of those flagged, it is true of {as_percent(right)} (positive predictive value).",
        "  Everybody is flagged, so nobody is left to pass."
        if safe is None
        else f"  Of those not flagged, it is not true of {as_percent(safe)} (negative predictive value).",
    ]


def _as_object(prevalence: Fraction, result: Expected) -> dict[str, object]:
    return {
        "prevalence": _figure(prevalence),
        "flagged": _figure(result.flagged),
        "flagged_true": _figure(result.flagged_true),
        "flagged_wrong": _figure(result.flagged_wrong),
        "missed": _figure(result.missed),
        "passed_true": _figure(result.passed_true),
        "positive_predictive_value": _figure(result.positive_predictive_value),
        "negative_predictive_value": _figure(result.negative_predictive_value),
    }


def _figure(number: Fraction | None) -> dict[str, object] | None:
    """The exact fraction as text, and a float beside it for whoever only draws it; None where there is no figure."""
    return None if number is None else {"exact": str(number), "rounded": round(float(number), 6)}
