"""Times as a coordinator reads them: how long ago or until when, and the clock of the place, London time.

Stored times are UTC. Scotland and London share a clock; a team elsewhere needs its own zone first.
"""

import functools
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel import Locale as CldrLocale
from babel.dates import format_date, format_datetime, format_timedelta

from server import locale
from server.locale import _
from server.translating.catalogues import SOURCE, cldr

ZONE = ZoneInfo("Europe/London")
# British days and months: CLDR's plain English is American.
_BRITISH = CldrLocale("en", "GB")
_MINUTE = timedelta(minutes=1)


def relative(moment: datetime, now: datetime) -> str:
    """How long ago or how far ahead, such as "12 minutes ago"."""
    apart = moment - now
    if abs(apart) < _MINUTE:
        return _("just now") if apart <= timedelta(0) else _("in a minute")
    return format_timedelta(apart, granularity="minute", threshold=1.5, add_direction=True, locale=cldr_locale())


def absolute(moment: datetime) -> str:
    """Day and clock in London, such as "Sun 22 Nov, 14:05"."""
    said_in = cldr_locale()
    return format_datetime(moment, _pattern(str(said_in)), tzinfo=ZONE, locale=said_in)


def day(moment: date) -> str:
    """The day alone, such as "22 November 2026". A time that was cut to its day has no hour to show."""
    return format_date(moment, "long", locale=cldr_locale())


def is_day_only(moment: datetime) -> bool:
    """Whether the hour was taken off, as it is when a referral closes."""
    return (moment.hour, moment.minute, moment.second) == (0, 0, 0)


@functools.cache
def _pattern(language: str) -> str:
    """A day and a clock in CLDR's words, looked up once for each language: a list says a hundred of them."""
    found = CldrLocale.parse(language).datetime_skeletons.get("EEEdMMMHHmm")
    return str(found.pattern) if found else "EEE d MMM, HH:mm"


def cldr_locale() -> CldrLocale:
    """How the page's language writes dates, days and lists."""
    tag = locale.current().tag
    return (cldr(tag) if tag != SOURCE else None) or _BRITISH
