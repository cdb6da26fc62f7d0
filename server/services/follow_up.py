"""What the phone may know of its referral, by the receipt secret that only the phone has. Never who did
what."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from server.extensions import db
from server.models import Referral, SealedNote
from server.services.listing import note_state


class NoSuchReceipt(LookupError):
    """No referral belongs to this receipt: it never arrived, or it is deleted by now."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """How far a referral is. `note` is none, waiting, stored or read. `acted_at` is None while nobody acts,
    also when somebody did and has left."""

    id: str
    reference: str
    state: str
    due_at: datetime
    read_at: datetime | None
    acted_at: datetime | None
    closed_at: datetime | None
    closed_as: str | None
    note: str


def follow_up(receipt_sha256: str) -> FollowUp:
    """The state of the referral whose receipt secret has this hash (sha256 of its 16 bytes, hex).

    Raises NoSuchReceipt.
    """
    asked = (
        select(Referral, SealedNote)
        .outerjoin(SealedNote, SealedNote.referral_id == Referral.id)
        .where(Referral.receipt_sha256 == receipt_sha256)
    )
    found = db.session.execute(asked).one_or_none()
    if found is None:
        raise NoSuchReceipt
    referral, note = found
    return FollowUp(
        id=referral.id,
        reference=referral.reference,
        state=referral.state,
        due_at=referral.due_at,
        read_at=referral.read_at,
        acted_at=None if referral.state == "read" else referral.acted_at,
        closed_at=referral.closed_at,
        closed_as=referral.closed_as,
        note=note_state(referral, note),
    )
