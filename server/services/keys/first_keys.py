"""A team's first keys, made once: the first member's identity, the team's keyring, the recovery sheet, the roster."""

from datetime import datetime

from sqlalchemy.orm import Session

from server.models import Member, TeamKey, TeamWrap
from server.services.events import add_event
from server.services.keys.given import (
    Identity,
    KeysStale,
    PublicKey,
    Recovery,
    SignedRoster,
    Wraps,
    require,
    require_key,
)
from server.services.keys.identities import put_identity
from server.services.keys.recovery import put_recovery
from server.services.keys.rosters import keep_roster, last_version, locked_team
from server.services.transaction import writing


def save_first_keys(
    member: Member,
    identity: Identity,
    key: PublicKey,
    team_wrap: bytes,
    recovery: Recovery,
    signed: SignedRoster,
    now: datetime,
) -> None:
    """Store all of it, or nothing. Leaves an event. Raises KeysRefused; KeysStale when the team has keys: changing
    them is a renewal."""
    with writing() as session:
        add_first_keys(session, member, identity, key, team_wrap, recovery, signed, now)


def add_first_keys(
    session: Session,
    member: Member,
    identity: Identity,
    key: PublicKey,
    team_wrap: bytes,
    recovery: Recovery,
    signed: SignedRoster,
    now: datetime,
) -> None:
    """As `save_first_keys`, in a transaction that is open."""
    wraps = Wraps({member.id: team_wrap})
    require_key(key)
    team = locked_team(session, member)
    if team.age_recipient is not None or last_version(session, team.id):
        raise KeysStale
    require(key.n == 1 and key.signature == "", "the number of the first key")
    team.age_recipient, team.vouch_key = key.age_recipient, key.vouch_key
    session.add(
        TeamKey(
            team_id=team.id,
            n=1,
            age_recipient=key.age_recipient,
            vouch_key=key.vouch_key,
            signature="",
            made_by=member.id,
            made_at=now,
        )
    )
    put_identity(session, member, identity, now)
    session.add(TeamWrap(team_id=team.id, member_id=member.id, file=wraps.files[member.id]))
    put_recovery(session, team, recovery, now)
    roster = keep_roster(session, team, member, signed, now)
    require(roster.members == {member.id: identity.recipient}, "the roster's members")
    add_event(session, member, "keys_made", now, about=("team", team.id), detail={"n": 1})
