"""Two teams on either engine, in an application context that stays open, and a clock that stands still."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask

from server.models import Milestone, Team, TeamWrap
from server.services.founding import add_member
from server.services.transaction import writing
from tests.partnership import PASSWORD, Partnership, found

# A Monday, on which both teams read.
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.fixture
def teams(engine_app: Flask) -> Iterator[Partnership]:
    """The home team with keys, the other without; a member each, who may do everything."""
    with engine_app.app_context():
        yield found()


def add(team_id: int, name: str, *roles: str) -> int:
    """One more active member. Out: their number."""
    with writing() as session:
        made = add_member(session, session.get_one(Team, team_id), name, name, PASSWORD, roles=roles, now=NOW)
        session.flush()
        return made.id


def give_key(team_id: int, member_id: int) -> None:
    """Let a member hold the team's keys."""
    with writing() as session:
        session.add(TeamWrap(team_id=team_id, member_id=member_id, file=b"sealed"))


def reach(name: str, at: datetime) -> None:
    """Write a milestone."""
    with writing() as session:
        session.merge(Milestone(name=name, at=at))
