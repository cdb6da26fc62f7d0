"""What a team does with the messages about its referrals: fetch them, answer the phone, keep notes for itself. Another
team's referral is not found."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from server.extensions import db
from server.models import Member, Message
from server.services.age_files import is_age_file
from server.services.events import add_event
from server.services.own_referral import own_referral
from server.services.transaction import writing

# As from the phone: the largest envelope is 16 KiB, and age adds its header.
MOST_BYTES = 24 * 1024

# What a team may write, and the event that it leaves.
DIRECTIONS = {"to_phone": "message_sent", "internal": "note_added"}


class NotSealed(ValueError):
    """What came is no sealed file of a size that the phone can take."""


class PlaceTaken(Exception):
    """A colleague wrote at the same time: fetch again, and seal for the next place."""


class ReferralClosed(Exception):
    """Nothing is added to a closed referral: the phone hears no more, and what is known of it is to be deleted."""


@dataclass(frozen=True, slots=True)
class Written:
    """One message as it is stored. `who` is empty for what the phone sent."""

    direction: str
    seq: int
    file: bytes = field(repr=False)
    mac: str
    sha256: str
    at: datetime
    who: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How many there are of each direction, and how many of the phone's nobody has opened."""

    to_team: int
    to_phone: int
    internal: int
    unread: int


def standing(member: Member, referral_id: str) -> Standing:
    """The numbers for the page of a referral, without opening anything. Of another team's there are none."""
    asked = select(
        func.count().filter(Message.direction == "to_team"),
        func.count().filter(Message.direction == "to_phone"),
        func.count().filter(Message.direction == "internal"),
        func.count().filter(Message.direction == "to_team", Message.read_at.is_(None)),
    ).where(Message.referral_id == referral_id, Message.team_id == member.team_id)
    to_team, to_phone, internal, unread = db.session.execute(asked).one()
    return Standing(to_team, to_phone, internal, unread)


def check_reach(member: Member, referral_id: str) -> None:
    """Whether the referral is with the member's team, before anything else is looked at. Raises NotThisTeam."""
    own_referral(db.session(), member, referral_id)


def fetched(member: Member, referral_id: str, now: datetime) -> list[Written]:
    """Everything that was written about a referral, in the order in which it came. What the phone sent is marked read;
    when some of it was not, that leaves an event. Raises NotThisTeam."""
    unread = _unread(referral_id, member.team_id)
    own_referral(db.session(), member, referral_id)
    if not db.session.scalar(select(func.count()).select_from(Message).where(*unread)):
        return _all(db.session(), referral_id, member.team_id)
    with writing() as session:
        # Locked: nothing more arrives meanwhile, and a worker who takes the referral back comes before or after.
        own_referral(session, member, referral_id, lock=True)
        found = _all(session, referral_id, member.team_id)
        marked = update(Message).where(*unread).values(read_at=now).returning(Message.id)
        if session.execute(marked).first() is not None:
            add_event(session, member, "messages_opened", now, referral_id)
    return found


def write(member: Member, referral_id: str, direction: str, seq: int, file: bytes, mac: str, now: datetime) -> None:
    """Store a message to the phone, or a note for the team itself. Leaves an event.

    In: a word of `DIRECTIONS`, the place (from 1 in each direction), the age file, the tag (hex; empty for a note).
    Raises NotThisTeam, NotSealed, ReferralClosed, PlaceTaken.
    """
    if not is_age_file(file, MOST_BYTES) or bool(mac) != (direction == "to_phone"):
        raise NotSealed
    with writing() as session:
        referral = own_referral(session, member, referral_id, lock=True)
        if referral.state == "closed":
            raise ReferralClosed(referral_id)
        place = {"referral_id": referral_id, "team_id": member.team_id, "direction": direction}
        last = session.scalar(select(func.max(Message.seq)).filter_by(**place)) or 0
        if seq != last + 1:
            raise PlaceTaken(referral_id)
        sha256 = hashlib.sha256(file).hexdigest()
        session.add(Message(**place, seq=seq, file=file, sha256=sha256, mac=mac, member_id=member.id, at=now))
        add_event(session, member, DIRECTIONS[direction], now, referral_id)


def _unread(referral_id: str, team_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        Message.referral_id == referral_id,
        Message.team_id == team_id,
        Message.direction == "to_team",
        Message.read_at.is_(None),
    )


def _all(session: Session, referral_id: str, team_id: int) -> list[Written]:
    asked = (
        select(Message, Member.display_name)
        .outerjoin(Member, Member.id == Message.member_id)
        .where(Message.referral_id == referral_id, Message.team_id == team_id)
        .order_by(Message.id)
    )
    return [
        Written(one.direction, one.seq, one.file, one.mac, one.sha256, one.at, who)
        for one, who in session.execute(asked).all()
    ]
