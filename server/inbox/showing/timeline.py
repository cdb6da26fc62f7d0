"""What happened to a referral and when, newest first. Phones have no names, so what they did has no actor."""

from dataclasses import dataclass
from datetime import datetime

from server.inbox import times, words
from server.inbox.event_words import event as said
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
    closed = event.kind == "closed" and referral.closed_as
    day_only = times.is_day_only(event.at)
    return Moment(
        text=said(event.kind),
        detail=words.outcome(referral.closed_as) if closed and referral.closed_as else "",
        actor=event.member.display_name if event.member else "",
        at=event.at,
        relative="" if day_only else times.relative(event.at, now),
        absolute=times.day(event.at.date()) if day_only else times.absolute(event.at),
    )
