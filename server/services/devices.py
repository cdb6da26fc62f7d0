"""Phones join a team by invitation and are known by a token from then on. Only hashes of both are kept."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.config import Config
from server.extensions import db
from server.models import Device, Invitation, Team
from server.services.secrets import hash_secret, new_secret
from server.services.transaction import writing

INVITATION_LASTS = timedelta(days=7)


class InvitationRefused(Exception):
    """The invitation is unknown, used up or over; which of these is not told. A coordinator can make a new
    one."""


@dataclass(frozen=True, slots=True)
class Joined:
    """`token` is for the phone and is never shown again."""

    token: str = field(repr=False)
    team: Team


def invite(team_id: int, uses: int, now: datetime) -> str:
    """Make an invitation for so many phones, good for seven days. Out: its secret, to be put into the
    link."""
    with writing() as session:
        return add_invitation(session, team_id, uses, now)


def add_invitation(session: Session, team_id: int, uses: int, now: datetime) -> str:
    """As `invite`, in a transaction that is open."""
    secret = new_secret()
    session.add(
        Invitation(
            team_id=team_id,
            secret_hash=hash_secret(secret),
            uses_left=uses,
            created_at=now,
            ends_at=now + INVITATION_LASTS,
        )
    )
    return secret


def invitation_link(config: Config, secret: str, team: Team) -> str:
    """The link (or QR) for phones. What is secret stands in the fragment, which no server and no log sees."""
    parts = ("v1", secret, team.age_recipient or "-", team.vouch_key or "-")
    return f"{config.field_origin}/join#{'.'.join(parts)}"


def join(secret: str, now: datetime) -> Joined:
    """Let one phone join by an invitation's secret. Out: its token and team. Raises InvitationRefused."""
    token = new_secret()
    with writing() as session:
        asked = select(Invitation).where(Invitation.secret_hash == hash_secret(secret))
        invitation = session.scalar(asked.with_for_update(of=Invitation))
        if invitation is None or invitation.uses_left < 1 or invitation.ends_at <= now:
            raise InvitationRefused
        invitation.uses_left -= 1
        session.add(
            Device(
                team_id=invitation.team_id,
                invitation_id=invitation.id,
                token_hash=hash_secret(token),
                joined_at=now,
            )
        )
        team_id = invitation.team_id
    return Joined(token=token, team=db.session.get_one(Team, team_id))


def authenticate(token: str) -> Device | None:
    """The phone of this token, or None."""
    return db.session.scalar(select(Device).where(Device.token_hash == hash_secret(token)))
