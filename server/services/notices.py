"""Telling a team that a referral will be deleted, once at each of the warnings. It must never tell
the hour: that would be the hour of arrival, which goes when the referral is closed."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, false, func, not_, or_, select

from server.models import Referral
from server.services.events import add_event_for
from server.services.one_by_one import one_by_one
from server.services.retention.periods import WARNINGS, Periods, leaves_at, leaving
from server.services.sender_traces import day_of
from server.services.transaction import writing


def sweep(now: datetime, periods: Periods) -> int:
    """Tell of what leaves within the days of a warning and was not told of yet. Out: how many were told of.

    What is to be deleted now is left to the deletion: no warning could help.
    """
    untold = or_(*(_untold(days, now, periods) for days in WARNINGS))
    # Of an open one nobody knows when it was closed, and "not unknown" would be unknown.
    gone = func.coalesce(leaving(periods, now), false())
    return one_by_one(and_(untold, not_(gone)), lambda referral_id: _tell(referral_id, now, periods))


def _untold(days: int, now: datetime, periods: Periods) -> ColumnElement[bool]:
    # Told of 3 days, nobody is told of 14 any more.
    not_told = or_(Referral.warned_days.is_(None), Referral.warned_days > days)
    return and_(not_told, leaving(periods, now + timedelta(days=days)))


def _tell(referral_id: str, now: datetime, periods: Periods) -> bool:
    with writing() as session:
        asked = select(Referral).where(Referral.id == referral_id)
        referral = session.scalar(asked.with_for_update(of=Referral, skip_locked=True))
        if referral is None:
            return False
        left = leaves_at(referral, periods) - now
        near = [days for days in WARNINGS if timedelta(0) < left <= timedelta(days=days)]
        if not near or (referral.warned_days is not None and referral.warned_days <= min(near)):
            return False
        referral.warned_days = min(near)
        organisation_id, detail = referral.team.organisation_id, {"days": referral.warned_days}
        add_event_for(
            session, organisation_id, "deletion_announced", day_of(now), detail=detail, referral_id=referral_id
        )
    return True
