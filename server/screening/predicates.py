"""The predicates of a pack: whether they are well formed, and whether any facts at all could change them.

all, any, not, macro, fact with in or has_any; nothing else, and no code."""

from collections.abc import Collection, Mapping
from typing import Any

from server.screening import reading
from server.screening.reading import ContentError

_OPERATORS = ("all", "any", "not", "macro", "fact")

Pack = Mapping[str, Any]


def check_predicate(pack: Pack, predicate: Any, file: str, key: str) -> None:
    """Raises ContentError, with file and key, when a predicate names what the pack does not have."""
    body = reading.mapping(predicate, file, key)
    operator = next((name for name in _OPERATORS if name in body), "")
    expected: Collection[str] = {operator}
    if operator == "fact":
        expected = {"fact", "in"} if "in" in body else {"fact", "has_any"}
    if set(body) != set(expected):
        problem = f"{sorted(body)} is no predicate; use all, any, not, macro, fact with in or has_any"
        raise ContentError(file, key, problem)
    if operator in ("all", "any"):
        for index, part in enumerate(reading.items(body[operator], file, f"{key}.{operator}")):
            check_predicate(pack, part, file, f"{key}.{operator}[{index}]")
    elif operator == "not":
        check_predicate(pack, body["not"], file, f"{key}.not")
    elif operator == "macro":
        reading.one_of(body["macro"], pack["macros"], file, f"{key}.macro")
    else:
        _check_fact_test(pack, body, file, key)


def check_macros(pack: Pack, file: str) -> None:
    """Raises ContentError when a macro is badly formed or goes in a circle."""
    for name, predicate in pack["macros"].items():
        check_predicate(pack, predicate, file, f"macros.{name}")
    for name in pack["macros"]:
        _check_no_circle(pack, name, (), file)


def constant(predicate: Mapping[str, Any], macros: Mapping[str, Any]) -> bool | None:
    """True or False when no facts can change a predicate (a switch that is off), else None."""
    if "macro" in predicate:
        return constant(macros[predicate["macro"]], macros)
    if "not" in predicate:
        inner = constant(predicate["not"], macros)
        return None if inner is None else not inner
    for operator, decides in (("all", False), ("any", True)):
        if operator in predicate:
            parts = [constant(part, macros) for part in predicate[operator]]
            if decides in parts:
                return decides
            return None if None in parts else not decides
    return None


def _check_fact_test(pack: Pack, body: Mapping[str, Any], file: str, key: str) -> None:
    fact = pack["facts"][reading.one_of(body["fact"], pack["facts"], file, f"{key}.fact")]
    if ("has_any" in body) != (fact.get("set") == "true"):
        raise ContentError(file, key, "has_any is for a set, in for any other fact")
    for value in reading.texts(body.get("in", body.get("has_any")), file, key):
        reading.one_of(value, fact["values"], file, key)


def _check_no_circle(pack: Pack, name: str, trail: tuple[str, ...], file: str) -> None:
    if name in trail:
        raise ContentError(file, f"macros.{name}", f"goes in a circle: {' > '.join((*trail, name))}")
    for inner in _macros_in(pack["macros"][name]):
        _check_no_circle(pack, inner, (*trail, name), file)


def _macros_in(predicate: Mapping[str, Any]) -> list[str]:
    if "macro" in predicate:
        return [predicate["macro"]]
    parts = [*predicate.get("all", ()), *predicate.get("any", ())]
    if "not" in predicate:
        parts.append(predicate["not"])
    return [name for part in parts for name in _macros_in(part)]
