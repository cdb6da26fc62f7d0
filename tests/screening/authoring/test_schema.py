"""The schemas are sound JSON Schema, take all that is shipped, and refuse what is bent; our own reading of them agrees
with a validator of the whole standard."""

import copy
import json
import random
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from server.screening import reading
from server.screening.authoring.schema import KINDS_OF_FILE, schemas
from server.screening.authoring.schema_check import faults
from server.screening.canonical import canonical_json
from server.screening.checklist import load_sources
from server.screening.compiling import compiled
from server.screening.own_content import SHIPPED
from tests.depth import DEPTH

SCHEMAS = schemas(SHIPPED, load_sources(SHIPPED))
WHOLE = {kind: jsonschema_rs.Draft202012Validator(schema) for kind, schema in SCHEMAS.items()}
ANSWERS = {
    "checklist": "first-look",
    "nation": "GB-SCT",
    "setting": "any",
    "facts": {"age": "adult", "exploitation": ["labour"]},
    "answers": {"locked-in-or-guarded": "yes", "no-access-to-id": {"answer": "yes", "known": ["seen"]}},
}


def read(path: Path) -> Any:
    return reading.read_json(path) if path.suffix == ".json" else reading.read_yaml(path)


@cache
def shipped() -> list[tuple[str, str, Any]]:
    """(kind, name, value) of every file that is shipped, of every compiled checklist, and of one set of answers."""
    folders = {"checklists": "checklist", "pathways": "pathway", "areas": "areas"}
    found = [(kind, path.name, read(path)) for folder, kind in folders.items() for path in (SHIPPED / folder).iterdir()]
    found += [(kind, f"{kind}.yaml", read(SHIPPED / f"{kind}.yaml")) for kind in ("indicators", "nations")]
    found += [
        ("definition", name, json.loads(canonical_json(one)))
        for (kind, name), one in compiled(SHIPPED).items()
        if kind == "checklist"
    ]
    return [*found, ("answers", "answers", ANSWERS)]


def agree(kind: str, value: Any) -> bool:
    """Whether it is valid; fails when the two readings differ."""
    found = faults(value, SCHEMAS[kind], SCHEMAS[kind])
    assert WHOLE[kind].is_valid(value) == (not found), (kind, found[:3])
    return not found


@pytest.mark.parametrize("kind", KINDS_OF_FILE)
def test_every_schema_is_sound(kind: str) -> None:
    jsonschema_rs.meta.validate(SCHEMAS[kind])
    assert SCHEMAS[kind]["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_everything_that_is_shipped_is_valid() -> None:
    assert {kind for kind, _, _ in shipped()} == set(KINDS_OF_FILE)
    assert [name for kind, name, value in shipped() if not agree(kind, value)] == []


def test_numbers_may_stand_as_numbers() -> None:
    """Another YAML reader makes numbers of digits; an editor that checks with our schema must not complain."""
    for kind, name, value in shipped():
        if kind in ("checklist", "indicators", "nations"):
            assert agree(kind, _with_numbers(value)), name


def test_what_is_bent_is_refused_by_both_readings_alike() -> None:
    chance = random.Random(20261123)
    refused = 0
    for _ in range(DEPTH.examples * 5):
        kind, _, value = chance.choice(shipped())
        refused += not agree(kind, _bent(value, chance))
    assert refused > DEPTH.examples * 3


@pytest.mark.parametrize(
    ("kind", "place", "value", "key"),
    [
        ("checklist", ("sections", 0, "kind"), "tolled", "sections[0].kind"),
        ("checklist", ("sections", 0, "indicators", 1), "no-such-sign", "sections[0].indicators[1]"),
        ("checklist", ("minutes",), "few", "minutes"),
        ("checklist", ("displays", 0), "a-legal-score", "displays[0]"),
        ("checklist", ("spelt-wrong",), "x", "spelt-wrong"),
        ("indicators", ("indicators", 0, "weight"), "9", "indicators[0].weight"),
        ("indicators", ("indicators", 0, "nationality"), "x", "indicators[0].nationality"),
        ("indicators", ("indicators", 0, "applies_to"), "place", "indicators[0].person_question"),
        ("indicators", ("indicators", 0, "marks"), ["observe_only"], "indicators[0].person_question"),
        ("pathway", ("rules", 0, "when"), {"all": [{"fact": "age", "is": "adult"}]}, "rules[0].when.all[0].is"),
        ("answers", ("answers", "locked-in-or-guarded"), "maybe", "answers.locked-in-or-guarded"),
        ("answers", ("name",), "somebody", "name"),
        ("areas", ("areas", 0, "population"), "many", "areas[0].population"),
        ("nations", ("nations", 0, "code"), "Scotland", "nations[0].code"),
        ("definition", ("format",), 1, "format"),
    ],
)
def test_a_fault_names_its_key(kind: str, place: tuple[Any, ...], value: Any, key: str) -> None:
    whole = copy.deepcopy(next(found for wanted, _, found in shipped() if wanted == kind))
    inside = whole
    for step in place[:-1]:
        inside = inside[step]
    inside[place[-1]] = value
    assert not agree(kind, whole)
    assert key in [fault.key for fault in faults(whole, SCHEMAS[kind], SCHEMAS[kind])]


def test_every_fault_is_told_and_not_only_the_first() -> None:
    bent = {
        **copy.deepcopy(read(SHIPPED / "checklists/begging.yaml")),
        "minutes": "few",
        "subject": "thing",
        "more": "x",
    }
    del bent["title"]
    keys = {fault.key for fault in faults(bent, SCHEMAS["checklist"], SCHEMAS["checklist"])}
    assert keys == {"minutes", "subject", "more", "title"}


def test_a_keyword_that_is_not_known_here_is_an_error_and_no_pass() -> None:
    with pytest.raises(ValueError, match="oneOf"):
        faults({}, {"oneOf": []}, {})


def _with_numbers(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _with_numbers(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_with_numbers(part) for part in value]
    return int(value) if value.isdecimal() else value


def _bent(value: Any, chance: random.Random) -> Any:
    """A copy with one thing somewhere inside taken out, renamed, doubled or of another type."""
    whole = copy.deepcopy(value)
    inside: Any = whole
    while True:
        keys = list(inside) if isinstance(inside, dict) else list(range(len(inside)))
        if not keys:
            return {}
        key = chance.choice(keys)
        if isinstance(inside[key], dict | list) and inside[key] and chance.random() < 0.8:
            inside = inside[key]
            continue
        how = chance.choice(["gone", "other", "doubled", "renamed"])
        if how == "other" or (how == "renamed" and isinstance(inside, list)):
            inside[key] = chance.choice(["", [], {}, 7, True, "no such word", ["a", "a"]])
        elif how == "doubled" and isinstance(inside, list):
            inside.append(copy.deepcopy(inside[key]))
        elif how == "gone":
            del inside[key]
        else:
            inside["no such key"] = inside.pop(key)
        return whole
