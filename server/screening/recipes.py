"""The ways a rung can be met, and the search for the fewest signs that meet it. Exact and quick: cuts leave
out only what could not change the answer, so that a reason is found between two screens on an old phone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from server.screening.concern import fold_key


@dataclass(frozen=True)
class Recipe:
    """One way to meet a rung: how many different keys of each set, and which scores must be positive."""

    counts: Mapping[str, int]
    scores: frozenset[str]


def recipes_of(expression: Mapping[str, Any]) -> list[Recipe]:
    """Every way to meet an expression: `any` adds ways, `all` joins them (of one set the larger number)."""
    if "any" in expression:
        return [recipe for part in expression["any"] for recipe in recipes_of(part)]
    if "all" in expression:
        return [_joined(parts) for parts in product(*(recipes_of(part) for part in expression["all"]))]
    if "score" in expression:
        return [Recipe({}, frozenset({expression["score"]}))]
    return [Recipe({expression["count"]["set"]: expression["count"]["at_least"]}, frozenset())]


def _joined(parts: Iterable[Recipe]) -> Recipe:
    counts: dict[str, int] = {}
    scores: frozenset[str] = frozenset()
    for part in parts:
        scores |= part.scores
        for name, number in part.counts.items():
            counts[name] = max(number, counts.get(name, 0))
    return Recipe(counts, scores)


@dataclass(frozen=True)
class _Candidate:
    """An id that could be taken: its place in the list, its fold key, the still unmet sets where that key is
    new."""

    id: str
    key: str
    sets: frozenset[str]


class Search:
    """Looks for the fewest of `offered` (checklist order) that meet a recipe, on top of ids that are there
    already."""

    def __init__(self, ladder: Mapping[str, Any], offered: Sequence[str], already: Iterable[str] = ()) -> None:
        self._fold: Mapping[str, str] = ladder["fold"]
        self._members = {name: frozenset(members) for name, members in ladder["sets"].items()}
        self._offered = [(one, fold_key(self._fold, one)) for one in offered]
        self._already = tuple(already)

    def way(self, recipe: Recipe) -> "Way | None":
        """How the offered ids can meet the counts of `recipe`; None when not even all of them do."""
        lacks: dict[str, int] = {}
        adds: dict[str, set[str]] = {}
        for name, number in recipe.counts.items():
            members = self._members[name]
            have = {fold_key(self._fold, one) for one in self._already if one in members}
            if number > len(have):
                lacks[name] = number - len(have)
                adds[name] = {one for one, key in self._offered if one in members and key not in have}
                # Without this a rung that rests on a score alone would be searched in vain, for every size.
                if len({fold_key(self._fold, one) for one in adds[name]}) < lacks[name]:
                    return None
        candidates = [
            _Candidate(one, key, sets)
            for one, key in self._offered
            if (sets := frozenset(name for name in adds if one in adds[name]))
        ]
        return Way(lacks, candidates)


@dataclass(frozen=True)
class Way:
    """A recipe that can be met: how many keys each set still lacks, and the ids that add to one of them."""

    lacks: Mapping[str, int]
    candidates: Sequence[_Candidate]

    @property
    def longest(self) -> int:
        """The most ids that could be needed: each one taken brings at least one key."""
        return sum(self.lacks.values())

    def first_of_size(self, size: int) -> list[str] | None:
        """The first set of exactly `size` ids, in checklist order; None if none does.

        Right only when no smaller set meets it: ids that add nothing are left out on the way.
        """
        if size > self.longest:
            return None
        return _search(self._few(size), 0, self.lacks, {}, size)

    def _few(self, size: int) -> list[_Candidate]:
        """Of ids alike in key and sets only the first can be in the first answer, and of each combination of
        sets only the first `size`: any later one could be changed for an earlier one."""
        found: list[_Candidate] = []
        of_sets: dict[frozenset[str], set[str]] = {}
        for one in self.candidates:
            keys = of_sets.setdefault(one.sets, set())
            if one.key not in keys and len(keys) < size:
                keys.add(one.key)
                found.append(one)
        return found


def _search(
    candidates: list[_Candidate],
    start: int,
    lacks: Mapping[str, int],
    used: Mapping[str, frozenset[str]],
    left: int,
) -> list[str] | None:
    if not lacks:
        return [] if left == 0 else None
    widest = max((len(one.sets) for one in candidates[start:]), default=0)
    if max(lacks.values()) > left or sum(lacks.values()) > left * widest:
        return None
    for place in range(start, len(candidates)):
        one = candidates[place]
        adds = [name for name in one.sets if name in lacks and one.key not in used.get(name, frozenset())]
        if not adds:
            continue
        fewer = {name: number - (name in adds) for name, number in lacks.items() if number > (name in adds)}
        more = {**used, **{name: used.get(name, frozenset()) | {one.key} for name in adds}}
        rest = _search(candidates, place + 1, fewer, more, left - 1)
        if rest is not None:
            return [one.id, *rest]
    return None
