"""Whose referral it is: the one rule by which a member reaches one. Another team's is not found, whatever the deed."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.models import Member, Referral


class NotThisTeam(LookupError):
    """No referral of this id is with the member's team. Answer 404, so that other teams' ids tell nothing."""


def own_referral(session: Session, member: Member, referral_id: str, lock: bool = False) -> Referral:
    """The referral, if it is with the member's team; `lock` keeps others from changing it until the commit.

    Raises NotThisTeam.
    """
    asked = select(Referral).where(Referral.id == referral_id, Referral.team_id == member.team_id)
    found = session.scalar(asked.with_for_update(of=Referral) if lock else asked)
    if found is None:
        raise NotThisTeam(referral_id)
    return found
