"""What a flag of a screening tool is worth: exact expected counts from its two error rates and how common the thing is.

It speaks of tools and of groups, never of one person: no figure made here may stand beside anybody's answers.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import floor


@dataclass(frozen=True)
class Expected:
    """How a group divides on average, in people (fractions of one included); the four parts add up to the group."""

    flagged_true: Fraction
    flagged_wrong: Fraction
    missed: Fraction
    passed_true: Fraction

    @property
    def people(self) -> Fraction:
        """All of the group."""
        return self.flagged + self.not_flagged

    @property
    def flagged(self) -> Fraction:
        """Everybody whom the tool flags, truly or not."""
        return self.flagged_true + self.flagged_wrong

    @property
    def not_flagged(self) -> Fraction:
        """Everybody whom the tool lets pass, truly or not."""
        return self.missed + self.passed_true

    @property
    def positive_predictive_value(self) -> Fraction | None:
        """The share of the flagged of whom it is true; None where nobody is flagged."""
        return self.flagged_true / self.flagged if self.flagged else None

    @property
    def false_discovery_rate(self) -> Fraction | None:
        """The share of the flagged of whom it is not true; None where nobody is flagged."""
        return self.flagged_wrong / self.flagged if self.flagged else None

    @property
    def negative_predictive_value(self) -> Fraction | None:
        """The share of those not flagged of whom it is indeed not true; None where everybody is flagged."""
        return self.passed_true / self.not_flagged if self.not_flagged else None


def expected(sensitivity: Fraction, specificity: Fraction, prevalence: Fraction, people: int) -> Expected:
    """What a tool comes to among `people`, exactly, by Bayes' rule.

    In: shares from 0 to 1 (of those of whom it is true, how many the tool flags; of the others, how many it lets
    pass; of everybody, of how many it is true) and a number of people, 1 or more. With N people, p = prevalence:
    flagged truly N·p·sensitivity, missed N·p·(1 - sensitivity), flagged wrongly N·(1 - p)·(1 - specificity), passed
    truly N·(1 - p)·specificity; so the positive predictive value is p·sens / (p·sens + (1 - p)·(1 - spec)). Source:
    Altman and Bland, Diagnostic tests 2: predictive values, BMJ 1994;309:102. Raises ValueError.
    """
    for name, share in (("sensitivity", sensitivity), ("specificity", specificity), ("prevalence", prevalence)):
        if not 0 <= share <= 1:
            raise ValueError(f"{name} is a share: give a number from 0 to 1, not {share}")
    if people < 1:
        raise ValueError(f"people is a number of 1 or more, not {people}")
    affected, others = people * prevalence, people * (1 - prevalence)
    return Expected(
        flagged_true=affected * sensitivity,
        flagged_wrong=others * (1 - specificity),
        missed=affected * (1 - sensitivity),
        passed_true=others * specificity,
    )


def as_percent(share: Fraction) -> str:
    """A share as a percentage with at most one decimal; only what is exactly none or all reads 0 % or 100 %."""
    if 0 < share < Fraction(1, 2000):
        return "under 0.1 %"
    if Fraction(1999, 2000) <= share < 1:
        return "over 99.9 %"
    return f"{as_count(share * 100)} %"


def as_count(number: Fraction) -> str:
    """A number of 0 or more with at most one decimal; a whole one without, and only a true 0 reads 0."""
    if number.denominator == 1:
        return str(number)
    tenths = floor(number * 10 + Fraction(1, 2))
    return f"{tenths // 10}.{tenths % 10}" if tenths else "under 0.1"
