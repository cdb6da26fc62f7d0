"""One line of an organisation's record, ready for the template. What is gone is shown by its number."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from server.inbox import event_words, times
from server.inbox.showing.audit_detail import said
from server.locale import _
from server.services.audit.kinds import COMMAND, PARTNER, PHONE
from server.services.audit.listing import Entry


@dataclass(frozen=True, slots=True)
class Line:
    """What a line says. `by_name` is set when `by` is the name of an account, which may be in any direction."""

    seq: int
    at: datetime
    when: str
    text: str
    by: str
    by_name: bool
    about: str
    detail: str


def line_of(entry: Entry) -> Line:
    """Arrange one event."""
    return Line(
        seq=entry.seq,
        at=entry.at,
        when=_when(entry.at),
        text=event_words.event(entry.kind),
        by=who(entry.by) if entry.by_id is None else entry.by,
        by_name=entry.by_id is not None,
        about=_about(entry),
        detail=" · ".join(filter(None, (said(name, value) for name, value in entry.detail.items()))),
    )


def who(code: str) -> str:
    """Who did something and has no account."""
    return {PHONE: _("A phone"), PARTNER: _("Another team"), COMMAND: _("The heed command")}.get(code, code)


def group(code: str) -> str:
    """The name of a group of events."""
    return {
        "sign-ins": _("Sign-ins and ways to sign in"),
        "referrals": _("Referrals"),
        "passing on": _("Passing on"),
        "people": _("People"),
        "phones": _("Phones"),
        "team": _("Teams and organisations"),
        "keys": _("Keys"),
        "audit": _("This record"),
        "server": _("The server"),
    }.get(code, code)


def begin_of(day: date) -> datetime:
    """The moment at which a day begins in London."""
    return datetime.combine(day, time(), tzinfo=times.ZONE).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The moment at which it is over."""
    return begin_of(day + timedelta(days=1))


def _when(at: datetime) -> str:
    """With the year: a record is read for longer than a list."""
    if times.is_day_only(at):
        return times.day(at.date())
    here = at.astimezone(times.ZONE)
    return f"{times.day(here.date())} · {here:%H:%M}"


def _about(entry: Entry) -> str:
    number, name = entry.about_id, entry.about
    if entry.about_kind == "referral":
        return name or _("A referral that is gone: %(number)s", number=number)
    if entry.about_kind == "device":
        return _("Phone %(code)s", code=name) if name else _("A phone that is gone: %(number)s", number=number)
    if entry.about_kind == "invitation":
        return _("Invitation %(number)s", number=number)
    if entry.about_kind == "transfer":
        return _("Passed on, number %(number)s", number=number)
    if entry.about_kind == "link":
        return _("Link %(number)s", number=number)
    return name or (f"{entry.about_kind} {number}".strip() if entry.about_kind != "session" else "")
