"""The sections of a checklist, and how those of one chosen part (a setting) join them.

A part refers to signs of the bank and never copies their words. Nothing is asked of a child or at a place.
"""

from collections.abc import Mapping
from typing import Any

from server.screening import reading
from server.screening.bank import Bank
from server.screening.reading import ContentError

# In every route: seen, then told, then offered.
KINDS = ("seen", "told", "offered")
# Nobody answers more in one sitting; a checklist joined with a part must keep to it as well. A specialist, over more
# than one meeting, may be given as many as the longest published list has (ILO/EC 2009, adults at work: 67).
LONGEST = 40
LONGEST_FOR_SPECIALISTS = 67

# What a sign must apply to before a route may ask for it.
_FITS = {"adult": ("adult", "both"), "child_or_unsure": ("child", "both"), "place": ("place", "both")}

Section = dict[str, Any]


def read_sections(listed: object, subject: str, bank: Bank, file: str, key: str) -> list[Section]:
    """Checked sections {id, title, kind, routes, indicators} of a checklist for `subject`, or of one of its parts.

    Raises ContentError, with file and key, for an unknown sign, route or kind, a sign that is not for the route,
    and a section that asks where nothing may be asked.
    """
    return [
        _section(entry, subject, bank, file, f"{key}[{index}]")
        for index, entry in enumerate(reading.items(listed, file, key))
    ]


def joined(route: str, sections: list[Section], part: list[Section], most: int, file: str, key: str) -> dict[str, Any]:
    """{sections, items} of one route: by kind, the checklist's own before the part's, repeats dropped.

    Raises ContentError for a sign that the checklist itself asks twice on the route, and for more than `most`.
    """
    own = [sign for section in sections if route in section["routes"] for sign in section["indicators"]]
    for sign in own:
        if own.count(sign) > 1:
            raise ContentError(file, f"{key} ({route})", f"{sign!r} is asked twice on this route")
    taken = set(own)
    added = []
    for section in part:
        if route in section["routes"]:
            fresh = [sign for sign in section["indicators"] if sign not in taken]
            taken.update(fresh)
            added.append({**section, "indicators": fresh})
    every = [section for section in (*sections, *added) if route in section["routes"] and section["indicators"]]
    ordered = sorted(every, key=lambda section: KINDS.index(section["kind"]))
    items = [sign for section in ordered for sign in section["indicators"]]
    if len(items) > most:
        raise ContentError(file, f"{key} ({route})", f"{len(items)} signs; nobody answers more than {most}")
    told = ("id", "title", "kind", "indicators")
    return {"sections": [{name: section[name] for name in told} for section in ordered], "items": items}


def _section(entry: Any, subject: str, bank: Bank, file: str, key: str) -> Section:
    section = reading.mapping(entry, file, key)
    reading.only_keys(section, ("id", "title", "kind", "routes", "indicators"), (), file, key)
    kind = reading.one_of(section["kind"], KINDS, file, f"{key}.kind")
    signs = reading.texts(section["indicators"], file, f"{key}.indicators")
    allowed = ("place",) if subject == "place" else ("adult", "child_or_unsure")
    for route in reading.texts(section["routes"], file, f"{key}.routes"):
        reading.one_of(route, allowed, file, f"{key}.routes")
        if kind == "told" and route != "adult":
            raise ContentError(file, f"{key}.kind", "nothing is asked of a child or at a place; use seen or offered")
        for sign in signs:
            _check_sign(sign, route, bank, file, f"{key}.indicators")
    return section


def _check_sign(sign: str, route: str, bank: Bank, file: str, key: str) -> None:
    found: Mapping[str, Any] = bank.indicators
    reading.one_of(sign, found, file, key)
    whom = bank.indicators[sign].applies_to
    if whom not in _FITS[route]:
        raise ContentError(file, key, f"{sign!r} is a sign for {whom}, not for {route}")
    if not bank.indicators[sign].label:
        raise ContentError(file, f"{key} ({sign})", "has no label in the bank; results could not name it")
