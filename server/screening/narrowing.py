"""What a route judges, narrowed to the signs that are asked: those of the checklist and of one chosen part.

Ladders, scores and displays are compiled once over every part. A sign that is not asked must count as neither
given nor open. Same rule as frontend/src/screening/narrowing.ts.
"""

from collections.abc import Mapping
from typing import Any

Definition = Mapping[str, Any]


def asked_of(checklist: Definition, route: str, setting: object) -> Definition:
    """{sections, items} of a route joined with the part for `setting`; a setting that is no part adds nothing."""
    part = checklist["parts"].get(setting) if isinstance(setting, str) else None
    found: Definition = part["routes"].get(route, checklist["routes"][route]) if part else checklist["routes"][route]
    return found


def narrowed_ladder(ladder: Definition, signs: Definition) -> Definition:
    """The whole ladder over the compiled `signs` that are asked, in their order. Those of one ILO item count once."""
    items = list(signs)
    fold = {item: sign["ilo_item"] for item, sign in signs.items() if "ilo_item" in sign}
    sets = {name: _within(members, items) for name, members in ladder["sets"].items()}
    return {**ladder, "items": items, "fold": fold, "sets": sets}


def narrowed_score(score: Definition, items: list[str]) -> Definition | None:
    """A score of the route over `items` alone; None where nothing of it is asked, so that it stays open."""
    if score["type"] != "strength_combination":
        return score
    asked = [item for item in score["items"] if item["id"] in items]
    return {**score, "items": asked} if asked else None


def narrowed_display(display: Definition, items: list[str]) -> Definition:
    """A legal test over `items` alone."""
    elements = {name: _within(members, items) for name, members in display["elements"].items()}
    return {**display, "elements": elements}


def _within(members: list[str], items: list[str]) -> list[str]:
    there = set(members)
    return [item for item in items if item in there]
