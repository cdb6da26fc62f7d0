"""People of two organisations on a database of either engine, and the moment at which everything happens."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select

from server import clock
from server.extensions import db
from server.models import Event, Member, Team
from server.services.accounts.passkeys import Site
from server.services.founding import add_member
from server.services.transaction import writing
from tests.partnership import PASSWORD, Partnership, found
from tests.services.accounts.authenticator import ORIGIN

NOW = clock.now()
SITE = Site("inbox.localhost", ORIGIN, "a secret of the tests")
BINDING = "what this browser is known by"


@dataclass(frozen=True)
class People:
    """The home team's `lead` and `coordinator`, its organisation's only `administrator`, and `stranger`: an
    administrator elsewhere."""

    lead: Member
    coordinator: Member
    administrator: Member
    stranger: Member


@pytest.fixture
def joined(app: Flask) -> Iterator[Partnership]:
    """The partnership on SQLite, its application context open."""
    with app.app_context():
        yield found()


@pytest.fixture
def engine_joined(engine_app: Flask) -> Iterator[Partnership]:
    """The partnership, once on each engine, its application context open."""
    with engine_app.app_context():
        yield found()


@pytest.fixture
def people(engine_joined: Partnership) -> People:
    """Four people with the roles that their names say."""
    with writing() as session:
        home = session.get_one(Team, engine_joined.home.team_id)
        session.get_one(Member, engine_joined.home.member_id).roles = ["coordinator"]
        lead = add_member(session, home, "lead", "Lead, home", PASSWORD, roles=("lead",), now=NOW)
        admin = add_member(session, home, "admin", "Administrator, home", PASSWORD, roles=("administrator",), now=NOW)
        session.flush()
        lead_id, admin_id = lead.id, admin.id
    coordinator, stranger = engine_joined.home.member_id, engine_joined.other.member_id
    return People(*(db.session.get_one(Member, number) for number in (lead_id, coordinator, admin_id, stranger)))


@pytest.fixture
def kinds() -> Callable[[], list[str]]:
    """Gives the kinds of all events so far, in their order."""
    return lambda: list(db.session.scalars(select(Event.kind).order_by(Event.id)))


def member_of(side_member: int) -> Member:
    """The member of this number."""
    return db.session.get_one(Member, side_member)
