"""What the phone writes to its team, with nothing but the receipt: each message once, in order, and none after the
referral was closed."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from server.models import Message, Referral, Team
from server.services.events import add_phone_event
from server.services.follow_up import tombstone_of
from server.services.transaction import writing

WINDOW = timedelta(hours=1)
# About one referral, within the window: more than two people write to each other, far below what fills a disk.
CEILING = 20


class MessageRefused(Exception):
    """Nothing was stored. `code` is other-content, out-of-order, closed or too-many."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Received:
    """What is in the database now. `new` is false when it was there before."""

    seq: int
    sha256: str
    new: bool


def receive(receipt_sha256: str, seq: int, file: bytes, mac: str, now: datetime, device_ceiling: int) -> Received:
    """Store one message for the team that has the referral. Leaves an event.

    In: the hash of the receipt's secret, the message's place (from 1), the age file, its tag (hex), how many messages
    one phone may send within an hour about all its referrals. The very same again changes nothing.
    Raises NoSuchReceipt, MessageRefused.
    """
    sha256 = hashlib.sha256(file).hexdigest()
    with writing() as session:
        asked = select(Referral).where(Referral.receipt_sha256 == receipt_sha256)
        # Locked: who closes it, and the same phone twice at once, come one after the other.
        referral = session.scalar(asked.with_for_update(of=Referral))
        if referral is None:
            tombstone_of(session, receipt_sha256)
            # Deleted on time: the phone asks what became of it, and keeps the words as not sent.
            raise MessageRefused("closed")
        there = session.execute(
            select(Message.sha256, Message.mac).where(*_of(referral), Message.seq == seq)
        ).one_or_none()
        if there is not None:
            if tuple(there) != (sha256, mac):
                raise MessageRefused("other-content")
            return Received(seq, sha256, new=False)
        _check(session, referral, seq, now, device_ceiling)
        place = {"referral_id": referral.id, "team_id": referral.team_id, "direction": "to_team", "seq": seq}
        session.add(Message(**place, file=file, sha256=sha256, mac=mac, at=now))
        session.flush()
        organisation_id = session.get_one(Team, referral.team_id).organisation_id
        add_phone_event(session.connection(), organisation_id, referral.id, "message_received", now)
    return Received(seq, sha256, new=True)


def _check(session: Session, referral: Referral, seq: int, now: datetime, device_ceiling: int) -> None:
    if referral.state == "closed":
        raise MessageRefused("closed")
    last = session.scalar(select(func.max(Message.seq)).where(*_of(referral))) or 0
    if seq != last + 1:
        raise MessageRefused("out-of-order")
    lately = select(func.count()).select_from(Message).where(Message.at > now - WINDOW)
    if (session.scalar(lately.where(*_of(referral))) or 0) >= CEILING:
        raise MessageRefused("too-many")
    by_phone = lately.join(Referral, Referral.id == Message.referral_id).where(
        Message.direction == "to_team", Referral.device_id == referral.device_id
    )
    if (session.scalar(by_phone) or 0) >= device_ceiling:
        raise MessageRefused("too-many")


def _of(referral: Referral) -> tuple[ColumnElement[bool], ...]:
    return Message.referral_id == referral.id, Message.team_id == referral.team_id, Message.direction == "to_team"
