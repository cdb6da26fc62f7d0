"""The JSON Schema of a compiled checklist (format 2): what both engines evaluate, strings and integers only."""

from collections.abc import Collection
from typing import Any

from server.screening.authoring.schema_words import TEXT, TEXTS, Schema, closed, list_of, one_of
from server.screening.bank import CHECKED, ELEMENTS, MARKS, TYPES
from server.screening.concern import LEVELS
from server.screening.sections import KINDS

_INTEGER: Schema = {"type": "integer"}
_FLAG: Schema = {"enum": [0, 1]}


def definition_schema(routes: Collection[str]) -> Schema:
    """A compiled checklist over these routes."""
    section = closed({"id": TEXT, "title": TEXT, "kind": one_of(KINDS), "indicators": TEXTS})
    asked = {"sections": {"type": "array", "items": section}, "items": TEXTS}
    expression: Schema = {"$ref": "#/$defs/expression"}
    when: Schema = {"$ref": "#/$defs/predicate"}
    rung = closed({"level": one_of(LEVELS), "when": expression})
    # `type`, `items`, `fold` and `sets` may stand once for all ladders of a checklist, so they are not asked of each.
    ladder = closed(
        {"rungs": {"type": "array", "items": rung}, "floor": one_of(LEVELS), "flags": _by_name(expression)},
        {"type": {"const": "ladder"}, "items": TEXTS, "sets": _by_name(TEXTS), "fold": _by_name(TEXT)},
    )
    judged = closed({"name": TEXT, "when": when, "ladder": ladder})
    route = closed(
        {
            "when": when,
            **asked,
            "ladders": {"type": "array", "items": judged, "minItems": 1},
            "scores": _by_name({"type": "object"}),
            "displays": _by_name({"type": "object"}),
        }
    )
    part = closed({"title": TEXT, "settings": TEXTS, "minutes": _INTEGER, "routes": _of(routes, closed(asked))})
    ask = closed({"fact": TEXT, "mark": one_of(MARKS), "when": when})
    body = closed(
        {
            "kind": {"const": "checklist"},
            "format": {"const": 2},
            "id": TEXT,
            "version": _INTEGER,
            "bank_version": _INTEGER,
            "title": TEXT,
            "for_whom": TEXT,
            "subject": one_of(("person", "place")),
            "specialist": _FLAG,
            "settings": TEXTS,
            "minutes": _INTEGER,
            "state": TEXT,
            "before_you_start": TEXTS,
            "what_not_to_ask": TEXTS,
            "indicators": _by_name(_sign()),
            "route_order": list_of(one_of(routes)),
            "routes": _of(routes, route),
            "part_order": TEXTS,
            "parts": _by_name(part),
            "asks": {"type": "array", "items": ask},
            "show_card": when,
        }
    )
    return {**body, "$defs": {"expression": _expression(), "predicate": _predicate()}}


def _sign() -> Schema:
    return closed(
        {
            "question": TEXT,
            "label": TEXT,
            "why": TEXT,
            "look_for": TEXT,
            "elements": list_of(one_of(ELEMENTS)),
            "weight": {"type": "integer", "minimum": 0, "maximum": 3},
            "types": list_of(one_of(TYPES)),
            "known": one_of(("seen", "person_said", "by_section")),
            "marks": list_of(one_of({*MARKS, "decisive_strong", "decisive_some"})),
            "checked": one_of(CHECKED),
        },
        {
            "source": TEXT,
            "ilo_item": TEXT,
            "person_question": TEXT,
            "person_yes_means": one_of(("sign", "no_sign")),
        },
    )


def _expression() -> Schema:
    several = {"type": "array", "items": {"$ref": "#/$defs/expression"}, "minItems": 1}
    count = closed({"set": TEXT, "at_least": {"type": "integer", "minimum": 1}})
    return {
        "anyOf": [closed({"all": several}), closed({"any": several}), closed({"count": count}), closed({"score": TEXT})]
    }


def _predicate() -> Schema:
    several = {"type": "array", "items": {"$ref": "#/$defs/predicate"}}
    one: Schema = {"$ref": "#/$defs/predicate"}
    return {"anyOf": [closed({"all": several}), closed({"any": several}), closed({"not": one}), _fact_test()]}


def _fact_test() -> Schema:
    return closed({"fact": TEXT, "in": TEXTS})


def _by_name(schema: Any) -> Schema:
    return {"type": "object", "additionalProperties": schema}


def _of(names: Collection[str], schema: Schema) -> Schema:
    return {"type": "object", "properties": dict.fromkeys(sorted(names), schema), "additionalProperties": False}
