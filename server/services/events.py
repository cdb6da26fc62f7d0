"""The record of what was done: every service that changes something adds one row here, in the same
transaction."""

from datetime import datetime

from sqlalchemy.orm import Session

from server.models import Event, Member


def add_event(session: Session, member: Member, kind: str, now: datetime, referral_id: str | None = None) -> None:
    """Add "this member did this" to the open transaction; `kind` is a word of `server.models.Event`."""
    session.add(
        Event(
            organisation_id=member.team.organisation_id,
            referral_id=referral_id,
            kind=kind,
            member_id=member.id,
            at=now,
        )
    )
