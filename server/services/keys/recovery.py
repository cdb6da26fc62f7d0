"""The recovery key: its private half is on paper only. Kept here is the team's keyring as a file for it."""

from datetime import datetime

from sqlalchemy.orm import Session

from server.models import Member, RecoveryWrap, Team
from server.services.events import add_event
from server.services.keys.given import KeysRefused, Recovery
from server.services.transaction import writing


def put_recovery(session: Session, team: Team, new: Recovery, now: datetime) -> None:
    """Put the file in the place of the one before, in the open transaction. Another recipient is another sheet, which
    its maker has just typed part of."""
    before = session.get(RecoveryWrap, team.id)
    if before is None:
        session.add(
            RecoveryWrap(team_id=team.id, recipient=new.recipient, file=new.file, made_at=now, checked_at=now),
        )
        return
    if before.recipient != new.recipient:
        before.recipient, before.made_at, before.checked_at = new.recipient, now, now
    before.file = new.file


def recovery_checked(member: Member, now: datetime) -> None:
    """Somebody showed that the sheet is there and opens the file. Leaves an event. Raises KeysRefused when the team
    has none."""
    with writing() as session:
        wrap = session.get(RecoveryWrap, member.team_id, with_for_update=True)
        if wrap is None:
            raise KeysRefused("the recovery sheet that the team has not")
        wrap.checked_at = now
        add_event(session, member, "recovery_checked", now, about=("team", member.team_id))
