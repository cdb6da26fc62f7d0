"""One hand-over for one of its two teams, and what is written down about it. For everybody else it is not there."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.models import Member, Team, Transfer
from server.services.events import add_event, add_event_for
from server.services.triage import SomeoneChangedThis


class NoSuchTransfer(LookupError):
    """The member's team neither offered nor was offered this. Answer 404, so that other teams' numbers tell
    nothing."""


def sent(session: Session, member: Member, number: int) -> Transfer:
    """The hand-over that the member's team offered. Raises NoSuchTransfer."""
    found = session.scalar(select(Transfer).where(Transfer.id == number, Transfer.from_team_id == member.team_id))
    return _there(found, number)


def received(session: Session, member: Member, number: int) -> Transfer:
    """The hand-over that the member's team was offered. Raises NoSuchTransfer."""
    found = session.scalar(select(Transfer).where(Transfer.id == number, Transfer.to_team_id == member.team_id))
    return _there(found, number)


def as_seen(session: Session, found: Transfer, version: int, states: tuple[str, ...]) -> Transfer:
    """The same, locked for this change and read anew, if it is still the version that the member saw and in one of
    these states. Raises SomeoneChangedThis; NoSuchTransfer when it was deleted meanwhile."""
    anew = select(Transfer).where(Transfer.id == found.id).with_for_update(of=Transfer)
    found = _there(session.scalar(anew.execution_options(populate_existing=True)), found.id)
    if found.version != version or found.state not in states:
        raise SomeoneChangedThis(found.id)
    found.version += 1
    return found


def write_down(
    session: Session, actor: Member, transfer: Transfer, kind: str, now: datetime, detail: dict[str, Any] | None = None
) -> None:
    """Leave the event in the records of both organisations; once, where both teams are of one.

    The other organisation's row names no member: who did it is the acting team's own affair.
    """
    about = ("transfer", transfer.id)
    is_home = transfer.from_team_id == actor.team_id
    is_one = transfer.from_team.organisation_id == transfer.to_team.organisation_id
    # The referral is the home team's: on its timeline stands what both did, in the other record no referral at all.
    add_event(session, actor, kind, now, transfer.referral_id if is_home or is_one else None, about, detail)
    if not is_one:
        other = (transfer.to_team if is_home else transfer.from_team).organisation_id
        add_event_for(session, other, kind, now, about, detail, None if is_home else transfer.referral_id)


def may_receive(team: Team) -> bool:
    """Whether anything can be sealed to this team at all."""
    return team.age_recipient is not None and team.vouch_key is not None


def _there(found: Transfer | None, number: int) -> Transfer:
    if found is None:
        raise NoSuchTransfer(number)
    return found
