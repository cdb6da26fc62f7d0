"""What happened to a referral and when, newest first. Phones have no names, so what they did has no actor."""

from dataclasses import dataclass
from datetime import datetime

from server.inbox import times, words
from server.inbox.event_words import event as said
from server.inbox.showing import audit_detail
from server.locale import ngettext
from server.models import Event, Referral


@dataclass(frozen=True, slots=True)
class Moment:
    """`relative` is empty where only the day is kept."""

    text: str
    detail: str
    actor: str
    at: datetime
    relative: str
    absolute: str


def timeline_of(events: list[Event], referral: Referral, now: datetime) -> list[Moment]:
    """The events for reading. The hour of what a phone did is gone once the referral is closed."""
    return [_moment(event, referral, now) for event in reversed(events)]


def _moment(event: Event, referral: Referral, now: datetime) -> Moment:
    day_only = times.is_day_only(event.at)
    return Moment(
        text=said(event.kind),
        detail=_detail(event, referral),
        actor=event.member.display_name if event.member else "",
        at=event.at,
        relative="" if day_only else times.relative(event.at, now),
        absolute=times.day(event.at.date()) if day_only else times.absolute(event.at),
    )


def _detail(event: Event, referral: Referral) -> str:
    if event.kind == "closed":
        return words.outcome(referral.closed_as) if referral.closed_as else ""
    if event.kind == "deletion_announced":
        days = int(event.detail["days"])
        return ngettext("It had less than %(num)s day left", "It had less than %(num)s days left", days)
    if event.kind == "kept_longer":
        return " · ".join(audit_detail.said(name, event.detail[name]) for name in ("reason", "days"))
    return ""
