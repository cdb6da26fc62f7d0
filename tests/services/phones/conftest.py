"""Two organisations on each engine, with their phones: who leads the home team, and the invitation made last."""

import pytest
from flask import Flask
from sqlalchemy import select

from server.extensions import db
from server.models import Invitation, Member
from tests.partnership import Partnership, found


@pytest.fixture
def sides(engine_app: Flask) -> Partnership:
    with engine_app.app_context():
        return found()


def lead_of(sides: Partnership) -> Member:
    """The home team's lead."""
    return db.session.get_one(Member, sides.home.member_id)


def newest_invitation() -> Invitation:
    """The one made last, of whatever team."""
    return db.session.scalars(select(Invitation).order_by(Invitation.id.desc()).limit(1)).one()
