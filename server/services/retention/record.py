"""Cutting the oldest part of each organisation's record away on time. The chain still proves what is left: the place of
the last event that went is written down, and a chain that does not hold is never cut."""

import logging
from calendar import monthrange
from datetime import datetime

from sqlalchemy import delete, exists, func, or_, select
from sqlalchemy.orm import Session

from server.extensions import db
from server.models import AuditCheckpoint, AuditHead, Event, Organisation, Referral, Team, Tombstone
from server.services.audit.verify import verify_until
from server.services.audit.walk import Fault, Place
from server.services.events import add_event_for
from server.services.retention.periods import Periods
from server.services.sender_traces import day_of
from server.services.transaction import writing

# Events that go in one transaction: others wait for it, and a second would be long.
BATCH = 2_000
_LOG = logging.getLogger("heed.retention")


def begins(now: datetime, periods: Periods) -> datetime:
    """From when on the record is kept: the day so many months ago. Whole days, so that a cut comes once a day at
    most."""
    months = now.year * 12 + now.month - 1 - periods.record_months
    year, month = months // 12, months % 12 + 1
    return day_of(now).replace(year=year, month=month, day=min(now.day, monthrange(year, month)[1]))


def cut(now: datetime, periods: Periods) -> int:
    """Delete the events of before `begins` from the beginning of every organisation's chain, and what is left of
    referrals that were deleted before it. Out: how many events. Twice is the same as once.

    Everything stays from the first event on whose referral is still there, and each chain keeps at least one event. A
    chain that does not hold up to the cut is left as it is: what went would be the proof.
    """
    before = begins(now, periods)
    events = 0
    for organisation_id in list(db.session.scalars(select(Organisation.id).order_by(Organisation.id))):
        while place := _next_place(db.session(), organisation_id, before):
            events += _cut_away(organisation_id, place, now)
        _forget_tombstones(organisation_id, before, now)
    db.session.rollback()
    return events


def _next_place(session: Session, organisation_id: int, before: datetime) -> Place | None:
    """The last event of the next batch that may go, None when there is none or the chain does not hold up to it."""
    of_organisation = Event.organisation_id == organisation_id
    first = session.scalar(select(func.min(Event.seq)).where(of_organisation))
    end = session.scalar(select(AuditHead.seq).where(AuditHead.organisation_id == organisation_id))
    if first is None or end is None:
        return None
    stays = or_(Event.at >= before, exists().where(Referral.id == Event.referral_id))
    kept = session.scalar(select(Event.seq).where(of_organisation, stays).order_by(Event.seq).limit(1))
    last = min(end if kept is None else kept - 1, first + BATCH - 1)
    # One that is alone stays: cutting it would leave another in its place, year after year.
    if last < first or first == end:
        return None
    found = verify_until(session, organisation_id, last)
    if isinstance(found, Fault):
        _LOG.error("the record of organisation %d does not hold at event %d: not cut", organisation_id, found.seq)
        return None
    return found


def _cut_away(organisation_id: int, place: Place, now: datetime) -> int:
    with writing() as session:
        mine = (Event.organisation_id == organisation_id, Event.seq <= place.seq)
        # Two at once: who comes second waits here, and finds nothing left.
        session.scalar(select(AuditHead.seq).where(AuditHead.organisation_id == organisation_id).with_for_update())
        count = session.scalar(select(func.count()).where(*mine)) or 0
        if not count:
            return 0
        older = (AuditCheckpoint.organisation_id == organisation_id, AuditCheckpoint.seq < place.seq)
        session.execute(delete(AuditCheckpoint).where(*older))
        row = {"seq": place.seq, "hash": place.hash, "made_at": now, "reason": "cut"}
        session.add(AuditCheckpoint(organisation_id=organisation_id, **row))
        session.execute(delete(Event).where(*mine), execution_options={"synchronize_session": False})
        add_event_for(session, organisation_id, "record_cut", now, detail={"events": count})
        return count


def _forget_tombstones(organisation_id: int, before: datetime, now: datetime) -> None:
    ours = select(Team.id).where(Team.organisation_id == organisation_id)
    old = (Tombstone.team_id.in_(ours), Tombstone.deleted_at < before)
    if not db.session.scalar(select(exists().where(*old))):
        return
    with writing() as session:
        gone = session.execute(delete(Tombstone).where(*old).returning(Tombstone.id)).all()
        add_event_for(session, organisation_id, "record_cut", now, detail={"tombstones": len(gone)})
