"""The numbers of a month are those of its rows, whether they are there or gone, and stay when the rows are too old."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from server.extensions import db
from server.models import MonthCount, Referral, Tombstone
from server.services import counts
from server.services.retention import record
from server.services.retention.periods import Periods
from server.services.transaction import writing
from tests.partnership import Partnership, found
from tests.services.sending import send

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PERIODS = Periods()


@pytest.fixture
def sides(engine_app: Flask) -> Partnership:
    with engine_app.app_context():
        return found()


def _numbers(team_id: int) -> dict[tuple[str, str], int]:
    rows = db.session.scalars(select(MonthCount).where(MonthCount.team_id == team_id))
    return {(row.month, row.what): row.number for row in rows}


def _buried(team_id: int, received_at: datetime, closed_as: str | None) -> Tombstone:
    return Tombstone(
        id=str(uuid.uuid4()), reference="HD-0000-0000", team_id=team_id, receipt_sha256=uuid.uuid4().hex * 2,
        received_at=received_at, closed_at=None, closed_as=closed_as, deleted_at=NOW, why="age",
    )  # fmt: skip


def test_rows_and_tombstones_are_counted_together_by_month_of_arrival(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        send(sides.home, datetime(2026, 10, 31, 23, 59, 59, tzinfo=UTC))
        closed = send(sides.home, datetime(2026, 11, 1, tzinfo=UTC)).id
        # Open, closed and gone ones of one month are one number.
        send(sides.home, NOW)
        send(sides.other, NOW)
        with writing() as session:
            row = session.get_one(Referral, closed)
            row.state, row.closed_as, row.closed_at = "closed", "acted_police", NOW
            session.add(_buried(sides.home.team_id, datetime(2026, 11, 2, tzinfo=UTC), "acted_police"))
            session.add(_buried(sides.home.team_id, datetime(2026, 7, 2, tzinfo=UTC), None))
        assert counts.sweep(NOW, PERIODS) == 2
        assert counts.sweep(NOW, PERIODS) == 0
        assert _numbers(sides.home.team_id) == {
            ("2026-07", "arrived"): 1,
            ("2026-10", "arrived"): 1,
            ("2026-11", "arrived"): 3,
            ("2026-11", "acted_police"): 2,
        }
        assert _numbers(sides.other.team_id) == {("2026-11", "arrived"): 1}


def test_a_number_that_is_no_more_goes(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        one, others = send(sides.home, NOW).id, send(sides.other, NOW).id
        with writing() as session:
            for row in (session.get_one(Referral, one), session.get_one(Referral, others)):
                row.state, row.closed_as, row.closed_at = "closed", "duplicate", NOW
        counts.sweep(NOW, PERIODS)
        with writing() as session:
            session.get_one(Referral, one).closed_as = "not_enough"
        counts.sweep(NOW, PERIODS)
        assert _numbers(sides.home.team_id) == {("2026-11", "arrived"): 1, ("2026-11", "not_enough"): 1}
        # Another team's number of the same name stays.
        assert _numbers(sides.other.team_id) == {("2026-11", "arrived"): 1, ("2026-11", "duplicate"): 1}


@pytest.mark.parametrize(("month", "stays"), [(11, True), (12, False)])
def test_a_month_whose_tombstones_may_be_gone_keeps_its_numbers(
    engine_app: Flask, sides: Partnership, month: int, stays: bool
) -> None:
    with engine_app.app_context():
        with writing() as session:
            for day in (29, 30):
                session.add(_buried(sides.home.team_id, datetime(2025, month, day, tzinfo=UTC), "acted_support"))
        early = datetime(2025, 12, 31, tzinfo=UTC)
        counts.sweep(early, PERIODS)
        before = _numbers(sides.home.team_id)
        assert before[f"2025-{month}", "arrived"] == 2
        # Of two one is gone, and then the other.
        for day, left in ((29, 1), (30, 0)):
            with writing() as session:
                gone = Tombstone.received_at == datetime(2025, month, day, tzinfo=UTC)
                session.execute(delete(Tombstone).where(gone))
            counts.sweep(NOW, PERIODS)
            assert _numbers(sides.home.team_id) == (before if stays else dict.fromkeys(before, left) if left else {})


@pytest.mark.parametrize("months", [6, 12, 24])
def test_no_tombstone_of_a_month_that_is_counted_is_old_enough_to_go(months: int) -> None:
    periods = Periods(record_months=months)
    for day in range(800):
        now = NOW + timedelta(days=day)
        assert counts._first_whole_month(now, periods) >= record.begins(now, periods)


@pytest.fixture
def arriving(engine_app: Flask, sides: Partnership) -> Iterator[Thread]:
    """A phone that sends while the test counts."""

    def arrive() -> None:
        with engine_app.app_context():
            for _ in range(40):
                send(sides.home, NOW + timedelta(seconds=1))

    thread = Thread(target=arrive)
    yield thread
    thread.join()


def test_while_referrals_arrive_no_number_is_ever_too_high_and_in_the_end_all_is_counted(
    engine_app: Flask, sides: Partnership, arriving: Thread
) -> None:
    with engine_app.app_context():
        arriving.start()
        while arriving.is_alive():
            counts.sweep(NOW, PERIODS)
            counted = _numbers(sides.home.team_id).get(("2026-11", "arrived"), 0)
            db.session.rollback()
            assert counted <= (db.session.scalar(select(func.count()).select_from(Referral)) or 0)
        arriving.join()
        counts.sweep(NOW, PERIODS)
        assert _numbers(sides.home.team_id) == {("2026-11", "arrived"): 40}
