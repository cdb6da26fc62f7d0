"""Sessions and links that open nothing go; what lives stays; on both engines."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from server.extensions import db
from server.models import AccountLink, Member, MemberSession
from server.services.accounts import links, sessions
from server.services.retention import leftovers
from server.services.transaction import writing
from tests.partnership import Partnership
from tests.services.retention.conftest import CAME


@pytest.mark.parametrize(
    ("after", "left"),
    [
        (timedelta(minutes=14), 1),
        (sessions.IDLE, 0),
        # Of a clock that was wrong: it opens nothing, and would lie there until that time has come.
        (-timedelta(minutes=14), 1),
        (-sessions.IDLE, 0),
    ],
)
def test_a_session_goes_when_it_is_over(engine_app: Flask, sides: Partnership, after: timedelta, left: int) -> None:
    with engine_app.app_context():
        with writing() as session:
            sessions.open_session(session, session.get_one(Member, sides.home.member_id), "passkey", CAME)
        assert leftovers.clear(CAME + after) == 1 - left
        assert len(db.session.scalars(select(MemberSession)).all()) == left


def test_a_link_goes_thirty_days_after_it_was_used_or_ended(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        with writing() as session:
            for _ in range(3):
                links.make_link(session, "member", CAME, team_id=sides.home.team_id, roles=["lead"])
            used, ended, _open = session.scalars(select(AccountLink).order_by(AccountLink.id.desc()).limit(3))
            used.used_at, ended.ended_at = CAME, CAME
        before = len(db.session.scalars(select(AccountLink)).all())
        leftovers.clear(CAME + timedelta(days=30) - timedelta(seconds=1))
        assert len(db.session.scalars(select(AccountLink)).all()) == before
        assert leftovers.clear(CAME + timedelta(days=30)) == 2
        assert len(db.session.scalars(select(AccountLink)).all()) == before - 2


def test_a_link_that_nobody_used_goes_too_with_the_account_that_was_begun(
    engine_app: Flask, sides: Partnership
) -> None:
    with engine_app.app_context():
        with writing() as session:
            team_id = sides.home.team_id
            named = {"sign_in_name": "begun", "display_name": "Coordinator, north", "handle": bytes(32)}
            begun = Member(team_id=team_id, roles=["lead"], **named)
            session.add(begun)
            links.make_link(session, "member", CAME, team_id=team_id, roles=["lead"])
            way_back = {"team_id": team_id, "member_id": sides.home.member_id, "roles": ["lead"]}
            links.make_link(session, "way_back", CAME, **way_back)
            session.flush()
            forward, back = session.scalars(select(AccountLink).order_by(AccountLink.id.desc()).limit(2)).all()[::-1]
            forward.member_id, key, ends = begun.id, begun.id, max(forward.ends_at, back.ends_at)
        leftovers.clear(ends + timedelta(days=30) - timedelta(seconds=1))
        assert db.session.get(Member, key) is not None
        assert leftovers.clear(ends + timedelta(days=30)) == 1
        assert db.session.get(Member, key) is None
        assert db.session.get(Member, sides.home.member_id) is not None
        assert db.session.scalars(select(AccountLink).where(AccountLink.used_at.is_(None))).all() == []


# On SQLite there is one writer, and nobody to hold anything.
@pytest.mark.parametrize("engine_url", ["postgresql"], indirect=True)
def test_a_link_that_somebody_holds_is_looked_at_the_next_time(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        with writing() as session:
            for _ in range(2):
                links.make_link(session, "member", CAME, team_id=sides.home.team_id, roles=["lead"])
            one, other = session.scalars(select(AccountLink).order_by(AccountLink.id.desc()).limit(2))
            held, then = one.id, other.ends_at + timedelta(days=30)
        with db.engine.begin() as somebody:
            somebody.execute(select(AccountLink.id).where(AccountLink.id == held).with_for_update())
            assert leftovers.clear(then) == 1
            assert db.session.get(AccountLink, held) is not None
        assert leftovers.clear(then) == 1
        assert db.session.scalars(select(AccountLink).where(AccountLink.used_at.is_(None))).all() == []
