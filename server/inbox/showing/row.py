"""One line of the list, ready for the template, and the search by reference."""

from dataclasses import dataclass
from datetime import datetime

from server.inbox import times, words
from server.inbox.showing.areas import area_name
from server.inbox.showing.reasons import strongest
from server.inbox.showing.referral import title_of
from server.services.triage import Row

# What people hear and type for letters that a reference never holds (Crockford's base32).
_HEARD = str.maketrans({"O": "0", "I": "1", "L": "1"})


@dataclass(frozen=True, slots=True)
class Line:
    """What a line of the list says. `hue` is the colour of its edge: now, today or later."""

    row: Row
    hue: str
    title: str
    place: str
    why: list[str]
    level: str
    concern: str
    note: str
    due: str


def line_of(row: Row, now: datetime) -> Line:
    """Arrange one row."""
    setting = row.setting if row.setting != "any" else ""
    level = strongest(row.concern, row.server_concern)
    return Line(
        row=row,
        hue=row.urgency if row.urgency in ("now", "today") and row.state != "closed" else "later",
        title=title_of(row.subject, row.age, row.kinds),
        place=" · ".join(part for part in (area_name(row.area), setting) if part),
        why=[words.because(code) for code in row.urgent_because],
        level=level,
        concern=words.concern(level),
        note=words.note(row.note),
        due=times.relative(row.due_at, now),
    )


def answers_to(row: Row, typed: str) -> bool:
    """Whether a reference has in it what was typed: with or without HD, hyphens and spaces."""
    wanted = _plain(typed)
    return bool(wanted) and wanted in _plain(row.reference)


def _plain(text: str) -> str:
    kept = "".join(char for char in text.upper() if char.isalnum())
    return kept.removeprefix("HD").translate(_HEARD)
