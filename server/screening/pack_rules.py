"""Refuses a pack that names what does not exist, and leaves out what could never be reached.

A worker follows these cards under pressure: a missing number or a dead rule must be found here and not on a
phone.
"""

import re
from collections.abc import Mapping
from typing import Any

from server.screening import reading
from server.screening.bank import CHECKED, MARKS, TYPES, Bank
from server.screening.predicates import check_macros, check_predicate
from server.screening.reading import ContentError

_NUMBER = re.compile(r"\+[1-9][0-9]{6,14}|[0-9]{3,6}")
_DATE = re.compile(r"20[0-9]{2}-[01][0-9]-[0-3][0-9]")


def check_pack(pack: Mapping[str, Any], bank: Bank, file: str) -> None:
    """Raises ContentError, with file and key, when a resolved pack names something unknown or lacks something
    needed."""
    for name, fact in pack["facts"].items():
        _check_fact(pack, name, fact, file)
    _check_defaults(pack, file)
    check_macros(pack, file)
    for rule in pack["rules"]:
        _check_rule(pack, rule, file)
    for name, action in pack["actions"].items():
        _check_action(pack, name, action, file)
    for name, contact in pack["contacts"].items():
        _check_contact(contact, file, f"contacts.{name}")
    for name, line in pack["legal"].items():
        reading.only_keys(line, ("line", "source"), (), file, f"legal.{name}")
    # The shared order may name actions that only another nation has; what a rule asks for must be in it.
    reading.texts(pack["action_order"], file, "action_order")
    for name, card in pack["cards"].items():
        _check_card(pack, card, file, f"cards.{name}")
    for name, body in pack["derive"].items():
        _check_derived(pack, name, body, bank, file, f"derive.{name}")
    check_organisations(pack, file)


def check_organisations(pack: Mapping[str, Any], file: str) -> None:
    """Raises ContentError, with file and key, when a kind of organisation lacks what law says of it, or its source."""
    for name, kind in pack["organisations"].items():
        key = f"organisations.{name}"
        wanted = ("name", "first_responder", "duty_to_notify", "source", "checked_on", "status")
        reading.only_keys(kind, wanted, (), file, key)
        for part in ("name", "source"):
            reading.text(kind[part], file, f"{key}.{part}")
        for part in ("first_responder", "duty_to_notify"):
            reading.one_of(kind[part], ("yes", "no", "unknown"), file, f"{key}.{part}")
        _check_checked(kind, file, key)


def check_date(value: Any, file: str, key: str) -> None:
    """Raises ContentError when `value` is not written as a day."""
    if not _DATE.fullmatch(reading.text(value, file, key)):
        raise ContentError(file, key, "must be a date, YYYY-MM-DD")


def check_number(value: Any, file: str, key: str) -> str:
    """`value` when it is a number that a phone can dial from here and from abroad, else ContentError."""
    if not _NUMBER.fullmatch(reading.text(value, file, key)):
        raise ContentError(file, key, "must be E.164 (+44...) or a short number")
    return str(value)


def _check_checked(entry: Mapping[str, Any], file: str, key: str) -> None:
    check_date(entry["checked_on"], file, f"{key}.checked_on")
    reading.one_of(entry["status"], CHECKED, file, f"{key}.status")


def _check_defaults(pack: Mapping[str, Any], file: str) -> None:
    for name, value in pack["defaults"].items():
        _check_value(pack, name, value, file, f"defaults.{name}")
    for index, default in enumerate(pack["defaults_if"]):
        key = f"defaults_if[{index}]"
        reading.only_keys(reading.mapping(default, file, key), ("when", "set"), (), file, key)
        check_predicate(pack, default["when"], file, f"{key}.when")
        for name, value in default["set"].items():
            _check_value(pack, name, value, file, f"{key}.set.{name}")


def _check_card(pack: Mapping[str, Any], card: Mapping[str, Any], file: str, key: str) -> None:
    reading.only_keys(card, ("title", "at_most_one"), ("note",), file, key)
    for one in reading.texts(card["at_most_one"], file, f"{key}.at_most_one"):
        reading.one_of(one, pack["actions"], file, f"{key}.at_most_one")


def _check_fact(pack: Mapping[str, Any], name: str, fact: Mapping[str, Any], file: str) -> None:
    key = f"facts.{name}"
    reading.only_keys(fact, ("how", "values"), ("set", "ask", "ask_when", "note"), file, key)
    how = reading.one_of(fact["how"], ("asked", "derived", "from_organisation"), file, f"{key}.how")
    reading.texts(fact["values"], file, f"{key}.values")
    if how == "asked":
        if "ask" not in fact or "ask_when" not in fact:
            raise ContentError(file, key, "is asked, so it needs an ask and an ask_when")
        check_predicate(pack, fact["ask_when"], file, f"{key}.ask_when")
    if name not in pack["defaults"] and not any(name in default["set"] for default in pack["defaults_if"]):
        raise ContentError(file, f"defaults.{name}", "is missing: say how it is read while nobody knows")


def _check_value(pack: Mapping[str, Any], name: str, value: Any, file: str, key: str) -> None:
    if name not in pack["facts"]:
        raise ContentError(file, key, f"{name!r} is not a fact of this pack")
    fact = pack["facts"][name]
    if isinstance(value, list) != (fact.get("set") == "true"):
        raise ContentError(file, key, "must be a list for a set, and one word for any other fact")
    for one in value if isinstance(value, list) else [value]:
        reading.one_of(one, fact["values"], file, key)


def _check_rule(pack: Mapping[str, Any], rule: Mapping[str, Any], file: str) -> None:
    key = f"rules.{rule['id']}"
    reading.only_keys(rule, ("id", "why", "when", "do"), ("legal",), file, key)
    reading.text(rule["why"], file, f"{key}.why")
    check_predicate(pack, rule["when"], file, f"{key}.when")
    for pair in reading.items(rule["do"], file, f"{key}.do"):
        if not isinstance(pair, list) or len(pair) != 2:
            raise ContentError(file, f"{key}.do", "must list pairs of action and urgency")
        reading.one_of(pair[0], pack["actions"], file, f"{key}.do")
        reading.one_of(pair[0], pack["action_order"], file, f"{key}.do (action_order)")
        reading.one_of(pair[1], pack["urgency_order"], file, f"{key}.do")
    if "legal" in rule:
        reading.one_of(rule["legal"], pack["legal"], file, f"{key}.legal")


def _check_action(pack: Mapping[str, Any], name: str, action: Mapping[str, Any], file: str) -> None:
    key = f"actions.{name}"
    reading.only_keys(action, ("title", "about", "do"), ("contacts", "flags", "no_number", "dormant"), file, key)
    reading.one_of(action["about"], ("any", "person", "place"), file, f"{key}.about")
    reading.texts(action["do"], file, f"{key}.do")
    for contact in reading.texts(action.get("contacts", []), file, f"{key}.contacts"):
        reading.one_of(contact, pack["contacts"], file, f"{key}.contacts")
    if not action.get("contacts") and "no_number" not in action:
        raise ContentError(file, f"{key}.contacts", "needs a contact, or a no_number that says why there is none")


def _check_contact(contact: Mapping[str, Any], file: str, key: str) -> None:
    reading.only_keys(
        contact,
        ("name", "hours", "source", "checked_on", "status"),
        ("number", "number_from", "note"),
        file,
        key,
    )
    if "number" in contact:
        check_number(contact["number"], file, f"{key}.number")
    if "number_from" in contact:
        reading.one_of(contact["number_from"], ("area",), file, f"{key}.number_from")
    _check_checked(contact, file, key)


def _check_derived(
    pack: Mapping[str, Any], name: str, body: Mapping[str, Any], bank: Bank, file: str, key: str
) -> None:
    reading.one_of(name, pack["facts"], file, key)
    values = pack["facts"][name]["values"]
    reading.only_keys(
        body,
        ("how",),
        ("marks", "signs", "facts", "when_open", "kinds", "most_kinds", "otherwise"),
        file,
        key,
    )
    for mark in body.get("marks", []):
        reading.one_of(mark, MARKS, file, f"{key}.marks")
    for sign in body.get("signs", []):
        reading.one_of(sign, bank.indicators, file, f"{key}.signs")
    for fact, wanted in body.get("facts", {}).items():
        for one in wanted:
            _check_value(pack, fact, one, file, f"{key}.facts.{fact}")
    for value in (*body.get("kinds", {}).values(), *body.get("otherwise", [])):
        reading.one_of(value, values, file, key)
    if "kinds" in body:
        reading.only_keys(body["kinds"], TYPES, (), file, f"{key}.kinds")
    if "when_open" in body:
        reading.one_of(body["when_open"], values, file, f"{key}.when_open")
