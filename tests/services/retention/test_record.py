"""The oldest part of a record goes on time, and what is left is still proven; on both engines."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from server.extensions import db
from server.models import AuditCheckpoint, Event, Member, Referral, Tombstone
from server.services.audit.verify import verify
from server.services.events import add_event
from server.services.retention import deleting, record
from server.services.retention.periods import Periods
from server.services.transaction import writing
from tests.services.retention.conftest import CAME, PERIODS, Whole, organisation_of

DUE = CAME + timedelta(days=90)


def seqs(whole: Whole) -> list[int]:
    db.session.rollback()
    home = organisation_of(whole.sides.home.team_id)
    return list(db.session.scalars(select(Event.seq).where(Event.organisation_id == home).order_by(Event.seq)))


def write(whole: Whole, at: datetime, count: int = 1) -> None:
    with writing() as session:
        member = session.get_one(Member, whole.sides.home.member_id)
        for _ in range(count):
            add_event(session, member, "rota_changed", at, about=("team", member.team_id))


def faults() -> list[str | None]:
    return [verdict.fault.code if verdict.fault else None for verdict in verify(db.session())]


@pytest.fixture
def old(engine_app: Flask, whole: Whole) -> Whole:
    """Its referral is deleted, and a year has events of every kind; the beginning is of before all of it."""
    with engine_app.app_context():
        # What the fixtures wrote by the wall's clock is put back to before.
        db.session.execute(text("DELETE FROM event"))
        db.session.execute(text("DELETE FROM audit_head"))
        db.session.commit()
        write(whole, CAME, 7)
        deleting.sweep(DUE, PERIODS)
        write(whole, DUE + timedelta(days=200), 2)
    return whole


def test_what_is_older_goes_and_the_rest_is_proven(
    engine_app: Flask, old: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record, "BATCH", 3)
    with engine_app.app_context():
        assert seqs(old) == list(range(1, 11))
        assert record.cut(CAME.replace(year=2027), PERIODS) == 0
        assert record.cut(CAME.replace(year=2027) + timedelta(days=1), PERIODS) == 7
        # Three batches, each with its event; the eighth told of the deletion.
        assert seqs(old) == [8, 9, 10, 11, 12, 13]
        assert faults() == [None, None]
        [cut] = db.session.scalars(select(AuditCheckpoint)).all()
        assert (cut.seq, cut.reason) == (7, "cut")
        told = select(Event.detail).where(Event.kind == "record_cut").order_by(Event.seq)
        assert list(db.session.scalars(told)) == [{"events": 3}, {"events": 3}, {"events": 1}]
        assert record.cut(CAME.replace(year=2027) + timedelta(days=1), PERIODS) == 0


def test_what_is_changed_after_a_cut_is_found(engine_app: Flask, old: Whole) -> None:
    with engine_app.app_context():
        record.cut(DUE.replace(year=2027) + timedelta(days=1), PERIODS)
        assert faults() == [None, None]
        db.session.execute(text("UPDATE event SET kind = 'read' WHERE seq = 9 AND organisation_id = 1"))
        db.session.commit()
        assert faults() == ["changed", None]
        db.session.execute(text("DELETE FROM audit_checkpoint"))
        db.session.commit()
        assert faults()[0] == "begins-late"


def test_a_record_that_does_not_hold_is_left_alone(
    engine_app: Flask, old: Whole, caplog: pytest.LogCaptureFixture
) -> None:
    with engine_app.app_context():
        db.session.execute(text("UPDATE event SET kind = 'read' WHERE seq = 4 AND organisation_id = 1"))
        db.session.commit()
        before = seqs(old)
        assert record.cut(CAME.replace(year=2028), PERIODS) == 0
        assert [seq for seq in seqs(old) if seq <= 10] == before
        assert "does not hold at event 4: not cut" in caplog.text


def test_one_event_always_stays(engine_app: Flask, old: Whole) -> None:
    with engine_app.app_context():
        assert record.cut(CAME.replace(year=2030), PERIODS) == 10
        # What tells of the events that went, and of the tombstone.
        assert seqs(old) == [11, 12]
        assert record.cut(CAME.replace(year=2040), PERIODS) == 2
        assert record.cut(CAME.replace(year=2050), PERIODS) == 0
        assert seqs(old) == [13]
        assert faults()[0] is None


def test_what_tells_of_a_referral_that_is_there_stays(engine_app: Flask, whole: Whole) -> None:
    with engine_app.app_context():
        first = select(func.min(Event.seq)).where(Event.referral_id == whole.id)
        before = db.session.scalar(first)
        record.cut(datetime(2040, 1, 1, tzinfo=UTC), PERIODS)
        assert seqs(whole)[0] == before
        assert db.session.get(Referral, whole.id) is not None
        assert faults() == [None, None]


def test_tombstones_go_with_the_record(engine_app: Flask, old: Whole) -> None:
    with engine_app.app_context():
        record.cut(DUE.replace(year=2027, hour=0), PERIODS)
        # What is of the first moment that is kept stays, too: the deletion itself, told by its day.
        assert seqs(old)[0] == 8
        assert db.session.get(Tombstone, old.id) is not None
        record.cut(DUE.replace(year=2027) + timedelta(days=1), PERIODS)
        db.session.rollback()
        assert db.session.get(Tombstone, old.id) is None


@pytest.mark.parametrize(
    ("now", "months", "day"),
    [
        ("2026-11-22", 12, "2025-11-22"),
        ("2027-01-31", 2, "2026-11-30"),
        ("2028-02-29", 12, "2027-02-28"),
        ("2026-12-31", 24, "2024-12-31"),
        ("2026-01-01", 1, "2025-12-01"),
    ],
)
def test_months_are_months_of_the_calendar(now: str, months: int, day: str) -> None:
    at = datetime.fromisoformat(f"{now}T23:59:00+00:00")
    assert record.begins(at, Periods(record_months=months)).isoformat() == f"{day}T00:00:00+00:00"
