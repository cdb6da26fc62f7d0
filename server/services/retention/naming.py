"""Deleting one referral that is named, before its time: after a backup was put back, or when a person asks for it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from server.extensions import db
from server.models import Referral, Team
from server.services.references import as_written
from server.services.retention.deleting import delete
from server.services.transaction import writing


@dataclass(frozen=True, slots=True)
class Named:
    """A referral as an operator may see it: where it is, the day it came, where it stands; nothing of what it says."""

    id: str
    reference: str
    team: str
    received: str
    state: str


def named(typed: str) -> list[Named]:
    """The referrals with this reference, as it was typed or heard; none when it is unknown. Two can have the same: it
    is short."""
    asked = (
        select(Referral.id, Referral.reference, Team.name, Referral.received_at, Referral.state)
        .join(Team, Team.id == Referral.team_id)
        .where(Referral.reference == as_written(typed))
        .order_by(Referral.id)
    )
    rows = db.session.execute(asked).all()
    return [Named(number, said, team, at.date().isoformat(), state) for number, said, team, at, state in rows]


def delete_named(referral_id: str, now: datetime) -> bool:
    """Delete it now, whatever its day. Out: False when it is gone already. Leaves what deleting on time leaves."""
    with writing() as session:
        referral = session.scalar(select(Referral).where(Referral.id == referral_id).with_for_update(of=Referral))
        if referral is None:
            return False
        delete(session, referral, now, "operator")
    return True
