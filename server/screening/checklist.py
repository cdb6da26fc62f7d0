"""A checklist compiled from the bank, the ladders and the legal tests into one flat definition for both
engines.

A definition holds strings, integers, lists and objects only, so that its hash is the same everywhere.
"""

from pathlib import Path
from typing import Any

from server.screening import reading
from server.screening.bank import Bank, Indicator
from server.screening.displays import Displays
from server.screening.ladders import Ladders
from server.screening.reading import ContentError

# Age not known to be 18 or over is its own route. It carries the adult ladder as well: "unsure" takes the
# stronger of adult and child.
LADDERS_OF = {
    "adult": ("adult",),
    "child_or_unsure": ("adult", "child", "child-with-parent"),
    "place": ("place",),
}
KINDS = ("seen", "told", "offered")
LONGEST = 40

_REQUIRED = (
    "id",
    "version",
    "title",
    "for_whom",
    "subject",
    "minutes",
    "state",
    "displays",
    "before_you_start",
    "what_not_to_ask",
    "sections",
)


def compile_checklist(path: Path, bank: Bank, ladders: Ladders, displays: Displays) -> dict[str, Any]:
    """The definition (kind checklist, format 1) of the checklist in the YAML file `path`.

    Raises ContentError, with file and key, for an unknown sign, route, kind, display or ladder, a sign asked
    twice on one route, one without a label, a child route that asks, a place list with signs about a person,
    or more than 40 signs.
    """
    file = path.name
    source = reading.read_yaml(path)
    reading.only_keys(source, _REQUIRED, (), file, "(top)")
    subject = reading.one_of(source["subject"], ("person", "place"), file, "subject")
    sections = [
        _section(entry, subject, bank, file, f"sections[{index}]")
        for index, entry in enumerate(reading.items(source["sections"], file, "sections"))
    ]
    routes: dict[str, Any] = {}
    for route in LADDERS_OF:
        mine = [section for section in sections if route in section["routes"]]
        if mine:
            routes[route] = _route(route, mine, source["displays"], bank, ladders, displays, file)
    asked = {sign: section["kind"] for section in reversed(sections) for sign in section["indicators"]}
    return {
        "kind": "checklist",
        "format": 1,
        "id": reading.text(source["id"], file, "id"),
        "version": reading.integer(source["version"], file, "version"),
        "bank_version": bank.version,
        "title": reading.text(source["title"], file, "title"),
        "for_whom": reading.text(source["for_whom"], file, "for_whom"),
        "subject": subject,
        "minutes": reading.integer(source["minutes"], file, "minutes"),
        "state": reading.text(source["state"], file, "state"),
        "before_you_start": reading.texts(source["before_you_start"], file, "before_you_start"),
        "what_not_to_ask": reading.texts(source["what_not_to_ask"], file, "what_not_to_ask"),
        "indicators": {
            sign: _compiled_sign(bank.indicators[sign], kind, subject, file) for sign, kind in asked.items()
        },
        "routes": routes,
    }


def _section(entry: Any, subject: str, bank: Bank, file: str, key: str) -> dict[str, Any]:
    section = reading.mapping(entry, file, key)
    reading.only_keys(section, ("id", "title", "kind", "routes", "indicators"), (), file, key)
    kind = reading.one_of(section["kind"], KINDS, file, f"{key}.kind")
    allowed = ("place",) if subject == "place" else ("adult", "child_or_unsure")
    for route in reading.texts(section["routes"], file, f"{key}.routes"):
        reading.one_of(route, allowed, file, f"{key}.routes")
        if kind == "told" and route != "adult":
            raise ContentError(file, f"{key}.kind", "nothing is asked of a child or at a place; use seen or offered")
        for sign in reading.texts(section["indicators"], file, f"{key}.indicators"):
            reading.one_of(sign, bank.indicators, file, f"{key}.indicators")
            whom = bank.indicators[sign].applies_to
            fits = {
                "adult": ("adult", "both"),
                "child_or_unsure": ("child", "both"),
                "place": ("place", "both"),
            }[route]
            if whom not in fits:
                raise ContentError(file, f"{key}.indicators", f"{sign!r} is a sign for {whom}, not for {route}")
    return section


def _route(
    route: str,
    sections: list[dict[str, Any]],
    shown: list[str],
    bank: Bank,
    ladders: Ladders,
    displays: Displays,
    file: str,
) -> dict[str, Any]:
    ordered = sorted(sections, key=lambda section: KINDS.index(section["kind"]))
    items = [sign for section in ordered for sign in section["indicators"]]
    for sign in items:
        if items.count(sign) > 1:
            raise ContentError(file, f"sections ({route})", f"{sign!r} is asked twice on this route")
    if len(items) > LONGEST:
        raise ContentError(file, f"sections ({route})", f"{len(items)} signs; nobody answers more than {LONGEST}")
    signs = [bank.indicators[sign] for sign in items]
    return {
        "sections": [{name: section[name] for name in ("id", "title", "kind", "indicators")} for section in ordered],
        "items": items,
        "ladders": {name: ladders.compiled(name, items, frozenset()) for name in LADDERS_OF[route]},
        "scores": {},
        "displays": {
            reading.one_of(name, displays.names, file, "displays"): displays.compiled(name, signs)
            for name in reading.texts(shown, file, "displays")
        },
    }


def _compiled_sign(sign: Indicator, kind: str, subject: str, file: str) -> dict[str, Any]:
    if not sign.label:
        raise ContentError(file, f"sections ({sign.id})", "has no label in the bank; results could not name it")
    compiled: dict[str, Any] = {
        "question": sign.question,
        "label": sign.label,
        "why": sign.why,
        "look_for": sign.look_for,
        "elements": list(sign.elements),
        "weight": sign.weight,
        "types": list(sign.types),
        "known": _likely_known(sign, kind),
        "section": kind,
        "marks": _marks(sign, subject),
        "source": sign.source,
        "checked": sign.checked,
    }
    if sign.ilo_item:
        compiled["ilo_item"] = sign.ilo_item
    if sign.person_question and subject == "person":
        compiled["person_question"] = sign.person_question
        compiled["person_yes_means"] = sign.person_yes_means
    return compiled


def _likely_known(sign: Indicator, kind: str) -> str:
    """How a yes is most likely known: the chip that is set first, and that the worker may change."""
    if sign.evidence == "either":
        return "seen" if kind == "seen" else "person_said"
    return "seen" if sign.evidence == "observed" else "person_said"


def _marks(sign: Indicator, subject: str) -> list[str]:
    marks = set(sign.marks)
    if sign.decisive:
        marks.add(f"decisive_{sign.decisive}")
    if subject == "place":
        # At a place nothing is asked of anybody, whatever the bank allows with an adult who is alone.
        marks.add("observe_only")
    return sorted(marks)
