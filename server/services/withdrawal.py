"""Taking a referral back, by the phone that sent it, as long as nobody has read it: the words go, and what pointed at
the sender. That it came, and that it was taken back, stays in the record."""

from datetime import datetime

from sqlalchemy import delete, exists, select

from server.models import Message, Referral, SealedNote, Team
from server.models.referral import WITHDRAWN
from server.services.events import add_phone_event
from server.services.follow_up import NoSuchReceipt, tombstone_of
from server.services.sender_traces import day_of, forget_sender
from server.services.transaction import writing


class AlreadyRead(Exception):
    """Somebody has read it: what they know cannot be taken back."""


def withdraw(receipt_sha256: str, now: datetime) -> None:
    """Close a referral as withdrawn and delete its note and messages. Once more changes nothing. Leaves an event.

    In: the hash of the receipt's secret. Raises NoSuchReceipt, AlreadyRead.
    """
    with writing() as session:
        asked = select(Referral).where(Referral.receipt_sha256 == receipt_sha256)
        # Locked, as by everybody who opens it, its note or its messages: one of the two comes first.
        referral = session.scalar(asked.with_for_update(of=Referral))
        if referral is None:
            if tombstone_of(session, receipt_sha256).closed_as == WITHDRAWN:
                return
            # Deleted on time: it is gone, but by no deed of the phone's, and that is what it must say.
            raise NoSuchReceipt
        if referral.closed_as == WITHDRAWN:
            return
        note = session.get(SealedNote, referral.id)
        written = (Message.referral_id == referral.id, Message.read_at.is_not(None))
        opened = (note is not None and note.opened_at is not None) or session.scalar(select(exists().where(*written)))
        if referral.state != "stored" or opened:
            raise AlreadyRead
        if note is not None:
            session.delete(note)
        session.execute(delete(Message).where(Message.referral_id == referral.id))
        referral.state, referral.closed_as = "closed", WITHDRAWN
        # The hour would be the worker's, not a coordinator's.
        referral.closed_at = day_of(now)
        referral.held = False
        referral.version += 1
        session.flush()
        organisation_id = session.get_one(Team, referral.team_id).organisation_id
        add_phone_event(session.connection(), organisation_id, referral.id, "withdrawn", now)
        forget_sender(session, referral)
