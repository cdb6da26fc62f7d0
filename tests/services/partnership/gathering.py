"""What these tests gather: members, events, a frozen day."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from server.extensions import db
from server.models import Event, Member, Team
from server.services.founding import add_member
from server.services.transaction import writing
from tests.partnership import PASSWORD, Side

# A Monday in winter, when London and UTC agree.
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def member_of(side: Side) -> Member:
    """The side's own member."""
    return db.session.get_one(Member, side.member_id)


def team_of(side: Side) -> Team:
    """The side's team."""
    return db.session.get_one(Team, side.team_id)


def colleague(side: Side, name: str, *roles: str) -> Member:
    """One more active member of the side's team."""
    with writing() as session:
        team = session.get_one(Team, side.team_id)
        made = add_member(session, team, name, name.title(), PASSWORD, roles=roles or ("coordinator",), now=NOW)
        session.flush()
        number = made.id
    return db.session.get_one(Member, number)


def events(kind: str) -> list[tuple[int, int | None, str | None, str | None, dict[str, Any]]]:
    """All events of a kind: organisation, member, what it is about, detail."""
    asked = select(Event).where(Event.kind == kind).order_by(Event.id)
    return [
        (event.organisation_id, event.member_id, event.about_kind, event.about_id, event.detail)
        for event in db.session.scalars(asked)
    ]
