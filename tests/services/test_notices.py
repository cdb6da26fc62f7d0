"""A team is told 14 and 3 days before a referral goes, each once, directly of the 3 when there is no more time, and
anew when it was kept longer."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text

from server import clock
from server.extensions import db
from server.models import Event, Referral, Team
from server.services import notices
from server.services.retention.periods import Periods, leaves_at
from server.services.sender_traces import day_of
from server.services.transaction import writing
from tests.partnership import Partnership, found
from tests.services.sending import send

NOW = clock.now()
PERIODS = Periods()
SECOND = timedelta(seconds=1)


@pytest.fixture
def sides(engine_app: Flask) -> Partnership:
    with engine_app.app_context():
        return found()


def _told(referral_id: str) -> list[int]:
    asked = select(Event).where(Event.kind == "deletion_announced", Event.referral_id == referral_id)
    return [event.detail["days"] for event in db.session.scalars(asked.order_by(Event.seq))]


def _leaves(referral_id: str) -> datetime:
    return leaves_at(db.session.get_one(Referral, referral_id), PERIODS)


def test_each_warning_is_given_once_and_in_time(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        one = send(sides.home, NOW).id
        leaves = _leaves(one)
        assert notices.sweep(leaves - timedelta(days=14) - SECOND, PERIODS) == 0
        assert notices.sweep(leaves - timedelta(days=14), PERIODS) == 1
        assert notices.sweep(leaves - timedelta(days=3) - SECOND, PERIODS) == 0
        assert _told(one) == [14]
        assert notices.sweep(leaves - timedelta(days=3), PERIODS) == 1
        assert notices.sweep(leaves - SECOND, PERIODS) == 0
        assert _told(one) == [14, 3]
        [first, _] = db.session.scalars(select(Event).where(Event.kind == "deletion_announced").order_by(Event.seq))
        assert first.at == day_of(leaves - timedelta(days=14))


def test_whoever_comes_second_to_one_row_tells_of_it_no_more(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        one = send(sides.home, NOW).id
        now = _leaves(one) - timedelta(days=14)
        # Both have found it due; the second looks again under the lock.
        assert [notices._tell(one, now, PERIODS) for _ in range(2)] == [True, False]
        assert _told(one) == [14]


def test_with_less_than_three_days_left_it_is_told_of_three_only(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        one = send(sides.home, NOW).id
        leaves = _leaves(one)
        assert notices.sweep(leaves - timedelta(days=2), PERIODS) == 1
        assert notices.sweep(leaves - timedelta(days=1), PERIODS) == 0
        assert _told(one) == [3]


def test_what_goes_now_is_not_told_of(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        one = send(sides.home, NOW).id
        assert notices.sweep(_leaves(one), PERIODS) == 0
        # Nor when it was found a moment before.
        assert not notices._tell(one, _leaves(one), PERIODS)
        assert _told(one) == []


def test_a_closed_one_and_one_kept_longer_are_told_of_by_their_own_day(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        closed, kept = send(sides.home, NOW).id, send(sides.home, NOW).id
        with writing() as session:
            row = session.get_one(Referral, closed)
            row.state, row.closed_at = "closed", NOW
            session.get_one(Referral, kept).kept_until = NOW + timedelta(days=120)
        assert notices.sweep(NOW + timedelta(days=16), PERIODS) == 1
        assert _told(closed) == [14]
        assert notices.sweep(NOW + timedelta(days=80), PERIODS) == 0
        assert notices.sweep(NOW + timedelta(days=106), PERIODS) == 1
        assert _told(kept) == [14]


def test_one_kept_longer_is_told_of_anew(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        one = send(sides.home, NOW).id
        notices.sweep(NOW + timedelta(days=88), PERIODS)
        with writing() as session:
            row = session.get_one(Referral, one)
            row.kept_until, row.warned_days = NOW + timedelta(days=118), None
        assert notices.sweep(NOW + timedelta(days=103), PERIODS) == 0
        assert notices.sweep(NOW + timedelta(days=104), PERIODS) == 1
        assert _told(one) == [3, 14]


def test_it_stands_in_the_record_of_the_organisation_that_has_it(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        sent = {send(side, NOW).id: db.session.get_one(Team, side.team_id) for side in (sides.home, sides.other)}
        assert notices.sweep(NOW + timedelta(days=88), PERIODS) == 2
        events = db.session.scalars(select(Event).where(Event.kind == "deletion_announced"))
        told = {event.referral_id: event.organisation_id for event in events}
        assert told == {referral_id: team.organisation_id for referral_id, team in sent.items()}


def test_it_does_not_wait_for_what_somebody_is_changing(
    engine_app: Flask, sides: Partnership, caplog: pytest.LogCaptureFixture
) -> None:
    """On PostgreSQL a row that is locked is left to the next sweep; the others are told of."""
    with engine_app.app_context():
        locked, free = (send(sides.home, NOW).id for _ in range(2))
        if db.engine.dialect.name == "sqlite":
            pytest.skip("SQLite has one writer: there is no lock on a row")
        with db.engine.connect() as other, other.begin():
            other.execute(text("SELECT 1 FROM referral WHERE id = :id FOR UPDATE"), {"id": locked})
            assert notices.sweep(NOW + timedelta(days=88), PERIODS) == 1
        assert [_told(locked), _told(free)] == [[], [3]]
        # Waiting for it would end in a fault, far too late.
        assert caplog.text == ""
        assert notices.sweep(NOW + timedelta(days=88), PERIODS) == 1
