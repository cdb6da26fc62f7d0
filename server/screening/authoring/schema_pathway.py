"""The JSON Schema of a pathway pack as it is written: facts, defaults, macros, rules, actions and contacts."""

from collections.abc import Collection
from typing import Any

from server.screening.authoring.schema_words import NUMBER, TEXT, TEXTS, Schema, closed, list_of, one_of
from server.screening.bank import CHECKED, MARKS, TYPES

_PREDICATE: Schema = {"$ref": "#/$defs/predicate"}
_DATE: Schema = {"type": "string", "pattern": "^20[0-9]{2}-[01][0-9]-[0-3][0-9]$"}
_VALUE: Schema = {"anyOf": [{"type": "string"}, TEXTS]}


def pathway_schema(signs: Collection[str]) -> Schema:
    """A pack. Entries of what it extends may be overridden field by field, so no field of an entry is required here:
    the loader looks at the whole."""
    contact = _partly(
        {
            "name": TEXT,
            "number": {"type": "string", "pattern": "^(\\+[1-9][0-9]{6,14}|[0-9]{3,6})$"},
            "number_from": one_of(("area",)),
            "hours": TEXT,
            "note": TEXT,
            "source": TEXT,
            "checked_on": _DATE,
            "status": one_of(CHECKED),
        }
    )
    answer = one_of(("yes", "no", "unknown"))
    organisation = _partly(
        {
            "name": TEXT,
            "first_responder": answer,
            "duty_to_notify": answer,
            "source": TEXT,
            "checked_on": _DATE,
            "status": one_of(CHECKED),
        }
    )
    body = closed(
        {"extends": TEXT, "id": TEXT, "version": NUMBER},
        {
            "abstract": {"enum": ["true", True]},
            "jurisdictions": TEXTS,
            "drop_rules": TEXTS,
            "urgency_order": TEXTS,
            "urgency_words": _by_name(TEXT),
            "action_order": TEXTS,
            "facts": _by_name(_fact()),
            "defaults": _by_name(_VALUE),
            "defaults_if": {"type": "array", "items": closed({"when": _PREDICATE, "set": _by_name(_VALUE)})},
            "macros": _by_name(_PREDICATE),
            "rules": {"type": "array", "items": _rule()},
            "actions": _by_name(_action()),
            "contacts": _by_name(contact),
            "legal": _by_name(_partly({"line": TEXT, "source": TEXT})),
            "cards": _by_name(_partly({"title": TEXT, "at_most_one": TEXTS, "note": TEXT})),
            "derive": _by_name(_derived(signs)),
            "organisations": _by_name(organisation),
        },
    )
    return {**body, "$defs": {"predicate": _predicate()}}


def _predicate() -> Schema:
    several = {"type": "array", "items": _PREDICATE}
    forms = [
        closed({"all": several}),
        closed({"any": several}),
        closed({"not": _PREDICATE}),
        closed({"macro": TEXT}),
        closed({"fact": TEXT, "in": TEXTS}),
        closed({"fact": TEXT, "has_any": TEXTS}),
    ]
    return {"anyOf": forms}


def _fact() -> Schema:
    return _partly(
        {
            "how": one_of(("asked", "derived", "from_organisation")),
            "values": TEXTS,
            "set": {"enum": ["true", True]},
            "ask": TEXT,
            "ask_when": _PREDICATE,
            "note": TEXT,
        }
    )


def _rule() -> Schema:
    pair: Schema = {"type": "array", "items": TEXT, "minItems": 2, "maxItems": 2}
    do = {"type": "array", "items": pair}
    return closed({"id": TEXT, "why": TEXT, "when": _PREDICATE, "do": do}, {"legal": TEXT})


def _action() -> Schema:
    return _partly(
        {
            "title": TEXT,
            "about": one_of(("any", "person", "place")),
            "do": TEXTS,
            "contacts": TEXTS,
            "flags": TEXTS,
            "no_number": TEXT,
            "dormant": {"enum": ["true", True]},
        }
    )


def _derived(signs: Collection[str]) -> Schema:
    kinds = {"type": "object", "properties": dict.fromkeys(sorted(TYPES), TEXT), "additionalProperties": False}
    return _partly(
        {
            "how": TEXT,
            "marks": list_of(one_of(MARKS)),
            "signs": list_of(one_of(signs)),
            "facts": _by_name(TEXTS),
            "when_open": TEXT,
            "kinds": kinds,
            "most_kinds": NUMBER,
            "otherwise": TEXTS,
        }
    )


def _by_name(schema: Any) -> Schema:
    return {"type": "object", "additionalProperties": schema}


def _partly(properties: dict[str, Any]) -> Schema:
    return closed({}, properties)
