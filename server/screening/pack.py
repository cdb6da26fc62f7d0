"""A nation's pack: YAML that extends shared YAML, resolved, checked and compiled into one flat pathway
definition."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from server.screening import reading
from server.screening.bank import Bank
from server.screening.pack_logic import check_logic
from server.screening.pack_rules import check_organisations, check_pack
from server.screening.pack_uses import check_uses
from server.screening.predicates import constant
from server.screening.reading import ContentError

# Sections that a pack fills or overrides entry by entry; the fields of an entry are overridden one by one.
_BY_ID = ("facts", "actions", "contacts", "legal", "cards", "derive", "organisations")
_WHOLE = ("urgency_order", "urgency_words", "action_order")
_KEYS = frozenset({"extends", "id", "version", *_BY_ID, *_WHOLE, "defaults", "defaults_if", "macros", "rules"})
_OPTIONAL = frozenset({"abstract", "jurisdictions", "drop_rules"})


def compile_pack(folder: Path, name: str, bank: Bank) -> dict[str, Any]:
    """The definition (kind pathway, format 1) of the pack `name` in `folder`, with everything it extends.

    Raises ContentError, with file and key, for an unknown fact, value, macro, action, contact, urgency, legal
    line or sign, for macros in a circle, for a pack that extends itself, for an action that nobody could carry
    out, for what could never come up or must never stand together, and for what nothing uses.
    """
    return _compiled(_checked(folder, name, bank))


def compile_packs(folder: Path, names: Iterable[str], bank: Bank) -> dict[str, dict[str, Any]]:
    """The definitions of several packs by their names. As `compile_pack`, and what they share must be used by one of
    them."""
    packs = {name: _checked(folder, name, bank) for name in names}
    shared = {file for pack in packs.values() for file in pack["brought_by"].values()} - packs.keys()
    for part in sorted(shared):
        check_uses(packs.values(), part, f"{part}.yaml")
    return {name: _compiled(pack) for name, pack in packs.items()}


def _checked(folder: Path, name: str, bank: Bank) -> dict[str, Any]:
    pack = _resolved(folder, name, ())
    file = f"{name}.yaml"
    if pack["abstract"]:
        raise ContentError(file, "abstract", "is only a part of other packs and cannot be compiled by itself")
    check_pack(pack, bank, file)
    check_logic(pack, file)
    check_uses([pack], name, file)
    return pack


def _compiled(pack: Mapping[str, Any]) -> dict[str, Any]:
    # A switch that is off takes its rules away, and with them the dormant actions that only they ask for.
    rules = [rule for rule in pack["rules"] if constant(rule["when"], pack["macros"]) is not False]
    kept = {action for rule in rules for action, _ in rule["do"]}
    contacts = {contact for action in kept for contact in pack["actions"][action].get("contacts", [])}
    return {
        "kind": "pathway",
        "format": 1,
        "id": pack["id"],
        "version": pack["version"],
        "jurisdictions": pack["jurisdictions"],
        "urgency_order": pack["urgency_order"],
        "urgency_words": pack["urgency_words"],
        "facts": {fact: _compiled_fact(body) for fact, body in pack["facts"].items()},
        "fact_order": list(pack["facts"]),  # object keys have no order, and these are asked in theirs
        "defaults": pack["defaults"],
        "defaults_if": pack["defaults_if"],
        "macros": pack["macros"],
        "rules": rules,
        "action_order": [action for action in pack["action_order"] if action in kept],
        "actions": {action: _compiled_action(pack["actions"][action]) for action in sorted(kept)},
        "contacts": {contact: pack["contacts"][contact] for contact in sorted(contacts)},
        "legal": {line: pack["legal"][line] for line in sorted({rule["legal"] for rule in rules if "legal" in rule})},
        "cards": {
            card: {**body, "at_most_one": [one for one in body["at_most_one"] if one in kept]}
            for card, body in pack["cards"].items()
        },
        "derive": pack["derive"],
    }


def organisations_of(folder: Path, name: str) -> tuple[list[str], dict[str, dict[str, str]]]:
    """The jurisdictions of the pack `name`, and its kinds of organisation with what law says of each.

    They are not part of the compiled definition: the server knows them, and no phone is asked to. Raises
    ContentError, with file and key.
    """
    pack = _resolved(folder, name, ())
    check_organisations(pack, f"{name}.yaml")
    return pack["jurisdictions"], pack["organisations"]


def _resolved(folder: Path, name: str, trail: tuple[str, ...]) -> dict[str, Any]:
    """The pack with everything it extends laid under it: by id, field by field; rules in the order of first
    mention."""
    file = f"{name}.yaml"
    if name in trail:
        raise ContentError(file, "extends", f"goes in a circle: {' > '.join((*trail, name))}")
    own = reading.read_yaml(folder / file)
    reading.only_keys(own, ("extends", "id", "version"), _KEYS | _OPTIONAL, file, "(top)")
    if own["id"] != name:
        raise ContentError(file, "id", f"must be {name!r}, as the file")
    parent = _empty() if own["extends"] == "none" else _resolved(folder, own["extends"], (*trail, name))
    dropped = set(reading.texts(own.get("drop_rules", []), file, "drop_rules"))
    rules = {rule["id"]: rule for rule in parent["rules"]}
    for rule in sorted(dropped - set(rules)):
        raise ContentError(file, "drop_rules", f"there is no rule {rule!r} to drop")
    for index, rule in enumerate(reading.items(own.get("rules", []), file, "rules")):
        rules[reading.text(reading.mapping(rule, file, f"rules[{index}]").get("id"), file, f"rules[{index}].id")] = rule
    resolved: dict[str, Any] = {
        "id": name,
        "version": reading.integer(own["version"], file, "version"),
        "abstract": "abstract" in own,
        "jurisdictions": reading.texts(own.get("jurisdictions", []), file, "jurisdictions"),
        "rules": [rule for rule in rules.values() if rule["id"] not in dropped],
        "defaults": {**parent["defaults"], **reading.mapping(own.get("defaults", {}), file, "defaults")},
        "defaults_if": [
            *parent["defaults_if"],
            *reading.items(own.get("defaults_if", []), file, "defaults_if"),
        ],
        "macros": {**parent["macros"], **reading.mapping(own.get("macros", {}), file, "macros")},
    }
    brought = {(section, entry): name for section in (*_BY_ID, "macros") for entry in own.get(section, {})}
    resolved["brought_by"] = {**brought, **parent["brought_by"]}
    for section in _WHOLE:
        resolved[section] = own.get(section, parent[section])
    for section in _BY_ID:
        entries = reading.mapping(own.get(section, {}), file, section)
        resolved[section] = {
            **parent[section],
            **{
                entry: {**parent[section].get(entry, {}), **reading.mapping(body, file, f"{section}.{entry}")}
                for entry, body in entries.items()
            },
        }
    for fact, body in resolved["derive"].items():
        if "most_kinds" in body:
            body["most_kinds"] = reading.integer(body["most_kinds"], file, f"derive.{fact}.most_kinds")
    return resolved


def _empty() -> dict[str, Any]:
    return {
        "rules": [],
        "defaults": {},
        "defaults_if": [],
        "macros": {},
        "brought_by": {},
        "urgency_order": [],
        "urgency_words": {},
        "action_order": [],
        **{section: {} for section in _BY_ID},
    }


def _compiled_fact(body: Mapping[str, Any]) -> dict[str, Any]:
    compiled = {name: body[name] for name in ("how", "values", "ask", "ask_when") if name in body}
    if body.get("set") == "true":
        compiled["set"] = 1
    return compiled


def _compiled_action(body: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": body["title"],
        "about": body["about"],
        "do": body["do"],
        "contacts": body.get("contacts", []),
        "flags": body.get("flags", []),
        **({"no_number": body["no_number"]} if "no_number" in body else {}),
    }
