"""Keeping what a team signs: its roster, one version after the other, and nobody's wrap without a place on it.

The server cannot write a roster and never adds a key by itself. What is checked here only keeps a broken browser from
locking its team out.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from server.models import Member, RecoveryWrap, Team, TeamKey, TeamRoster, TeamWrap
from server.services.accounts.roles import may
from server.services.events import add_event
from server.services.keys.given import (
    KeysNotTheirs,
    KeysStale,
    PublicKey,
    Recovery,
    SignedRoster,
    require,
    require_roster,
)
from server.services.keys.recovery import put_recovery
from server.services.keys.roster_shape import Roster, parsed
from server.services.keys.vouching import require_signed, roster_text
from server.services.transaction import writing


def change_roster(member: Member, signed: SignedRoster, recovery: Recovery | None, now: datetime) -> None:
    """Keep a new version: a partner was verified, a member taken off, the recovery key replaced (`recovery`).

    Leaves an event. Raises KeysRefused, KeysStale.
    """
    with writing() as session:
        team = locked_team(session, member)
        if recovery is not None:
            put_recovery(session, team, recovery, now)
        roster = keep_roster(session, team, member, signed, now)
        add_event(session, member, "roster_changed", now, about=("team", team.id), detail={"version": roster.version})


def locked_team(session: Session, member: Member) -> Team:
    """The member's team as it is now; whoever else changes its keys waits for the end of this transaction."""
    asked = select(Team).where(Team.id == member.team_id).with_for_update(of=Team)
    return session.scalars(asked.execution_options(populate_existing=True)).one()


def require_opener(session: Session, member: Member) -> None:
    """Raises KeysNotTheirs for somebody to whom the team's keyring is not sealed."""
    if session.get(TeamWrap, (member.team_id, member.id)) is None:
        raise KeysNotTheirs


def keep_roster(session: Session, team: Team, member: Member, signed: SignedRoster, now: datetime) -> Roster:
    """Add a version to the open transaction, in which the team's keys and recovery are already as it says; whoever is
    not on it loses their wrap. The caller holds the team's lock and leaves the event. Raises KeysRefused, KeysStale."""
    session.flush()
    require_roster(signed)
    roster = parsed(signed.body)
    require(roster.team == team.id, "the roster's team")
    if roster.version != last_version(session, team.id) + 1:
        raise KeysStale
    current = _require_history(session, team, roster)
    require_signed(current.vouch_key, roster_text(signed.body), signed.signature, "the signature of the roster")
    wrap = session.get(RecoveryWrap, team.id)
    require(roster.recovery == (wrap.recipient if wrap else ""), "the roster's recovery recipient")
    _require_members(session, team, roster.members)
    known = select(func.count()).select_from(Team).where(Team.id.in_(roster.partners))
    require(session.scalar(known) == len(roster.partners), "a partner on the roster")
    session.add(
        TeamRoster(
            team_id=team.id,
            version=roster.version,
            body=signed.body,
            signature=signed.signature,
            made_by=member.id,
            made_at=now,
        )
    )
    gone = delete(TeamWrap).where(TeamWrap.team_id == team.id, TeamWrap.member_id.not_in(roster.members))
    session.execute(gone)
    return roster


def last_version(session: Session, team_id: int) -> int:
    """The newest roster's number; 0 while there is none."""
    return session.scalar(select(func.max(TeamRoster.version)).where(TeamRoster.team_id == team_id)) or 0


def history_of(session: Session, team_id: int) -> list[PublicKey]:
    """The team's keys, the oldest first."""
    asked = select(TeamKey).where(TeamKey.team_id == team_id).order_by(TeamKey.n)
    return [PublicKey(key.n, key.age_recipient, key.vouch_key, key.signature) for key in session.scalars(asked)]


def _require_history(session: Session, team: Team, roster: Roster) -> PublicKey:
    """The roster's keys are the team's, at least from the last one that no older one vouches for: by them members and
    partners follow from the key that they compared. Out: the current one."""
    history = history_of(session, team.id)
    require(history and len(roster.keys) <= len(history), "the roster's list of keys")
    begin = max(place for place, key in enumerate(history) if not key.signature)
    named = len(history) - len(roster.keys)
    require(named <= begin and list(roster.keys) == history[named:], "the roster's list of keys")
    require(history[-1].vouch_key == team.vouch_key, "the team's current key")
    return history[-1]


def _require_members(session: Session, team: Team, numbers: Collection[int]) -> None:
    """All of them are of this team and still work with its referrals. Each is locked, so that nobody leaves meanwhile
    and keeps a wrap."""
    asked = select(Member).where(Member.id.in_(numbers), Member.team_id == team.id).order_by(Member.id)
    locked = asked.with_for_update(of=Member, key_share=True).execution_options(populate_existing=True)
    found = [one for one in session.scalars(locked) if one.is_active and may(one, "work_referrals")]
    require(len(found) == len(numbers), "a member on the roster")
