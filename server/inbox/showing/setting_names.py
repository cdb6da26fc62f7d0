"""Settings by their names: the titles of the parts of checklists. One that is not known here keeps its code."""

import functools
from collections.abc import Mapping
from typing import Any

from server.locale import content
from server.screening.definitions import shipped

# What a phone sends when no setting was chosen.
NOT_SAID = "any"


def setting_name(code: str, subject: str, checklist: Mapping[str, Any] | None = None) -> str:
    """The name of a setting in the page's language; empty when none was chosen.

    In: the code of the coded part, who it is about (a list for a place names a setting in its own way), the sender's
    checklist where it is known.
    """
    if code == NOT_SAID:
        return ""
    part = checklist["parts"].get(code) if checklist and "parts" in checklist else None
    return content(part["title"] if part else _titles().get((subject, code), code))


@functools.cache
def _titles() -> dict[tuple[str, str], str]:
    """(subject, id of a part) → its title, of the first list that has it."""
    titles: dict[tuple[str, str], str] = {}
    for definition in shipped().values():
        if definition["kind"] == "checklist":
            for part, found in definition["parts"].items():
                titles.setdefault((definition["subject"], part), found["title"])
    return titles
