"""Very many at once: a phone, or an invitation's new phones, that fill the list faster than people notice signs."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from server.extensions import db
from server.models import Device, Invitation, Member, Referral

FLOOD_WINDOW = timedelta(hours=1)
# Far more than a ward, a hotel or a site sees in an hour, far below the ceiling of one phone.
FLOOD_ABOVE = 20


@dataclass(frozen=True, slots=True)
class Flood:
    """Where it comes from, and how many of these referrals are open. One of the two is None."""

    device: Device | None
    invitation: Invitation | None
    referrals: int


def floods(member: Member, now: datetime) -> list[Flood]:
    """The floods in the list of the member's team, from its own phones, the largest first.

    What a new phone sends is counted for its invitation; only what no invitation explains is said of the phone.
    """
    asked = (
        select(Device.id, func.count(Referral.id))
        .join(Referral, Referral.device_id == Device.id)
        .where(
            Referral.team_id == member.team_id,
            Device.team_id == member.team_id,
            Referral.state != "closed",
            ~Referral.held,
            Referral.received_at > now - FLOOD_WINDOW,
        )
        .group_by(Device.id)
    )
    sent = dict(db.session.execute(asked).all())
    phones = list(db.session.scalars(select(Device).where(Device.id.in_(sent)))) if sent else []
    by_invitation: dict[int, int] = defaultdict(int)
    for phone in phones:
        if phone.is_new and phone.invitation_id is not None:
            by_invitation[phone.invitation_id] += sent[phone.id]
    leaked = {key: number for key, number in by_invitation.items() if number > FLOOD_ABOVE}
    found = [
        Flood(phone, None, sent[phone.id])
        for phone in phones
        if sent[phone.id] > FLOOD_ABOVE and not (phone.is_new and phone.invitation_id in leaked)
    ]
    found += [Flood(None, db.session.get_one(Invitation, key), number) for key, number in leaked.items()]
    return sorted(found, key=lambda flood: -flood.referrals)
