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
    """What stands in the secrets file, if the demonstration is there and every link in it is good; else None."""
    told = secrets_file.read(config)
    engine = engine_for(config.database_url)
    try:
        with Session(engine) as session:
            whole = is_demo(session) and told is not None and not links_to_renew(session, told, now)
    finally:
        engine.dispose()
    return told if whole else None


def links_to_renew(session: Session, told: dict[str, Any], now: datetime) -> list[tuple[dict[str, str], Team]]:
    """The members whose link no phone can join by, or is from before some team's keys; each with its team.

    Phones learn the team's key from the link alone: with an older one their notes would go on waiting.
    """
    teams = first_teams(session, told)
    usable = (Invitation.ends_at > now, Invitation.uses_left > 0, Invitation.ended_at.is_(None))
    good = set(session.scalars(select(Invitation.team_id).where(*usable)))
    return [
        (member, team)
        for member, team in zip(told["members"], teams, strict=True)
        if team.id not in good or any((one.age_recipient or "") not in member["invitation"] for one in teams)
    ]


def first_teams(session: Session, told: dict[str, Any]) -> list[Team]:
    """The teams the demonstration was made with, in the order of its members; whoever tries it may add more."""
    oldest_last = session.scalars(select(Team).order_by(Team.id.desc()))
    teams = {team.organisation_id: team for team in oldest_last}
    return sorted(teams.values(), key=lambda team: team.id)[: len(told["members"])]
