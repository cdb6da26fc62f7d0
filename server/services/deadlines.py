"""Writing down that nobody had read a referral in time: once, so that the record says it also when somebody reads it
later. It must never tell the hour: that would be the hour of arrival, which goes when the referral is closed."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, select

from server.models import Referral
from server.services.events import add_event_for
from server.services.one_by_one import one_by_one
from server.services.sender_traces import day_of
from server.services.transaction import writing


def sweep(now: datetime) -> int:
    """Mark what nobody has read by its due time, each with its event. Out: how many were marked."""
    return one_by_one(_due(now), lambda referral_id: _mark(referral_id, now))


def _due(now: datetime) -> ColumnElement[bool]:
    # What is held back as a flood has no reader to blame.
    return and_(
        Referral.state == "stored", Referral.due_at <= now, Referral.past_due_at.is_(None), Referral.held.is_(False)
    )


def _mark(referral_id: str, now: datetime) -> bool:
    with writing() as session:
        asked = select(Referral).where(Referral.id == referral_id, _due(now))
        referral = session.scalar(asked.with_for_update(of=Referral, skip_locked=True))
        if referral is None:
            return False
        day = day_of(now)
        referral.past_due_at = day
        organisation_id, detail = referral.team.organisation_id, {"urgency": referral.urgency}
        add_event_for(session, organisation_id, "past_due", day, detail=detail, referral_id=referral_id)
    return True
