"""The areas of a nation, for the picker on the phone. A small area rolls up before anything is sent, because one
island points at a person; one of few people says so, because a setting or a kind of harm may then do the same."""

from pathlib import Path
from typing import Any

from server.screening import reading
from server.screening.reading import ContentError

_TOP = ("id", "version", "sources", "roll_up_below", "few_below", "wider", "areas")


def load_areas(path: Path) -> dict[str, Any]:
    """The definition (kind areas, format 1) in a JSON file of areas with populations.

    An area with fewer people than `roll_up_below` carries its wider area (a police division, a region) as roll_up.
    Where what is sent holds fewer than `few_below`, it carries `few`: 1. Raises ContentError.
    """
    file = path.name
    source = reading.read_json(path)
    reading.only_keys(source, _TOP, (), file, "(top)")
    wider = reading.mapping(source["wider"], file, "wider")
    entries = [_entry(entry, wider, file, f"areas[{index}]") for index, entry in enumerate(_listed(source, file))]
    codes = [entry["code"] for entry in entries]
    for code in (*codes, *wider):
        if [*codes, *wider].count(code) > 1:
            raise ContentError(file, "areas", f"{code!r} stands there twice: each area has a code of its own")
    for code in wider:
        if all(entry["wider"] != code for entry in entries):
            raise ContentError(file, f"wider.{code}", "is used by nothing: use it or take it out")
    below = reading.integer(source["roll_up_below"], file, "roll_up_below")
    few_below = reading.integer(source["few_below"], file, "few_below")
    areas: list[dict[str, Any]] = []
    for entry in entries:
        area: dict[str, Any] = {"code": entry["code"], "name": entry["name"]}
        people = entry["population"]
        if people < below:
            code = entry["wider"]
            area["roll_up"] = {"code": code, "name": reading.text(wider[code], file, f"wider.{code}")}
            people = sum(one["population"] for one in entries if one["wider"] == code)
        if people < few_below:
            area["few"] = 1
        areas.append(area)
    return {
        "kind": "areas",
        "format": 1,
        "id": reading.text(source["id"], file, "id"),
        "version": reading.integer(source["version"], file, "version"),
        "areas": areas,
    }


def _listed(source: dict[str, Any], file: str) -> list[Any]:
    return reading.items(source["areas"], file, "areas")


def _entry(value: Any, wider: dict[str, Any], file: str, key: str) -> dict[str, Any]:
    entry = reading.mapping(value, file, key)
    reading.only_keys(entry, ("code", "name", "wider", "population"), (), file, key)
    return {
        "code": reading.text(entry["code"], file, f"{key}.code"),
        "name": reading.text(entry["name"], file, f"{key}.name"),
        "wider": reading.one_of(entry["wider"], wider, file, f"{key}.wider"),
        "population": reading.integer(entry["population"], file, f"{key}.population"),
    }
