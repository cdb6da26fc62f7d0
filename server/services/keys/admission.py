"""Letting a colleague in: the team's keyring sealed to the key that two people compared."""

from datetime import datetime

from server.models import Member, TeamWrap
from server.services.events import add_event
from server.services.keys.given import KeysStale, SignedRoster, Wraps, require
from server.services.keys.rosters import keep_roster, locked_team, require_opener
from server.services.transaction import writing


def admit(actor: Member, member_id: int, key: str, team_wrap: bytes, signed: SignedRoster, now: datetime) -> None:
    """Keep a colleague's wrap and the roster that names their key. Leaves an event.

    `key`: the one that was compared. Raises KeysNotTheirs when the actor has no wrap; KeysRefused for somebody of
    elsewhere, or who left; KeysStale when the colleague has another key by now.
    """
    wraps = Wraps({member_id: team_wrap})
    with writing() as session:
        team = locked_team(session, actor)
        require_opener(session, actor)
        roster = keep_roster(session, team, actor, signed, now)
        require(roster.members.get(member_id) == key, "the member on the roster")
        # On the roster, so of this team, active, and locked until the end.
        if session.get_one(Member, member_id).identity_recipient != key:
            raise KeysStale
        session.merge(TeamWrap(team_id=team.id, member_id=member_id, file=wraps.files[member_id]))
        detail = {"version": roster.version}
        add_event(session, actor, "member_admitted", now, about=("member", member_id), detail=detail)
