"""Refuses a ladder that cannot be trusted: unknown names, sets out of order, rungs that do not fall, rungs
too wide to explain. Every ladder passes here before it is served."""

from collections.abc import Mapping
from math import prod
from typing import Any

from server.screening.concern import LEVELS
from server.screening.reading import ContentError

# Beyond these a reason could not be found in the time between two screens, nor be read by anybody.
MOST_WAYS = 64
MOST_SIGNS = 8


def check_ladder(ladder: Mapping[str, Any], file: str, key: str) -> None:
    """Raises ContentError, with the key inside the ladder, when a compiled ladder breaks a rule of the
    form."""
    known = {"type", "items", "sets", "fold", "rungs", "floor", "flags"}
    for name in ladder.keys() ^ known:
        raise ContentError(file, f"{key}.{name}", "is missing" if name in known else "is not a key of a ladder")
    if ladder["type"] != "ladder":
        raise ContentError(file, f"{key}.type", f"{ladder['type']!r} is not a ladder")
    order = {item: place for place, item in enumerate(ladder["items"])}
    if len(order) != len(ladder["items"]):
        raise ContentError(file, f"{key}.items", "a sign stands there twice")
    for name, members in ladder["sets"].items():
        _check_members(members, order, file, f"{key}.sets.{name}")
    for item in ladder["fold"]:
        if item not in order:
            raise ContentError(file, f"{key}.fold.{item}", "is not among the items")
    _check_rungs(ladder, file, key)
    for name, when in ladder["flags"].items():
        _width(when, ladder, file, f"{key}.flags.{name}")


def _check_members(members: list[str], order: Mapping[str, int], file: str, key: str) -> None:
    for member in members:
        if member not in order:
            raise ContentError(file, key, f"{member!r} is not among the items")
    places = [order[member] for member in members]
    if places != sorted(set(places)):
        raise ContentError(file, key, "must follow the order of the items, each once")


def _check_rungs(ladder: Mapping[str, Any], file: str, key: str) -> None:
    if ladder["floor"] not in LEVELS:
        raise ContentError(file, f"{key}.floor", f"{ladder['floor']!r} is not a level")
    above = len(LEVELS)
    for index, rung in enumerate(ladder["rungs"]):
        place = f"{key}.rungs[{index}]"
        if set(rung) != {"level", "when"}:
            raise ContentError(file, place, "must have a level and a when, and nothing else")
        if rung["level"] not in LEVELS:
            raise ContentError(file, place, f"{rung['level']!r} is not a level")
        rank = LEVELS.index(rung["level"])
        if rank >= above or rank <= LEVELS.index(ladder["floor"]):
            raise ContentError(file, place, "levels must fall from rung to rung and stay above the floor")
        above = rank
        ways, signs = _width(rung["when"], ladder, file, f"{place}.when")
        if ways > MOST_WAYS:
            raise ContentError(file, place, f"can be met in {ways} ways; at most {MOST_WAYS} can be explained")
        if signs > MOST_SIGNS:
            raise ContentError(file, place, f"can ask for {signs} signs; at most {MOST_SIGNS} can be explained")


def _width(expression: Any, ladder: Mapping[str, Any], file: str, key: str) -> tuple[int, int]:
    """(in how many ways it can be met, how many signs the longest way asks for); checks the expression on the
    way."""
    if not isinstance(expression, dict) or len(expression) != 1:
        raise ContentError(file, key, "must be one of all, any, count, score")
    operator, inside = next(iter(expression.items()))
    if operator in ("all", "any"):
        if not isinstance(inside, list) or not inside:
            raise ContentError(file, f"{key}.{operator}", "must list at least one part")
        widths = [_width(part, ladder, file, f"{key}.{operator}[{n}]") for n, part in enumerate(inside)]
        if operator == "any":
            return sum(ways for ways, _ in widths), max(signs for _, signs in widths)
        return prod(ways for ways, _ in widths), sum(signs for _, signs in widths)
    if operator == "score":
        if not isinstance(inside, str) or not inside:
            raise ContentError(file, f"{key}.score", "must be the name of a score")
        return 1, 0
    if operator == "count":
        return 1, _asked_for(inside, ladder, file, key)
    raise ContentError(file, key, f"{operator!r} is not known; use all, any, count or score")


def _asked_for(inside: Any, ladder: Mapping[str, Any], file: str, key: str) -> int:
    if not isinstance(inside, dict) or set(inside) != {"set", "at_least"}:
        raise ContentError(file, f"{key}.count", "must have a set and an at_least, and nothing else")
    if inside["set"] not in ladder["sets"]:
        raise ContentError(file, f"{key}.count.set", f"{inside['set']!r} is not a set of this ladder")
    if not isinstance(inside["at_least"], int) or inside["at_least"] < 1:
        raise ContentError(file, f"{key}.count.at_least", "must be 1 or more, or a yes would change nothing")
    at_least: int = inside["at_least"]
    return at_least
