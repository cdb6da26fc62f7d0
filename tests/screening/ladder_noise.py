"""How often a ladder raises concern over signs that are lawful or plainly a bad job: the share of all draws, exact.

`python -m tests.screening.ladder_noise` prints the rows that docs/evidence.md shows. It says nothing about people: a
draw is a set of signs, not somebody who was met.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import combinations
from math import comb
from typing import Any

from server.screening.bank import Bank, Indicator, load_bank
from server.screening.base_rates import as_percent
from server.screening.concern import evaluate, fold_key
from server.screening.definitions import CONTENT
from server.screening.ladders import Ladders

#: how many signs are drawn
SIZES = (3, 4, 5)
#: who the signs of a ladder may be about
ABOUT = {"adult": ("adult", "both"), "child": ("child", "both"), "place": ("place", "both")}
#: A worker is told that something is there from this level on.
RAISED = ("some", "strong")
#: The simple score that Heed does not use adds weights up and flags from here on: a strongest sign and a weight of 2.
POINTS = 5

#: what one draw comes to, as far as a ladder can tell: set → how many different keys it holds
Counts = tuple[int, ...]


def pool(bank: Bank, about: tuple[str, ...]) -> list[Indicator]:
    """The signs that draws are made from, in bank order: marked lawful_alone or labour_standard, and counted at all."""
    return [
        sign
        for sign in bank.indicators.values()
        if sign.applies_to in about
        and sign.marks & {"lawful_alone", "labour_standard"}
        and "unscored" not in sign.marks
    ]


def raised_share(ladder: Mapping[str, Any], size: int) -> Fraction:
    """The share of all sets of `size` items, each alike often, to which the ladder answers some or strong.

    Sets of signs that fill the ladder's sets alike get the same level, so each such kind is judged once, on one
    example, by the engine itself, and weighs as many draws as it stands for.
    """
    kinds = _kinds(ladder, size)
    raised = 0
    for ways, example in kinds:
        answers = dict.fromkeys(ladder["items"], "no") | dict.fromkeys(example, "yes")
        if evaluate(ladder, answers, {})["concern"] in RAISED:
            raised += ways
    return Fraction(raised, comb(len(ladder["items"]), size))


def points_share(signs: list[Indicator], size: int) -> Fraction:
    """The share of all sets of `size` signs whose weights add up to POINTS or more."""
    ways: dict[tuple[int, int], int] = {(0, 0): 1}
    for sign in signs:
        grown = defaultdict(int, ways)
        for (drawn, points), number in ways.items():
            grown[drawn + 1, points + sign.weight] += number
        ways = grown
    flagged = sum(number for (drawn, points), number in ways.items() if drawn == size and points >= POINTS)
    return Fraction(flagged, comb(len(signs), size))


def _kinds(ladder: Mapping[str, Any], size: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """(in how many draws, one of them) for each way in which `size` items fill the sets."""
    names = list(ladder["sets"])
    groups: dict[str, list[str]] = defaultdict(list)
    for item in ladder["items"]:
        groups[fold_key(ladder["fold"], item)].append(item)
    found: dict[tuple[int, Counts], tuple[int, tuple[str, ...]]] = {(0, (0,) * len(names)): (1, ())}
    for members in groups.values():
        grown: dict[tuple[int, Counts], tuple[int, tuple[str, ...]]] = {}
        for (drawn, counts), (ways, example) in found.items():
            for more in range(min(len(members), size - drawn) + 1):
                for chosen in combinations(members, more):
                    # Signs that fold to one key count once in every set that holds one of them.
                    held = tuple(
                        count + any(item in ladder["sets"][name] for item in chosen)
                        for name, count in zip(names, counts, strict=True)
                    )
                    before, kept = grown.get((drawn + more, held), (0, example + chosen))
                    grown[drawn + more, held] = (before + ways, kept)
        found = grown
    return (kind for (drawn, _counts), kind in found.items() if drawn == size)


def rows() -> list[tuple[str, int, list[Fraction]]]:
    """(what is asked, how many signs are in the pool, the share for each of SIZES)."""
    bank = load_bank(CONTENT)
    ladders = Ladders(CONTENT / "ladders.yaml", bank)
    made: list[tuple[str, int, list[Fraction]]] = []
    for name, about in ABOUT.items():
        signs = pool(bank, about)
        ladder = ladders.compiled(name, [sign.id for sign in signs], frozenset())
        made.append((f"{name} ladder", len(signs), [raised_share(ladder, size) for size in SIZES]))
        made.append((f"{name} points", len(signs), [points_share(signs, size) for size in SIZES]))
    return made


def as_table() -> list[str]:
    """The rows as Markdown."""
    return [f"| {name} | {signs} | {' | '.join(map(as_percent, shares))} |" for name, signs, shares in rows()]


if __name__ == "__main__":
    sys.stdout.write("".join(f"{row}\n" for row in as_table()))
