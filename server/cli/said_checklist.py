"""A compiled checklist as text to read: who it is for, what not to ask, and each sign in its place."""

from collections.abc import Iterator, Mapping
from typing import Any

_ROUTES = {
    "adult": "An adult",
    "child_or_unsure": "Someone who may be under 18: nothing is asked",
    "place": "A place: nothing is asked",
}
_KINDS = {"seen": "seen", "told": "told to you, or you may ask", "offered": "only if they bring it up"}


def lines(checklist: Mapping[str, Any]) -> Iterator[str]:
    """The whole checklist, line by line."""
    numbered = f"version {checklist['version']}, signs {checklist['bank_version']}"
    yield f"{checklist['title']} ({numbered}, {checklist['state']})"
    yield checklist["for_whom"]
    for heading, name in (("Before you start", "before_you_start"), ("Leave out", "what_not_to_ask")):
        yield ""
        yield heading
        yield from (f"  - {line}" for line in checklist[name])
    for route in checklist["route_order"]:
        yield ""
        yield _ROUTES.get(route, route)
        base = checklist["routes"][route]
        yield from _sections(checklist, base["sections"], ())
        for part in checklist["part_order"]:
            joined = checklist["parts"][part]["routes"].get(route)
            if joined:
                yield f"  With {checklist['parts'][part]['title']} ({part}) also"
                yield from _sections(checklist, joined["sections"], base["items"])


def _sections(
    checklist: Mapping[str, Any], sections: list[Mapping[str, Any]], known: tuple[str, ...] | list[str]
) -> Iterator[str]:
    for section in sections:
        fresh = [sign for sign in section["indicators"] if sign not in known]
        if fresh:
            yield f"  {section['title']} ({_KINDS[section['kind']]})"
            yield from (f"    - {checklist['indicators'][sign]['question']}  [{sign}]" for sign in fresh)
