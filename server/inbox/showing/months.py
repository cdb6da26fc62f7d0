"""The months of an organisation, ready for the table: in words and numbers, never anything about one referral."""

from dataclasses import dataclass
from datetime import date

from babel.dates import format_skeleton

from server.inbox import times, words
from server.services.months import Month


@dataclass(frozen=True, slots=True)
class Line:
    """One month: its name, how many came, and how many of those ended as what."""

    name: str
    arrived: int
    ended: list[tuple[str, int]]


def line_of(month: Month) -> Line:
    """Arrange one month."""
    first = date.fromisoformat(f"{month.month}-01")
    return Line(
        name=format_skeleton("yMMMM", first, locale=times.cldr_locale()),
        arrived=month.arrived,
        ended=[(words.outcome(code), number) for code, number in month.ended.items()],
    )
