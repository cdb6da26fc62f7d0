"""The council areas of a nation, for the picker on the phone. A small area rolls up before anything is sent,
because one island points at a person."""

from pathlib import Path
from typing import Any

from server.screening import reading
from server.screening.reading import ContentError


def load_areas(path: Path) -> dict[str, Any]:
    """The definition (kind areas, format 1) in a JSON file of areas with populations.

    An area with fewer people than `roll_up_below` carries its police division as roll_up. Raises
    ContentError.
    """
    file = path.name
    source = reading.read_json(path)
    reading.only_keys(
        source, ("id", "version", "sources", "roll_up_below", "police_divisions", "areas"), (), file, "(top)"
    )
    divisions = reading.mapping(source["police_divisions"], file, "police_divisions")
    below = reading.integer(source["roll_up_below"], file, "roll_up_below")
    areas: list[dict[str, Any]] = []
    for index, entry in enumerate(reading.items(source["areas"], file, "areas")):
        key = f"areas[{index}]"
        reading.only_keys(
            reading.mapping(entry, file, key),
            ("code", "name", "police_division", "population"),
            (),
            file,
            key,
        )
        area: dict[str, Any] = {
            "code": reading.text(entry["code"], file, f"{key}.code"),
            "name": reading.text(entry["name"], file, f"{key}.name"),
        }
        division = reading.one_of(entry["police_division"], divisions, file, f"{key}.police_division")
        if reading.integer(entry["population"], file, f"{key}.population") < below:
            area["roll_up"] = {"code": f"police-{division}", "name": divisions[division]}
        areas.append(area)
    codes = [area["code"] for area in areas]
    if len(set(codes)) != len(codes):
        raise ContentError(file, "areas", "a code stands there twice")
    return {
        "kind": "areas",
        "format": 1,
        "id": reading.text(source["id"], file, "id"),
        "version": reading.integer(source["version"], file, "version"),
        "areas": areas,
    }
