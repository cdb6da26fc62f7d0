"""Who administers: no organisation may be left without an active administrator."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.models import Member, Organisation, Team
from server.services.accounts.roles import ADMINISTRATOR


class LastAdministrator(Exception):
    """This would leave the organisation without an administrator: give the role to somebody else first."""


def active_administrators(session: Session, organisation_id: int | None = None) -> list[Member]:
    """The administrators who may sign in, of one organisation or of all."""
    asked = select(Member).where(Member.joined_at.is_not(None), Member.left_at.is_(None)).order_by(Member.id)
    if organisation_id is not None:
        asked = asked.join(Team, Team.id == Member.team_id).where(Team.organisation_id == organisation_id)
    return [member for member in session.scalars(asked) if ADMINISTRATOR in member.roles]


def keep_one(session: Session, member: Member) -> None:
    """Call before `member` stops being an administrator, in the open transaction. Raises LastAdministrator.

    The organisation's row is locked first: of two who step back at the same time, the second sees the first. The lock
    keeps nobody from adding rows that point at the organisation, such as events.
    """
    organisation_id = member.team.organisation_id
    session.get_one(Organisation, organisation_id, with_for_update={"key_share": True})
    session.refresh(member)
    left = active_administrators(session, organisation_id)
    if member in left and len(left) == 1:
        raise LastAdministrator
