"""A new key for the team: followed by the old one's signature, or, when that was lost, vouched for by nothing."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from server.models import Member, RecoveryWrap, Team, TeamKey, TeamWrap
from server.services.accounts.roles import LEAD
from server.services.events import add_event
from server.services.keys.given import (
    KeysNotTheirs,
    KeysStale,
    PublicKey,
    Recovery,
    SignedRoster,
    Wraps,
    require,
    require_key,
)
from server.services.keys.recovery import put_recovery
from server.services.keys.roster_shape import Roster
from server.services.keys.rosters import keep_roster, locked_team, require_opener
from server.services.keys.vouching import require_signed, rotation_text
from server.services.transaction import writing


def renew(
    member: Member, key: PublicKey, wraps: Wraps, recovery: Recovery | None, signed: SignedRoster, now: datetime
) -> None:
    """Put a new key in the place of the current one, which vouches for it. Every wrap is replaced. Leaves an event.

    `recovery` is None only for a team that has no recovery sheet. Raises KeysNotTheirs, KeysRefused, KeysStale.
    """
    with writing() as session:
        team = locked_team(session, member)
        require_opener(session, member)
        before = _place_after(session, team, key)
        require_key(key)
        text = rotation_text(team.id, before.vouch_key, key)
        require_signed(before.vouch_key, text, key.signature, "the signature of the new key")
        sheet = session.get(RecoveryWrap, team.id)
        require(recovery or sheet is None, "the recovery file")
        _put(session, team, member, key, wraps, recovery, signed, now)
        add_event(session, member, "keys_renewed", now, about=("team", team.id), detail={"n": key.n})


def give_up(
    member: Member, key: PublicKey, wraps: Wraps, recovery: Recovery | None, signed: SignedRoster, now: datetime
) -> None:
    """Begin anew after a key that nobody can open any more: only its maker has a wrap, all others are let in again.

    Old notes stay shut, and phones need a new invitation. For leads. Leaves an event. Raises KeysNotTheirs,
    KeysRefused, KeysStale.
    """
    if LEAD not in member.roles:
        raise KeysNotTheirs
    with writing() as session:
        team = locked_team(session, member)
        _place_after(session, team, key)
        require_key(key)
        require(key.signature == "", "the signature of a key that nothing vouches for")
        require(recovery, "the recovery sheet")
        require(wraps.files.keys() == {member.id}, "the members whom the new key is sealed to")
        roster = _put(session, team, member, key, wraps, recovery, signed, now)
        require(roster.members[member.id] == member.identity_recipient, "the member on the roster")
        add_event(session, member, "keys_lost", now, about=("team", team.id), detail={"n": key.n})


def _place_after(session: Session, team: Team, key: PublicKey) -> TeamKey:
    """The key that the new one follows. Raises KeysStale when somebody was quicker."""
    asked = select(TeamKey).where(TeamKey.team_id == team.id).order_by(TeamKey.n.desc()).limit(1)
    before = session.scalar(asked)
    if before is None or key.n != before.n + 1:
        raise KeysStale
    return before


def _put(
    session: Session,
    team: Team,
    member: Member,
    key: PublicKey,
    wraps: Wraps,
    recovery: Recovery | None,
    signed: SignedRoster,
    now: datetime,
) -> Roster:
    team.age_recipient, team.vouch_key = key.age_recipient, key.vouch_key
    session.add(
        TeamKey(
            team_id=team.id,
            n=key.n,
            age_recipient=key.age_recipient,
            vouch_key=key.vouch_key,
            signature=key.signature,
            made_by=member.id,
            made_at=now,
        )
    )
    if recovery is not None:
        put_recovery(session, team, recovery, now)
    roster = keep_roster(session, team, member, signed, now)
    require(roster.members.keys() == wraps.files.keys(), "the members whom the new key is sealed to")
    require(member.id in wraps.files, "the new key, which its maker could not open")
    session.execute(delete(TeamWrap).where(TeamWrap.team_id == team.id))
    session.add_all(TeamWrap(team_id=team.id, member_id=number, file=file) for number, file in wraps.files.items())
    return roster
