"""What the home team does: offer a referral to another team, and take that back. The words are sealed in the browser;
nothing here can read them."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.extensions import db
from server.models import Member, Referral, Team, Transfer
from server.services.age_files import is_age_file
from server.services.own_referral import own_referral
from server.services.transaction import writing
from server.services.transfers.finding import as_seen, may_receive, sent, write_down
from server.services.transfers.rules import OPEN, PURPOSES, grounds_for
from server.services.triage import SomeoneChangedThis

# The largest envelope is 16 KiB; age adds a header and 16 bytes for each 64 KiB.
MOST_BYTES = 24 * 1024
# Ed25519: 64 bytes, base64url without padding.
_SIGNATURE = re.compile(r"[A-Za-z0-9_-]{86}")


class OfferRefused(ValueError):
    """This cannot be passed on so: the message says which part of it. Ask for another choice, or load the page
    again."""


class OfferedAlready(Exception):
    """This team has an offer of this referral that has not ended: look at that one, or take it back first."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What a coordinator chose, and what their browser made: an age file to the receiving team's key, and their own
    team's signature over what binds it to its place (frontend/src/sealing/handover.ts)."""

    to_team_id: int
    purpose: str
    ground: str
    file: bytes = field(repr=False)
    signature: str


def to_pass_on(member: Member, referral_id: str) -> Referral:
    """The member's own team's referral, to choose from. Raises NotThisTeam."""
    return own_referral(db.session(), member, referral_id)


def teams_to_choose(member: Member) -> list[Team]:
    """All other teams of this server, by organisation and name; to whom something can be sealed is for the browser to
    say."""
    others = db.session.scalars(select(Team).where(Team.id != member.team_id))
    return sorted(others, key=lambda team: (team.organisation.name, team.name, team.id))


def offer(member: Member, referral_id: str, version: int, new: Offer, now: datetime) -> int:
    """Offer a referral to another team. Out: the number of the hand-over.

    Raises NotThisTeam, SomeoneChangedThis, OfferRefused, OfferedAlready.
    """
    with writing() as session:
        # Locked: of two offers to one team at once, the second finds the first.
        referral = own_referral(session, member, referral_id, lock=True)
        if referral.version != version or referral.state == "closed" or referral.held:
            raise SomeoneChangedThis(referral_id)
        _check(session, referral, new)
        transfer = Transfer(
            referral_id=referral.id,
            from_team_id=member.team_id,
            to_team_id=new.to_team_id,
            purpose=new.purpose,
            ground=new.ground,
            file=new.file,
            sha256=hashlib.sha256(new.file).hexdigest(),
            signature=new.signature,
            offered_by=member.id,
            offered_at=now,
        )
        session.add(transfer)
        session.flush()
        write_down(session, member, transfer, "passed_on", now, {"purpose": new.purpose, "ground": new.ground})
        return transfer.id


def revoke(member: Member, number: int, version: int, now: datetime) -> None:
    """Take back what has not ended. What was sealed goes now; what was read before was read.

    Raises NoSuchTransfer, SomeoneChangedThis.
    """
    with writing() as session:
        transfer = as_seen(session, sent(session, member, number), version, OPEN)
        transfer.state = "revoked"
        transfer.ended_at = now
        transfer.file = transfer.sha256 = transfer.signature = None
        write_down(session, member, transfer, "pass_revoked", now)


def _check(session: Session, referral: Referral, new: Offer) -> None:
    team = session.get(Team, new.to_team_id)
    if team is None or team.id == referral.team_id or not may_receive(team):
        raise OfferRefused("there is no other team with keys of this number")
    if new.purpose not in PURPOSES:
        raise OfferRefused(f"{new.purpose!r} is no purpose")
    if new.ground not in grounds_for(referral.subject):
        raise OfferRefused(f"{new.ground!r} is no ground for a {referral.subject}")
    if not is_age_file(new.file, MOST_BYTES):
        raise OfferRefused("what came is no age file of the size that browsers make")
    if not _SIGNATURE.fullmatch(new.signature):
        raise OfferRefused("what came is no Ed25519 signature")
    asked = select(Transfer.id).where(
        Transfer.referral_id == referral.id, Transfer.to_team_id == team.id, Transfer.state.in_(OPEN)
    )
    if session.scalar(asked.limit(1)) is not None:
        raise OfferedAlready(referral.id)
