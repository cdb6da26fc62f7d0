"""The numbers that phones must no longer ring. It never names a number that a pack still gives, so that no slip can
strike through a line that answers, least of all the emergency number."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from server.screening import reading
from server.screening.pack_rules import check_date, check_number
from server.screening.reading import ContentError


def load_withdrawn(path: Path, pathways: Iterable[Mapping[str, Any]]) -> list[str]:
    """The withdrawn numbers (E.164, or short ones) in the YAML file `path`, in its order.

    In: the compiled pathways that are given to phones today. Raises ContentError, with file and key, for a number
    that one of them still gives, and for an entry that does not say since when, why and on whose word.
    """
    file = path.name
    source = reading.read_yaml(path)
    reading.only_keys(source, ("withdrawn",), (), file, "(top)")
    given = {
        contact["number"]: f"{pathway['id']}.yaml, contacts.{name}"
        for pathway in pathways
        for name, contact in pathway["contacts"].items()
        if "number" in contact
    }
    numbers: list[str] = []
    for index, value in enumerate(reading.items(source["withdrawn"], file, "withdrawn")):
        key = f"withdrawn[{index}]"
        entry = reading.mapping(value, file, key)
        reading.only_keys(entry, ("number", "was", "since", "why", "source"), (), file, key)
        for part in ("was", "why", "source"):
            reading.text(entry[part], file, f"{key}.{part}")
        check_date(entry["since"], file, f"{key}.since")
        number = check_number(entry["number"], file, f"{key}.number")
        if number in given:
            raise ContentError(file, f"{key}.number", f"still stands in {given[number]}: take it out there first")
        numbers.append(number)
    return numbers
