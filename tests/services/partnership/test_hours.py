"""Reading hours: kept tidy, said plainly, and true by the clock of London."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from server.services.partnership.hours import (
    ALWAYS,
    HoursRefused,
    by_days,
    said_in_english,
    sorted_hours,
    times_of,
    today,
)

WEEK = [1, 2, 3, 4, 5]


def span(days: list[int], opens: str = "08:00", closes: str = "18:00") -> dict[str, Any]:
    return {"days": days, "opens": opens, "closes": closes}


def test_days_with_the_same_times_become_one_span() -> None:
    typed = [span([day]) for day in (3, 1, 5, 2, 4)]
    assert sorted_hours(typed) == [span(WEEK)]


def test_spans_stand_by_day_and_hour() -> None:
    typed = [span([2], "13:00", "17:00"), span([1], "09:00", "10:00"), span([2], "08:00", "12:00")]
    assert sorted_hours(typed) == [typed[1], typed[2], typed[0]]


def test_no_hours_are_hours_too() -> None:
    assert sorted_hours([]) == []


@pytest.mark.parametrize(
    ("typed", "problem", "day"),
    [
        ([span([])], "no_day", None),
        ([span([8])], "no_day", None),
        ([span([2], "", "18:00")], "no_time", 2),
        ([span([2], "8:00", "18:00")], "no_time", 2),
        ([span([2], "24:00", "24:00")], "no_time", 2),
        ([span([2], "08:00", "25:00")], "no_time", 2),
        ([span([2], "18:00", "08:00")], "ends_first", 2),
        ([span([2], "18:00", "18:00")], "ends_first", 2),
        ([span([3], "08:00", "12:00"), span([3], "11:00", "13:00")], "overlap", 3),
        ([span([3]), span([3])], "overlap", 3),
    ],
)
def test_hours_that_cannot_be_are_refused_with_their_day(
    typed: list[dict[str, Any]], problem: str, day: int | None
) -> None:
    with pytest.raises(HoursRefused) as told:
        sorted_hours(typed)
    assert (told.value.problem, told.value.day) == (problem, day)


def test_more_than_fourteen_spans_are_refused() -> None:
    typed = [span([1], f"{hour:02}:00", f"{hour:02}:30") for hour in range(15)]
    assert len(sorted_hours(typed[:14])) == 14
    with pytest.raises(HoursRefused, match="too_many"):
        sorted_hours(typed)


def test_one_time_may_begin_when_the_other_ends() -> None:
    assert len(sorted_hours([span([1], "08:00", "12:00"), span([1], "12:00", "13:00")])) == 2


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ([], ""),
        ([span(WEEK)], "Monday to Friday, 08:00 to 18:00"),
        (ALWAYS, "Every day, 24 hours"),
        ([span([1, 2, 3, 4, 5, 6, 7], "09:00", "17:00")], "Every day, 09:00 to 17:00"),
        ([span(WEEK, "00:00", "24:00")], "Monday to Friday, 24 hours"),
        ([span([6, 7])], "Saturday and Sunday, 08:00 to 18:00"),
        ([span([1, 3, 5])], "Monday, Wednesday and Friday, 08:00 to 18:00"),
        ([span([1, 2, 3, 5])], "Monday to Wednesday and Friday, 08:00 to 18:00"),
        (
            [span(WEEK, "08:00", "12:00"), span(WEEK, "13:00", "17:00")],
            "Monday to Friday, 08:00 to 12:00 and 13:00 to 17:00",
        ),
        ([span(WEEK), span([6], "10:00", "24:00")], "Monday to Friday, 08:00 to 18:00; Saturday, 10:00 to 24:00"),
    ],
)
def test_hours_are_said_in_english(hours: list[dict[str, Any]], said: str) -> None:
    assert said_in_english(hours) == said


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 22, 23, 59, 59, tzinfo=UTC), date(2026, 11, 22)),
        (datetime(2026, 11, 23, 0, 0, tzinfo=UTC), date(2026, 11, 23)),
        # In summer London is an hour ahead of UTC.
        (datetime(2026, 7, 19, 22, 59, tzinfo=UTC), date(2026, 7, 19)),
        (datetime(2026, 7, 19, 23, 30, tzinfo=UTC), date(2026, 7, 20)),
    ],
)
def test_today_is_londons(moment: datetime, day: date) -> None:
    assert today(moment) == day


def test_a_day_has_its_times() -> None:
    assert times_of([span(WEEK), span([1], "20:00", "21:00")], 1) == [("08:00", "18:00"), ("20:00", "21:00")]
    assert times_of([span(WEEK)], 6) == []


def test_two_days_in_a_row_are_named_one_by_one() -> None:
    assert by_days([span([6, 7])])[0].runs == ((6, 6), (7, 7))
