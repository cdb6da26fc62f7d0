"""When a team reads, in the words of the page's language. It never says that a team reads when nothing is set."""

from datetime import date, time

from babel.dates import format_skeleton, format_time, get_day_names
from babel.lists import format_list

from server.inbox.times import cldr_locale
from server.locale import _
from server.services.partnership.hours import MIDNIGHT, Days, Spans, by_days


def said(hours: Spans) -> str:
    """The hours in one line, such as "Monday to Friday, 08:00 to 18:00"; nothing when none are set."""
    return " · ".join(lines(hours))


def lines(hours: Spans) -> list[str]:
    """The hours, a line for the days that share them."""
    return [
        _("%(days)s, %(times)s", days=_days(part), times=_("24 hours") if part.is_all_day else at(part.times))
        for part in by_days(hours)
    ]


def at(spans: tuple[tuple[str, str], ...]) -> str:
    """The times of one day, such as "08:00 to 12:00 and 13:00 to 17:00"."""
    return _joined([_("%(first)s to %(last)s", first=_clock(opens), last=_clock(closes)) for opens, closes in spans])


def day_name(day: int) -> str:
    """The name of a day of the week, Monday being 1."""
    return str(get_day_names("wide", "stand-alone", locale=cldr_locale())[day - 1])


def weekday(day: date) -> str:
    """A day with its name, such as "Monday 23 November"."""
    return format_skeleton("MMMMEEEEd", day, locale=cldr_locale())


def listed(days: list[date]) -> str:
    """Days one after another, as a sentence lists them."""
    return _joined([weekday(day) for day in days])


def _days(part: Days) -> str:
    if part.is_every_day:
        return _("Every day")
    return _joined(
        [
            day_name(first) if first == last else _("%(first)s to %(last)s", first=day_name(first), last=day_name(last))
            for first, last in part.runs
        ]
    )


def _clock(moment: str) -> str:
    if moment == MIDNIGHT:
        return _("midnight")
    return format_time(time.fromisoformat(moment), "HH:mm", locale=cldr_locale())


def _joined(parts: list[str]) -> str:
    return format_list(parts, locale=cldr_locale())
