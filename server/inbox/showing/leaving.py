"""When a referral is deleted, in words: how soon, why then, and how much longer it may be kept. It only says: the rule
stands in services/retention/periods.py."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from server.inbox import times, words
from server.locale import _, ngettext
from server.models import Referral
from server.services.retention.keeping import DAYS
from server.services.retention.periods import WARNINGS, Periods, furthest, leaves_at


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to keep it longer: so many days from now, said with the day that this comes to."""

    days: int
    text: str


@dataclass(frozen=True, slots=True)
class Stay:
    """How long a referral is kept, by days alone: the hour would be that of the arrival. `hue` is red, amber or "" by
    how soon it goes, and `soon` says so once that is announced; without `choices`, `no_longer` says why it is not kept
    longer."""

    when: str
    soon: str
    hue: str
    why: str
    on: date
    furthest: str
    choices: list[Choice]
    no_longer: str


@dataclass(frozen=True, slots=True)
class Leaves:
    """When a referral is deleted, for a team that may not decide it."""

    when: str
    soon: str
    hue: str
    on: date


def leaves_of(referral: Referral, periods: Periods, now: datetime) -> Leaves:
    """Arrange what a team that took a referral on is told of its deletion."""
    at = leaves_at(referral, periods)
    return Leaves(_when(at, now), countdown(at, now), hue(at, now), _day(at))


def stay_of(referral: Referral, periods: Periods, now: datetime) -> Stay:
    """Arrange what the page of a referral says of its deletion."""
    at, last = leaves_at(referral, periods), furthest(referral, periods)
    choices = _choices(at, last, now)
    return Stay(
        when=_when(at, now),
        soon=countdown(at, now),
        hue=hue(at, now),
        why=_why(referral, periods, at, now),
        on=_day(at),
        furthest=times.day(_day(last)),
        choices=choices,
        no_longer="" if choices else _no_longer(at, last),
    )


def countdown(at: datetime, now: datetime) -> str:
    """For a line of the list: how soon it goes, nothing while that is further away than the first warning."""
    if at > now + timedelta(days=WARNINGS[0]):
        return ""
    days = days_until(at, now)
    if days == 0:
        return _("Deleted today")
    if days == 1:
        return _("Deleted tomorrow")
    return ngettext("Deleted in %(num)s day", "Deleted in %(num)s days", days)


def hue(at: datetime, now: datetime) -> str:
    """The colour that goes with the words."""
    first, last = (timedelta(days=days) for days in WARNINGS)
    return "red" if at <= now + last else "amber" if at <= now + first else ""


def days_until(at: datetime, now: datetime) -> int:
    """As people count: the days of the calendar in between, 0 for today and for what is overdue."""
    return max((_day(at) - _day(now)).days, 0)


def _when(at: datetime, now: datetime) -> str:
    days, day = days_until(at, now), times.day(_day(at))
    if days == 0:
        return _("It will be deleted today.")
    if days == 1:
        return _("It will be deleted tomorrow, on %(day)s.", day=day)
    return ngettext(
        "It will be deleted on %(day)s, in %(num)s day.",
        "It will be deleted on %(day)s, in %(num)s days.",
        days,
        day=day,
    )


def _why(referral: Referral, periods: Periods, at: datetime, now: datetime) -> str:
    after_closing = timedelta(days=periods.closed_days)
    if referral.kept_because and at == referral.kept_until:
        return _("Your team keeps it until then. Why: %(reason)s.", reason=words.kept_because(referral.kept_because))
    if referral.closed_at is not None and at == referral.closed_at + after_closing:
        return ngettext(
            "That is %(num)s day after it was closed.",
            "That is %(num)s days after it was closed.",
            periods.closed_days,
        )
    if referral.closed_at is None and now + after_closing < at:
        return ngettext(
            "If you close it, it goes %(num)s day later, or on this day if that is sooner.",
            "If you close it, it goes %(num)s days later, or on this day if that is sooner.",
            periods.closed_days,
        )
    return ngettext("That is %(num)s day after it came.", "That is %(num)s days after it came.", periods.most_days)


def _choices(at: datetime, last: datetime, now: datetime) -> list[Choice]:
    """Only those that come to a later day than it stays anyway, and one for each day."""
    by_day: dict[date, Choice] = {}
    for days in DAYS:
        until = now + timedelta(days=days)
        ends = min(until, last)
        if ends > at and _day(ends) > _day(at) and _day(ends) not in by_day:
            by_day[_day(ends)] = Choice(days, _until(days, times.day(_day(ends)), is_last=until >= last))
    return list(by_day.values())


def _until(days: int, day: str, is_last: bool) -> str:
    if is_last:
        return _("Until %(day)s, the last day possible", day=day)
    return ngettext("%(num)s day from today, until %(day)s", "%(num)s days from today, until %(day)s", days, day=day)


def _no_longer(at: datetime, last: datetime) -> str:
    if _day(at) >= _day(last):
        return _("It cannot be kept any longer: this is the last day possible.")
    most = max(DAYS)
    return ngettext(
        "You can keep it longer once it has less than %(num)s day left.",
        "You can keep it longer once it has less than %(num)s days left.",
        most,
    )


def _day(moment: datetime) -> date:
    return moment.astimezone(times.ZONE).date()
