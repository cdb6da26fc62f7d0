"""When a team reads: spans of the week by the clock of London. Whoever sends must be told the truth of it.

A span is {"days": [1, 2], "opens": "08:00", "closes": "18:00"}; days count from Monday, 1, and "24:00" is midnight.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

Spans = list[dict[str, Any]]

# Scotland and London share a clock; a team elsewhere needs its own zone first.
ZONE = ZoneInfo("Europe/London")
MOST_SPANS = 14
EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)
MIDNIGHT = "24:00"
ALWAYS: Spans = [{"days": list(EVERY_DAY), "opens": "00:00", "closes": MIDNIGHT}]
_ENGLISH = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")

TOO_MANY, NO_DAY, NO_TIME, ENDS_FIRST, OVERLAP = "too_many", "no_day", "no_time", "ends_first", "overlap"


class HoursRefused(ValueError):
    """These hours cannot be kept. `problem`: too_many (of spans), no_day, no_time (not HH:MM), ends_first (it closes
    before it opens: past midnight belongs to the next day), overlap. `day` is the day it is about, or None."""

    def __init__(self, problem: str, day: int | None = None) -> None:
        super().__init__(f"{problem}, day {day}" if day else problem)
        self.problem = problem
        self.day = day


@dataclass(frozen=True, slots=True)
class Days:
    """Days with the same hours: as runs (Monday to Friday is (1, 5), a day alone (6, 6)) and their times."""

    runs: tuple[tuple[int, int], ...]
    times: tuple[tuple[str, str], ...]

    @property
    def is_every_day(self) -> bool:
        """Whether no day of the week is left out."""
        return self.runs == ((1, 7),)

    @property
    def is_all_day(self) -> bool:
        """Whether it reads from midnight to midnight."""
        return self.times == (("00:00", MIDNIGHT),)


def today(now: datetime) -> date:
    """The day it is in London."""
    return now.astimezone(ZONE).date()


def sorted_hours(spans: Iterable[Mapping[str, Any]]) -> Spans:
    """The spans as they are kept: days with the same times in one span, by day and hour. Raises HoursRefused."""
    by_day: dict[int, list[tuple[str, str]]] = {}
    for span in spans:
        opens, closes = _checked(span)
        for day in span["days"]:
            by_day.setdefault(day, []).append((opens, closes))
    for day, times in sorted(by_day.items()):
        times.sort()
        if any(later < earlier for (_, earlier), (later, _) in pairwise(times)):
            raise HoursRefused(OVERLAP, day)
    by_time: dict[tuple[str, str], list[int]] = {}
    for day, times in sorted(by_day.items()):
        for time in times:
            by_time.setdefault(time, []).append(day)
    kept = [{"days": days, "opens": opens, "closes": closes} for (opens, closes), days in by_time.items()]
    if len(kept) > MOST_SPANS:
        raise HoursRefused(TOO_MANY)
    return sorted(kept, key=lambda span: (span["days"], span["opens"]))


def times_of(hours: Spans, day: int) -> list[tuple[str, str]]:
    """When it reads on a day of the week (1 to 7), as pairs of opening and closing."""
    return sorted((span["opens"], span["closes"]) for span in hours if day in span["days"])


def by_days(hours: Spans) -> list[Days]:
    """The week, days with the same times together, for saying it in any language."""
    same: dict[tuple[tuple[str, str], ...], list[int]] = {}
    for day in EVERY_DAY:
        times = tuple(times_of(hours, day))
        if times:
            same.setdefault(times, []).append(day)
    return [Days(runs=_runs(days), times=times) for times, days in same.items()]


def said_in_english(hours: Spans) -> str:
    """The hours for phones that know no other form: "Monday to Friday, 08:00 to 18:00"; nothing when there are none."""
    return "; ".join(f"{_english_days(part)}, {_english_times(part)}" for part in by_days(hours))


def _checked(span: Mapping[str, Any]) -> tuple[str, str]:
    days: Sequence[int] = span["days"]
    if not days or not set(days) <= set(EVERY_DAY):
        raise HoursRefused(NO_DAY)
    opens, closes = span["opens"], span["closes"]
    if not _CLOCK.fullmatch(opens) or not (closes == MIDNIGHT or _CLOCK.fullmatch(closes)):
        raise HoursRefused(NO_TIME, days[0])
    if closes <= opens:
        raise HoursRefused(ENDS_FIRST, days[0])
    return opens, closes


def _runs(days: list[int]) -> tuple[tuple[int, int], ...]:
    runs: list[tuple[int, int]] = []
    for day in days:
        if runs and runs[-1][1] == day - 1:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    # Two in a row are named one by one: "Saturday and Sunday".
    return tuple(run for first, last in runs for run in _named(first, last))


def _named(first: int, last: int) -> list[tuple[int, int]]:
    return [(first, first), (last, last)] if last - first == 1 else [(first, last)]


def _english_days(part: Days) -> str:
    if part.is_every_day:
        return "Every day"
    runs = [_ENGLISH[a - 1] if a == b else f"{_ENGLISH[a - 1]} to {_ENGLISH[b - 1]}" for a, b in part.runs]
    return " and ".join([", ".join(runs[:-1]), runs[-1]]) if len(runs) > 1 else runs[0]


def _english_times(part: Days) -> str:
    return "24 hours" if part.is_all_day else " and ".join(f"{opens} to {closes}" for opens, closes in part.times)
