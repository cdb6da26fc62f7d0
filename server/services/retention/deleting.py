"""Deleting referrals on time, whole or not at all: a tombstone with reference, days and outcome is left, and an event.
Nothing of what a referral said may outlive it."""

from datetime import datetime

from sqlalchemy import delete as delete_rows
from sqlalchemy import select
from sqlalchemy.orm import Session

from server.models import Message, Referral, SealedNote, Team, Tombstone, Transfer
from server.services.events import add_event_for
from server.services.one_by_one import one_by_one
from server.services.retention.periods import Periods, leaving
from server.services.sender_traces import day_of, forget_sender
from server.services.transaction import writing


def sweep(now: datetime, periods: Periods) -> int:
    """Delete every referral that is due, each in a transaction of its own. Out: how many. Twice, or in two processes
    at once, is the same as once; what somebody is changing is left to the next time."""
    return one_by_one(leaving(periods, now), lambda referral_id: _delete_if_due(referral_id, now, periods))


def delete(session: Session, referral: Referral, now: datetime, why: str) -> None:
    """Delete one referral, which the open transaction holds locked, with all that hangs on it. Leaves a tombstone, and
    an event in the record of every organisation that had it.

    In: why it goes (closed, age, operator; server/models/tombstone.py).
    """
    organisation_id = session.get_one(Team, referral.team_id).organisation_id
    passed_on = _passed_on(session, referral, organisation_id)
    # One that nobody closed still has the hours at which its phone did something.
    forget_sender(session, referral)
    session.add(
        Tombstone(
            id=referral.id,
            reference=referral.reference,
            team_id=referral.team_id,
            receipt_sha256=referral.receipt_sha256,
            received_at=referral.received_at,
            closed_at=day_of(referral.closed_at) if referral.closed_at else None,
            closed_as=referral.closed_as,
            deleted_at=day_of(now),
            why=why,
        )
    )
    session.flush()
    # Their files are not read for this.
    for part in (SealedNote, Message, Transfer):
        session.execute(
            delete_rows(part).where(part.referral_id == referral.id), execution_options={"synchronize_session": False}
        )
    session.delete(referral)
    session.flush()
    # The day only: what goes so many days after it came, to the hour, would tell the hour at which it came.
    day = day_of(now)
    add_event_for(session, organisation_id, "deleted", day, detail={"why": why}, referral_id=referral.id)
    for other_id, number in passed_on:
        add_event_for(session, other_id, "deleted", day, about=("transfer", number), detail={"why": why})


def _delete_if_due(referral_id: str, now: datetime, periods: Periods) -> bool:
    with writing() as session:
        # Asked again under the lock: a coordinator may have kept it longer a moment ago.
        asked = select(Referral).where(Referral.id == referral_id, leaving(periods, now))
        referral = session.scalar(asked.with_for_update(of=Referral, skip_locked=True))
        if referral is None:
            return False
        delete(session, referral, now, "age" if referral.closed_at is None else "closed")
    return True


def _passed_on(session: Session, referral: Referral, organisation_id: int) -> list[tuple[int, int]]:
    """The other organisations to which it was offered, each with the number of the hand-over: in their record there is
    no referral."""
    asked = (
        select(Team.organisation_id, Transfer.id)
        .join(Team, Team.id == Transfer.to_team_id)
        .where(Transfer.referral_id == referral.id, Team.organisation_id != organisation_id)
        .order_by(Team.organisation_id, Transfer.id)
    )
    return [(number, transfer) for number, transfer in session.execute(asked)]
