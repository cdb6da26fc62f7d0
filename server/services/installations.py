"""What a database is for: a demonstration, a partnership, or nothing yet."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.models import Installation, Organisation


def is_demo(session: Session) -> bool:
    """Whether it was made by `heed demo`: its keys are known, so it may be served on loopback only."""
    return bool(session.scalar(select(Installation.is_demo)))


def is_set_up(session: Session) -> bool:
    """Whether there is anybody who could read a referral."""
    return session.scalar(select(Organisation.id).limit(1)) is not None
