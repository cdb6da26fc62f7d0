"""Holds a value against a JSON Schema and says every fault with its key, for the part of JSON Schema that our
schemas use.

It stands here so that an installed server needs no validator. A keyword that it does not know is an error, never a
pass.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from server.screening.authoring.answers_file import nearest

_TYPES: dict[str, type] = {"object": dict, "array": list, "string": str, "integer": int}
_PASSIVE = {"$schema", "$defs", "title", "then", "required", "properties", "additionalProperties", "dependentRequired"}


class Fault(NamedTuple):
    """What is wrong with a file: the key inside it, and a sentence that says what to do."""

    key: str
    problem: str


def faults(value: Any, schema: Any, root: dict[str, Any], key: str = "(top)") -> list[Fault]:
    """Every fault of `value`; empty when it is valid. `root` is the schema that holds the $defs."""
    if schema is False:
        return [Fault(key, "must not stand here")]
    found: list[Fault] = []
    for word, wanted in schema.items():
        if word in _CHECKS:
            found += _CHECKS[word](value, wanted, schema, root, key)
        elif word not in _PASSIVE:
            raise ValueError(f"{word!r} is not a keyword that is checked here")
        if word == "type" and found:
            return found
    if isinstance(value, dict):
        found += _object(value, schema, root, key)
    return found


def _type(value: Any, wanted: Any, _schema: Any, _root: Any, key: str) -> list[Fault]:
    fits = isinstance(value, _TYPES[wanted]) and not isinstance(value, bool)
    said = {"object": "a mapping", "array": "a list", "string": "a text", "integer": "a whole number"}[wanted]
    return [] if fits else [Fault(key, f"must be {said}")]


def _enum(value: Any, wanted: Any, _schema: Any, _root: Any, key: str) -> list[Fault]:
    if any(value == one and type(value) is type(one) for one in wanted):
        return []
    return [Fault(key, f"{value!r} is not known; {nearest(value, [str(one) for one in wanted])}")]


def _const(value: Any, wanted: Any, schema: Any, root: Any, key: str) -> list[Fault]:
    return _enum(value, [wanted], schema, root, key)


def _pattern(value: Any, wanted: Any, _schema: Any, _root: Any, key: str) -> list[Fault]:
    if not isinstance(value, str) or re.search(wanted, value):
        return []
    said = "must not be empty" if wanted == "\\S" else f"{value!r} is not written as it should be ({wanted})"
    return [Fault(key, said)]


def _any_of(value: Any, wanted: Any, _schema: Any, root: Any, key: str) -> list[Fault]:
    tried = [faults(value, one, root, key) for one in wanted]
    if not all(tried):
        return []
    # The branch that came furthest says most: a fault deeper inside, then the fewest.
    return min(tried, key=lambda these: (-max(len(fault.key) for fault in these), len(these)))


def _all_of(value: Any, wanted: Any, _schema: Any, root: Any, key: str) -> list[Fault]:
    return [fault for one in wanted for fault in faults(value, one, root, key)]


def _if(value: Any, wanted: Any, schema: Any, root: Any, key: str) -> list[Fault]:
    return [] if faults(value, wanted, root, key) else faults(value, schema["then"], root, key)


def _ref(value: Any, wanted: Any, _schema: Any, root: Any, key: str) -> list[Fault]:
    return faults(value, root["$defs"][wanted.removeprefix("#/$defs/")], root, key)


def _items(value: Any, wanted: Any, _schema: Any, root: Any, key: str) -> list[Fault]:
    listed = value if isinstance(value, list) else []
    return [fault for n, one in enumerate(listed) for fault in faults(one, wanted, root, f"{key}[{n}]")]


def _unique(value: Any, _wanted: Any, _schema: Any, _root: Any, key: str) -> list[Fault]:
    listed = value if isinstance(value, list) else []
    twice = dict.fromkeys(str(one) for n, one in enumerate(listed) if one in listed[:n])
    return [Fault(key, f"{one!r} stands twice") for one in twice]


def _contains(value: Any, wanted: Any, _schema: Any, root: Any, key: str) -> list[Fault]:
    if not isinstance(value, list) or any(not faults(one, wanted, root, key) for one in value):
        return []
    return [Fault(key, "does not hold what it should")]


def _length(least: bool) -> Any:
    def check(value: Any, wanted: Any, _schema: Any, _root: Any, key: str) -> list[Fault]:
        if not isinstance(value, list) or (len(value) >= wanted if least else len(value) <= wanted):
            return []
        return [Fault(key, f"must hold at {'least' if least else 'most'} {wanted}")]

    return check


def _bound(least: bool) -> Any:
    def check(value: Any, wanted: Any, _schema: Any, _root: Any, key: str) -> list[Fault]:
        if not isinstance(value, int) or (value >= wanted if least else value <= wanted):
            return []
        return [Fault(key, f"must be {wanted} or {'more' if least else 'less'}")]

    return check


def _object(value: dict[str, Any], schema: Any, root: Any, key: str) -> Iterator[Fault]:
    properties, more = schema.get("properties", {}), schema.get("additionalProperties", {})
    for name in schema.get("required", ()):
        if name not in value:
            yield Fault(_in(key, name), "is missing")
    for name, needed in schema.get("dependentRequired", {}).items():
        for other in needed if name in value else ():
            if other not in value:
                yield Fault(_in(key, other), f"is missing: it goes together with {name}")
    for name, one in value.items():
        if name in properties:
            yield from faults(one, properties[name], root, _in(key, name))
        elif more is False:
            yield Fault(_in(key, name), "is not a key that is read here; check its spelling")
        else:
            yield from faults(one, more, root, _in(key, name))


def _in(key: str, name: str) -> str:
    return name if key == "(top)" else f"{key}.{name}"


_CHECKS: dict[str, Any] = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "pattern": _pattern,
    "anyOf": _any_of,
    "allOf": _all_of,
    "if": _if,
    "$ref": _ref,
    "items": _items,
    "uniqueItems": _unique,
    "contains": _contains,
    "minItems": _length(True),
    "maxItems": _length(False),
    "minimum": _bound(True),
    "maximum": _bound(False),
}
