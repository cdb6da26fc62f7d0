"""The shape of the coded part: codes and small integers only, so that no words about anybody fit into it.

Only shape and size are judged. A sign, fact, action or hash that this server does not know has the right
shape.
"""

import re
from collections.abc import Callable, Collection
from datetime import date
from typing import Any

LEVELS = ("none", "low", "some", "strong")
ANSWERS = ("yes", "no", "dont_know", "declined", "not_asked")
KNOWN = ("seen", "heard", "person_said", "other_said")
PARTS_OF_DAY = ("night", "morning", "afternoon", "evening")
# "none": no follow-up. The phone keeps no receipt, and hears nothing.
REACH = ("sealed_number", "app", "ring", "none")
WHY_RAISED = ("worry", "pattern", "told_in_confidence", "other_signs")

# Far above any checklist (the bank has 209 signs), far below what would be a burden.
MOST_ANSWERS = 300
MOST_FACTS = 80
MOST_ACTIONS = 100

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,39}")
_HASH = re.compile(r"[0-9a-f]{64}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_LOCALE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")

Fault = dict[str, Any]
Check = Callable[[Any, str], list[Fault]]


def faults_of(coded: Any) -> list[Fault]:
    """What is wrong with a coded part: {pointer, detail, allowed?} each, pointers from its root; empty when
    sound."""
    return _CODED(coded, "")


def _fault(pointer: str, detail: str, allowed: Collection[Any] = ()) -> list[Fault]:
    fault: Fault = {"pointer": pointer, "detail": detail}
    if allowed:
        fault["allowed"] = list(allowed)
    return [fault]


def _one_of(*allowed: Any) -> Check:
    # The type too: True equals 1 in Python and is another thing on the wire.
    known = {(type(each), each) for each in allowed}

    def check(value: Any, at: str) -> list[Fault]:
        fits = isinstance(value, (str, int)) and (type(value), value) in known
        return [] if fits else _fault(at, "is not one of the allowed values", allowed)

    return check


def _text(pattern: re.Pattern[str], detail: str) -> Check:
    def check(value: Any, at: str) -> list[Fault]:
        return [] if isinstance(value, str) and pattern.fullmatch(value) else _fault(at, detail)

    return check


def _whole_number(value: Any, at: str) -> list[Fault]:
    return (
        []
        if type(value) is int and 0 <= value <= 1_000_000
        else _fault(at, "should be a whole number from 0 to 1000000")
    )


def _day(value: Any, at: str) -> list[Fault]:
    try:
        sound = isinstance(value, str) and _DAY.fullmatch(value) and date.fromisoformat(value)
    except ValueError:
        sound = None
    return [] if sound else _fault(at, "should be a date such as 2026-01-31")


def _object(required: dict[str, Check], optional: dict[str, Check] | None = None) -> Check:
    checks = required | (optional or {})

    def check(value: Any, at: str) -> list[Fault]:
        if not isinstance(value, dict):
            return _fault(at, "should be an object")
        faults = [fault for key in required if key not in value for fault in _fault(f"{at}/{key}", "is missing")]
        if not value.keys() <= checks.keys():
            # The name is not repeated: it may be something a person typed.
            faults += _fault(at, "has a key that is not known here", sorted(checks))
        for key in checks.keys() & value.keys():
            faults += checks[key](value[key], f"{at}/{key}")
        return faults

    return check


def _map(each: Check, most: int) -> Check:
    def check(value: Any, at: str) -> list[Fault]:
        if not isinstance(value, dict) or len(value) > most:
            return _fault(at, f"should be an object of at most {most} keys")
        faults: list[Fault] = []
        for key, part in value.items():
            faults += each(part, f"{at}/{key}") if _CODE.fullmatch(key) else _fault(at, "has a key that is no code")
        return faults

    return check


def _list(each: Check, most: int, *, least: int = 0, unique: bool = False) -> Check:
    def check(value: Any, at: str) -> list[Fault]:
        if not isinstance(value, list) or not least <= len(value) <= most:
            return _fault(at, f"should be a list of {least} to {most}")
        faults = [fault for index, part in enumerate(value) for fault in each(part, f"{at}/{index}")]
        if unique and not faults and len(set(value)) < len(value):
            return _fault(at, "names something twice")
        return faults

    return check


_word = _text(_CODE, "should be a code: letters, digits and _ . : - only, at most 40")
_hash = _text(_HASH, "should be a sha256 in hex")
_codes = _list(_word, 24, unique=True)


def _answer(value: Any, at: str) -> list[Fault]:
    faults = _ANSWER(value, at)
    if not faults and "known" in value and value["answer"] != "yes":
        return _fault(f"{at}/known", "goes with a yes only")
    return faults


def _fact(value: Any, at: str) -> list[Fault]:
    return _codes(value, at) if isinstance(value, list) else _word(value, at)


_ANSWER = _object({"answer": _one_of(*ANSWERS)}, {"known": _list(_one_of(*KNOWN), len(KNOWN), least=1, unique=True)})
_CONTENT = _object({"id": _word, "version": _whole_number, "hash": _hash})
_CODED = _object(
    {
        "v": _one_of(1),
        "checklist": _CONTENT,
        "pathway": _CONTENT,
        "answers": _map(_answer, MOST_ANSWERS),
        "facts": _map(_fact, MOST_FACTS),
        "result": _object({"concern": _one_of(*LEVELS), "could_be": _one_of(*LEVELS), "flags": _codes}),
        "actions": _list(_list(_word, 2, least=2), MOST_ACTIONS),
        "area": _word,
        "setting": _word,
        "day": _day,
        "part_of_day": _one_of(*PARTS_OF_DAY),
        "reach": _one_of(*REACH),
        "language": _text(_LOCALE, "should be a language tag such as en or sq"),
    },
    {"raised": _object({"to": _one_of("some", "strong"), "why": _one_of(*WHY_RAISED)})},
)
