"""Areas by their names. An area that is not known here keeps its code."""

import functools

from server.locale import content
from server.screening.definitions import shipped


def area_name(code: str) -> str:
    """The name of an area or of the police division that a small one was rolled up to."""
    return content(_names().get(code, code))


@functools.cache
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for definition in shipped().values():
        if definition["kind"] == "areas":
            for area in definition["areas"]:
                for named in (area, area.get("roll_up", area)):
                    names[named["code"]] = named["name"]
    return names
