"""A checklist compiled from the bank, the ladders and the legal tests into one flat definition for both
engines.

A definition holds strings, integers, lists and objects only, so that its hash is the same everywhere.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from server.screening import reading
from server.screening.bank import Bank, Indicator, load_bank
from server.screening.branching import Branching
from server.screening.displays import Displays
from server.screening.ladders import Ladders
from server.screening.paths import NO_PART, can_fire, findings
from server.screening.reading import ContentError
from server.screening.scores import ScoreList
from server.screening.sections import LONGEST, LONGEST_FOR_SPECIALISTS, Section, joined, read_sections

FORMAT = 2

_REQUIRED = (
    "id",
    "version",
    "title",
    "for_whom",
    "subject",
    "settings",
    "minutes",
    "state",
    "displays",
    "before_you_start",
    "what_not_to_ask",
    "sections",
)
_OPTIONAL = ("specialist", "also")

# The setting of a referral is the id of a part: what frontend/src/sending/compose.ts lets through.
_SENT = re.compile(r"[a-z0-9-]{1,40}")


@dataclass(frozen=True)
class Sources:
    """What every checklist is composed from."""

    bank: Bank
    branching: Branching
    ladders: Ladders
    displays: Displays
    scores: ScoreList


def load_sources(folder: Path) -> Sources:
    """The bank, branching, ladders, legal tests and scores in `folder`. Raises ContentError with file and key."""
    bank = load_bank(folder)
    ladders = Ladders(folder / "ladders.yaml", bank)
    return Sources(
        bank,
        Branching(folder / "branching.yaml", ladders.names),
        ladders,
        Displays(folder / "displays.yaml"),
        ScoreList(folder / "scores.yaml", bank),
    )


def compile_checklist(path: Path, sources: Sources) -> dict[str, Any]:
    """The definition (kind checklist, format 2) of the checklist in the YAML file `path`.

    Raises ContentError, with file and key, for an unknown sign, route, kind, display or ladder, a sign asked
    twice on one route, one without a label, a child route that asks, a place list with signs about a person, a
    part that adds nothing, more than 40 signs, also when joined with a part, and whatever paths.findings finds.
    """
    file = path.name
    source = reading.read_yaml(path)
    reading.only_keys(source, _REQUIRED, _OPTIONAL, file, "(top)")
    subject = reading.one_of(source["subject"], ("person", "place"), file, "subject")
    shown = reading.texts(source["displays"], file, "displays")
    is_specialist = reading.one_of(source.get("specialist", "false"), ("true", "false"), file, "specialist") == "true"
    most = LONGEST_FOR_SPECIALISTS if is_specialist else LONGEST
    sections = read_sections(source["sections"], subject, sources.bank, file, "sections")
    parts = _parts(source, subject, sources.bank, file)
    every = [*sections, *(section for part in parts.values() for section in part["sections"])]
    routes: dict[str, Any] = {}
    for route in sources.branching.names:
        if any(route in section["routes"] for section in sections):
            routes[route] = {
                "when": sources.branching.when(route),
                **joined(route, sections, [], most, file, "sections"),
                **_judged(route, every, shown, sources, file),
            }
    asked = {sign for section in every for sign in section["indicators"]}
    checklist: dict[str, Any] = {
        "kind": "checklist",
        "format": FORMAT,
        "id": reading.text(source["id"], file, "id"),
        "version": reading.integer(source["version"], file, "version"),
        "bank_version": sources.bank.version,
        "title": reading.text(source["title"], file, "title"),
        "for_whom": reading.text(source["for_whom"], file, "for_whom"),
        "subject": subject,
        "specialist": int(is_specialist),
        "settings": reading.texts(source["settings"], file, "settings"),
        "minutes": reading.integer(source["minutes"], file, "minutes"),
        "state": reading.text(source["state"], file, "state"),
        "before_you_start": reading.texts(source["before_you_start"], file, "before_you_start"),
        "what_not_to_ask": reading.texts(source["what_not_to_ask"], file, "what_not_to_ask"),
        "indicators": {
            sign.id: _compiled_sign(sign, subject) for sign in sources.bank.indicators.values() if sign.id in asked
        },
        "route_order": list(routes),
        "routes": routes,
        "part_order": list(parts),
        "parts": {name: _compiled_part(name, part, routes, sections, most, file) for name, part in parts.items()},
        "asks": sources.branching.asks,
        "show_card": sources.branching.show_card,
    }
    checklist["asks"] = [ask for ask in sources.branching.asks if can_fire(checklist, ask)]
    found = findings(checklist, sources.bank)
    if found:
        also = "".join(f"\n{one.file}: {one.key}: {one.problem}" for one in found[1:])
        raise ContentError(file, found[0].key, f"{found[0].problem}{also}")
    return checklist


def _parts(source: dict[str, Any], subject: str, bank: Bank, file: str) -> dict[str, dict[str, Any]]:
    """The parts for settings by id, with their sections read."""
    parts: dict[str, dict[str, Any]] = {}
    for index, entry in enumerate(reading.items(source.get("also", []), file, "also")):
        key = f"also[{index}]"
        part = reading.mapping(entry, file, key)
        reading.only_keys(part, ("id", "title", "settings", "adds_minutes", "sections"), (), file, key)
        name = reading.text(part["id"], file, f"{key}.id")
        if not _SENT.fullmatch(name):
            raise ContentError(
                file, f"{key}.id", f"{name!r} must be a-z, 0-9 and -, at most 40, or it could not be sent"
            )
        if name in parts or name == NO_PART:
            raise ContentError(file, f"{key}.id", f"{name!r} is taken; give each part a name of its own")
        reading.text(part["title"], file, f"{key}.title")
        for setting in reading.texts(part["settings"], file, f"{key}.settings"):
            reading.one_of(setting, source["settings"], file, f"{key}.settings")
        parts[name] = {**part, "sections": read_sections(part["sections"], subject, bank, file, f"{key}.sections")}
    return parts


def _compiled_part(
    name: str, part: dict[str, Any], routes: dict[str, Any], sections: list[Section], most: int, file: str
) -> dict[str, Any]:
    key = f"also.{name}"
    found = {}
    for route, body in routes.items():
        whole = joined(route, sections, part["sections"], most, file, key)
        if whole["items"] != body["items"]:
            found[route] = whole
    if not found:
        raise ContentError(file, key, "adds no sign to any route; leave it out")
    return {
        "title": part["title"],
        "settings": part["settings"],
        "minutes": reading.integer(part["adds_minutes"], file, f"{key}.adds_minutes"),
        "routes": found,
    }


def _judged(route: str, every: list[Section], shown: list[str], sources: Sources, file: str) -> dict[str, Any]:
    """Ladders, scores and displays of one route over all its signs, those of the parts too: both engines narrow
    them to the signs that are asked."""
    items = list(
        dict.fromkeys(sign for section in every if route in section["routes"] for sign in section["indicators"])
    )
    signs = [sources.bank.indicators[sign] for sign in items]
    scores = sources.scores.compiled(route, shown, signs)
    of_sexual_only = next((sign.id for sign in signs if set(sign.types) == {"sexual"}), None)
    if scores and of_sexual_only:
        # Strengths published for work would be read into another harm.
        problem = (
            f"no score runs beside {of_sexual_only!r}: for sexual exploitation no published strengths are confirmed"
        )
        raise ContentError(file, "displays", problem)
    displays: dict[str, Any] = {}
    for name in shown:
        scored = sources.scores.displayed_as(name)
        if scored is None:
            reading.one_of(name, sources.displays.names, file, "displays")
            displays[name] = sources.displays.compiled(name, signs)
        elif scored in scores:
            displays[name] = {"type": "score", "name": scored}
    return {
        "ladders": [
            {**entry, "ladder": _without_items(sources.ladders.compiled(entry["name"], items, frozenset(scores)))}
            for entry in sources.branching.ladders[route]
        ],
        "scores": scores,
        "displays": displays,
    }


def _without_items(ladder: dict[str, Any]) -> dict[str, Any]:
    """The ladder without what narrowing takes from the signs that are asked: 1.5 KB less for every phone."""
    return {name: part for name, part in ladder.items() if name not in ("items", "fold")}


def _compiled_sign(sign: Indicator, subject: str) -> dict[str, Any]:
    compiled: dict[str, Any] = {
        "question": sign.question,
        "label": sign.label,
        "why": sign.why,
        "look_for": sign.look_for,
        "elements": list(sign.elements),
        "weight": sign.weight,
        "types": list(sign.types),
        "known": {"observed": "seen", "disclosed": "person_said"}.get(sign.evidence, "by_section"),
        "marks": _marks(sign, subject),
        "checked": sign.checked,
    }
    # Signs that share one count once between them in a ladder; a sign that never counts has none.
    if sign.ilo_item and "unscored" not in sign.marks:
        compiled["ilo_item"] = sign.ilo_item
    if sign.person_question and subject == "person":
        compiled["person_question"] = sign.person_question
        compiled["person_yes_means"] = sign.person_yes_means
    return compiled


def _marks(sign: Indicator, subject: str) -> list[str]:
    marks = set(sign.marks)
    if sign.decisive:
        marks.add(f"decisive_{sign.decisive}")
    if subject == "place":
        # At a place nothing is asked of anybody, whatever the bank allows with an adult who is alone.
        marks.add("observe_only")
    return sorted(marks)
