"""What the phone may know of its referral, by the receipt secret that only the phone has. Never who did
what."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.extensions import db
from server.models import Message, Referral, SealedNote, Tombstone
from server.services.listing import note_state


class NoSuchReceipt(LookupError):
    """No referral belongs to this receipt: it never arrived, or it was deleted so long ago that nothing is left."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A sealed message to the phone. Its tag tells the phone who wrote it; the server cannot."""

    seq: int
    file: bytes
    mac: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FollowUp:
    """How far a referral is. `note` is none, waiting, stored or read; `note_sha256` is of the sealed note that lies
    there. `acted_at` is None while nobody acts, also when somebody did and has left. `received` and `received_read`
    are the places of the phone's last message that is stored, and that somebody opened; 0 for none, None when it is
    not known any more: then the phone keeps what it knows."""

    id: str
    reference: str
    state: str
    due_at: datetime
    read_at: datetime | None
    acted_at: datetime | None
    closed_at: datetime | None
    closed_as: str | None
    note: str
    note_sha256: str | None
    messages: list[Answer]
    received: int | None
    received_read: int | None


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
        return _deleted(tombstone_of(db.session(), receipt_sha256))
    referral, note = found
    received, received_read = _received(referral)
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
        note_sha256=note.sha256 if note else None,
        messages=_answers(referral),
        received=received,
        received_read=received_read,
    )


def tombstone_of(session: Session, receipt_sha256: str) -> Tombstone:
    """What is left of a referral that was deleted on time. Raises NoSuchReceipt."""
    left = session.scalar(select(Tombstone).where(Tombstone.receipt_sha256 == receipt_sha256))
    if left is None:
        raise NoSuchReceipt
    return left


def _deleted(left: Tombstone) -> FollowUp:
    """Closed, also when nobody ever closed it: nothing is added or answered any more."""
    return FollowUp(
        id=left.id,
        reference=left.reference,
        state="closed",
        due_at=left.received_at,
        read_at=None,
        acted_at=None,
        closed_at=left.closed_at,
        closed_as=left.closed_as,
        note="none",
        note_sha256=None,
        messages=[],
        received=None,
        received_read=None,
    )


def _answers(referral: Referral) -> list[Answer]:
    mine = (Message.referral_id == referral.id, Message.team_id == referral.team_id, Message.direction == "to_phone")
    asked = select(Message.seq, Message.file, Message.mac, Message.at).where(*mine).order_by(Message.seq)
    return [Answer(seq, file, mac, at) for seq, file, mac, at in db.session.execute(asked).all()]


def _received(referral: Referral) -> tuple[int, int]:
    mine = (Message.referral_id == referral.id, Message.team_id == referral.team_id, Message.direction == "to_team")
    read = func.max(Message.seq).filter(Message.read_at.is_not(None))
    last, last_read = db.session.execute(select(func.max(Message.seq), read).where(*mine)).one()
    return last or 0, last_read or 0
