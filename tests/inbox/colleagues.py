"""Members with other roles, each in a browser of their own, and the answers that nobody out of reach may get."""

from collections.abc import Iterable
from typing import Any

from flask import Flask
from sqlalchemy import select

from server import clock
from server.extensions import db
from server.models import Event, Member, Organisation, Team
from server.services.founding import add_member
from server.services.transaction import writing
from tests.clients import inbox_client
from tests.inbox.conftest import Browser
from tests.partnership import PASSWORD, Side

# Nobody has this number.
NOBODY = 2147483647
TOO_LARGE = 10**24


def add_colleague(app: Flask, team_id: int, name: str, *roles: str) -> Side:
    """An active member of a team, with these roles."""
    with app.app_context(), writing() as session:
        team = session.get_one(Team, team_id)
        made = add_member(session, team, name, name.title(), PASSWORD, roles=roles, now=clock.now())
        session.flush()
        return Side(team_id, made.id, name, made.totp_secret or "", "")


def signed_in(app: Flask, side: Side) -> Browser:
    """A browser that this member has signed in to."""
    browser = Browser(inbox_client(app))
    assert browser.sign_in(side).status_code == 303
    return browser


def browser_of(app: Flask, team_id: int, *roles: str) -> Browser:
    """A browser of a new member with these roles."""
    return signed_in(app, add_colleague(app, team_id, "-".join(roles), *roles))


def second_team(app: Flask, side: Side, name: str = "Night desk") -> int:
    """Another team of the side's organisation. Out: its number."""
    with app.app_context(), writing() as session:
        of = session.get_one(Team, side.team_id).organisation
        team = Team(organisation=of, name=name, areas=[], urgent_number="+441414960105")
        session.add(team)
        session.flush()
        return team.id


def statuses(browser: Browser, paths: Iterable[str], method: str, page: str = "/roles", **values: Any) -> set[int]:
    """All the statuses of these addresses, with a sound token."""
    token = browser.token(page)
    if method == "GET":
        return {browser.get(path).status_code for path in paths}
    return {browser.host.post(path, data={"csrf_token": token, **values}).status_code for path in paths}


def kinds_of_events(app: Flask) -> list[str]:
    """What was done so far, without signing in and what founding leaves."""
    with app.app_context():
        kinds = db.session.scalars(select(Event.kind).order_by(Event.id))
        return [kind for kind in kinds if kind not in ("signed_in", "phone_joined", "invitation_made")]


def in_team(app: Flask, team_id: int) -> Team:
    """The team as it stands."""
    with app.app_context():
        team = db.session.get_one(Team, team_id)
        assert team.conflicts is not None
        db.session.expunge_all()
        return team


def as_member(app: Flask, side: Side) -> Member:
    """The member as they stand."""
    with app.app_context():
        member = db.session.get_one(Member, side.member_id)
        db.session.expunge_all()
        return member


def organisation_of(app: Flask, side: Side) -> int:
    """The number of the side's organisation."""
    with app.app_context():
        return db.session.scalars(select(Organisation.id).join(Team).where(Team.id == side.team_id)).one()
