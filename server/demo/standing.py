"""Whether the demonstration stands as it should, so that a second start has nothing to make."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.config import Config
from server.database import engine_for
from server.demo import secrets_file
from server.models import Invitation, Team
from server.services.installations import is_demo


def standing(config: Config, now: datetime) -> dict[str, Any] | None:
    """What stands in the secrets file, if the demonstration is there and every team can be joined; else
    None."""
    engine = engine_for(config.database_url)
    try:
        with Session(engine) as session:
            whole = is_demo(session) and not teams_without_invitation(session, now)
    finally:
        engine.dispose()
    return secrets_file.read(config) if whole else None


def teams_without_invitation(session: Session, now: datetime) -> set[int]:
    """The ids of the teams that no phone can join at this moment."""
    good = select(Invitation.team_id).where(Invitation.ends_at > now, Invitation.uses_left > 0)
    return set(session.scalars(select(Team.id).where(Team.id.not_in(good))))
