"""JSON Schemas (2020-12) of what an organisation may write, and of what is compiled from it.

They are made from the very lists that the loaders check with, so that they cannot drift from them. What a schema cannot
say (a ladder, a dead rule) the loaders say.
"""

from collections.abc import Collection
from pathlib import Path
from typing import Any

from server.screening import reading
from server.screening.authoring.answers_file import ANSWERS, KNOWN
from server.screening.authoring.schema_definition import definition_schema
from server.screening.authoring.schema_pathway import pathway_schema
from server.screening.authoring.schema_words import NUMBER, TEXT, TEXTS, closed, list_of, one_of
from server.screening.bank import CHECKED, ELEMENTS, MARKS, PLACE_GROUPS, TYPES
from server.screening.checklist import Sources
from server.screening.sections import KINDS

Schema = dict[str, Any]
KINDS_OF_FILE = ("checklist", "indicators", "pathway", "areas", "nations", "answers", "definition")

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NAME: Schema = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}


def schemas(content: Path, sources: Sources) -> dict[str, Schema]:
    """The schemas by kind of file. The signs, legal tests and routes that may be named are those of the folder
    `content`, which `sources` were loaded from."""
    scores = reading.read_yaml(content / "scores.yaml")["scores"].values()
    shown = {*sources.displays.names, *(score["display"] for score in scores)}
    bodies = {
        "checklist": _checklist(sources.bank.indicators, shown, sources.branching.names),
        "indicators": _indicators(sources.bank.ilo_strengths),
        "pathway": pathway_schema(sources.bank.indicators),
        "areas": _areas(),
        "nations": _nations(),
        "answers": _answers(),
        "definition": definition_schema(sources.branching.names),
    }
    return {kind: {"$schema": _DIALECT, "title": f"Heed: {kind}", **body} for kind, body in bodies.items()}


def _checklist(signs: Collection[str], shown: Collection[str], routes: Collection[str]) -> Schema:
    section = closed(
        {
            "id": _NAME,
            "title": TEXT,
            "kind": one_of(KINDS),
            "routes": list_of(one_of(routes)),
            "indicators": list_of(one_of(signs)),
        }
    )
    # Nothing is asked of a child or at a place.
    section["if"] = {"properties": {"kind": {"const": "told"}}, "required": ["kind"]}
    section["then"] = {"properties": {"routes": {"items": {"const": "adult"}}}}
    sections = {"type": "array", "items": {"$ref": "#/$defs/section"}}
    part = closed({"id": _NAME, "title": TEXT, "settings": TEXTS, "adds_minutes": NUMBER, "sections": sections})
    body = closed(
        {
            "id": _NAME,
            "version": NUMBER,
            "title": TEXT,
            "for_whom": TEXT,
            "subject": one_of(("person", "place")),
            "settings": TEXTS,
            "minutes": NUMBER,
            "state": TEXT,
            "displays": list_of(one_of(shown)),
            "before_you_start": TEXTS,
            "what_not_to_ask": TEXTS,
            "sections": sections,
        },
        {"specialist": {"enum": ["true", "false", True, False]}, "also": {"type": "array", "items": part}},
    )
    return {**body, "$defs": {"section": section}}


def _indicators(ilo_items: Collection[str]) -> Schema:
    sign = closed(
        {
            "id": _NAME,
            "question": TEXT,
            "why": TEXT,
            "look_for": TEXT,
            "element": one_of(ELEMENTS),
            "weight": {"enum": ["0", "1", "2", "3", 0, 1, 2, 3]},
            "applies_to": one_of(("adult", "child", "both", "place")),
            "types": list_of(one_of(TYPES)),
            "sectors": TEXTS,
            "evidence": one_of(("observed", "disclosed", "either")),
            "source": TEXT,
            "checked": one_of(CHECKED),
        },
        {
            "label": TEXT,
            "person_question": TEXT,
            "person_yes_means": one_of(("sign", "no_sign")),
            "also_element": list_of(one_of(ELEMENTS)),
            "decisive": one_of(("strong", "some")),
            "marks": list_of(one_of(MARKS)),
            "place_group": one_of(PLACE_GROUPS),
            "ilo_item": one_of(ilo_items),
            "note": TEXT,
        },
    )
    never_put: Schema = {"properties": {"person_question": False}}
    sign["dependentRequired"] = {"person_question": ["person_yes_means"], "person_yes_means": ["person_question"]}
    sign["allOf"] = [
        {
            "if": {"properties": {"applies_to": one_of(("child", "place"))}, "required": ["applies_to"]},
            "then": never_put,
        },
        {
            "if": {"properties": {"marks": {"contains": {"const": "observe_only"}}}, "required": ["marks"]},
            "then": never_put,
        },
    ]
    sources = {"type": "object", "additionalProperties": TEXT}
    whole = closed(
        {"version": NUMBER, "indicators": {"type": "array", "items": {"$ref": "#/$defs/indicator"}}},
        {"state": TEXT, "source_keys": sources},
    )
    return {**whole, "$defs": {"indicator": sign}}


def _areas() -> Schema:
    area = closed({"code": TEXT, "name": TEXT, "wider": TEXT, "population": NUMBER})
    return closed(
        {
            "id": _NAME,
            "version": NUMBER,
            "sources": {},
            "roll_up_below": NUMBER,
            "few_below": NUMBER,
            "wider": {"type": "object", "additionalProperties": TEXT},
            "areas": {"type": "array", "items": area},
        }
    )


def _nations() -> Schema:
    code = {"type": "string", "pattern": "^[A-Z]{2}(-[A-Z0-9]{1,3})?$"}
    nation = closed({"code": code, "name": _NAME, "pack": _NAME})
    return closed({"version": NUMBER, "nations": {"type": "array", "items": nation}})


def _answers() -> Schema:
    answer = one_of(ANSWERS)
    with_known = closed({"answer": answer}, {"known": list_of(one_of(KNOWN))})
    fact = {"anyOf": [{"type": "string"}, TEXTS]}
    return closed(
        {"answers": {"type": "object", "additionalProperties": {"anyOf": [answer, with_known]}}},
        {
            "checklist": _NAME,
            "nation": TEXT,
            "setting": TEXT,
            "facts": {"type": "object", "additionalProperties": fact},
        },
    )
