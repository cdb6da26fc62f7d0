"""Whether any facts at all make a predicate true: an exact search over the facts it mentions, so that a dead rule is
found before a worker needs it. It never guesses: a search that ends without facts is a proof."""

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

Predicate = Mapping[str, Any]
# The values each fact can have after its defaults; for a set, a list of lists. A fact with no value is missing.
Values = Mapping[str, list[Any]]


def facts_that_satisfy(predicate: Predicate, macros: Mapping[str, Predicate], values: Values) -> dict[str, Any] | None:
    """Facts that make `predicate` true, or None when there are none among `values` (sets: see `subsets`)."""
    return _search(predicate, macros, values, {})


def subsets(values: list[str], tested: set[str]) -> list[list[str]]:
    """The values a set can have, one of every sort that tests for `tested` can tell apart, never the empty set."""
    told_apart = [value for value in values if value in tested]
    rest = [value for value in values if value not in tested][:1]
    found = [list(some) for size in range(len(told_apart) + 1) for some in combinations(told_apart, size)]
    return [some or rest for some in found if some or rest]


def tests_in(predicate: Predicate, macros: Mapping[str, Predicate]) -> Iterator[tuple[str, list[str]]]:
    """Every (fact, values) that a predicate asks about, through its macros."""
    if "macro" in predicate:
        yield from tests_in(macros[predicate["macro"]], macros)
    elif "fact" in predicate:
        yield predicate["fact"], predicate.get("in", predicate.get("has_any"))
    else:
        for part in (*predicate.get("all", ()), *predicate.get("any", ()), *_negated(predicate)):
            yield from tests_in(part, macros)


def _negated(predicate: Predicate) -> list[Predicate]:
    return [predicate["not"]] if "not" in predicate else []


def _search(
    predicate: Predicate, macros: Mapping[str, Predicate], values: Values, chosen: dict[str, Any]
) -> dict[str, Any] | None:
    state, open_fact = _known(predicate, macros, chosen)
    if state is not None or open_fact is None:
        return dict(chosen) if state else None
    for value in values[open_fact]:
        found = _search(predicate, macros, values, {**chosen, open_fact: value})
        if found is not None:
            return found
    return None


def _known(
    predicate: Predicate, macros: Mapping[str, Predicate], chosen: Mapping[str, Any]
) -> tuple[bool | None, str | None]:
    """Whether the chosen facts decide it; if they do not, a fact that is still open."""
    if "macro" in predicate:
        return _known(macros[predicate["macro"]], macros, chosen)
    if "not" in predicate:
        state, open_fact = _known(predicate["not"], macros, chosen)
        return (None if state is None else not state), open_fact
    for operator, decides in (("all", False), ("any", True)):
        if operator in predicate:
            first_open = None
            for part in predicate[operator]:
                state, open_fact = _known(part, macros, chosen)
                if state is decides:
                    return decides, None
                first_open = first_open or open_fact
            return (None, first_open) if first_open else (not decides, None)
    if predicate["fact"] not in chosen:
        return None, predicate["fact"]
    value = chosen[predicate["fact"]]
    if "in" in predicate:
        return value in predicate["in"], None
    return not set(value or ()).isdisjoint(predicate["has_any"]), None
