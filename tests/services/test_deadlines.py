"""What nobody read in time is written down once, to the second of its due time, and what needs no reader is not."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text

from server import clock
from server.extensions import db
from server.models import Event, Member, Referral, Team
from server.services import deadlines, triage
from server.services.audit.verify import verify
from server.services.sender_traces import day_of
from server.services.transaction import writing
from tests.partnership import Partnership, found
from tests.services.sending import send

NOW = clock.now()
_PAST_DUE = select(Event).where(Event.kind == "past_due")


@pytest.fixture
def sides(engine_app: Flask) -> Partnership:
    with engine_app.app_context():
        return found()


def _marked() -> list[tuple[str | None, dict[str, object]]]:
    events = db.session.scalars(_PAST_DUE)
    return [(event.referral_id, event.detail) for event in events]


def test_it_is_marked_at_its_second_and_once(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        stored = send(sides.home, NOW)
        referral_id, due = stored.id, db.session.scalars(select(Referral.due_at)).one()
        assert deadlines.sweep(due - timedelta(seconds=1)) == 0
        assert _marked() == []
        assert deadlines.sweep(due) == 1
        assert deadlines.sweep(due) == 0
        assert deadlines.sweep(due + timedelta(days=3)) == 0
        urgency = db.session.get_one(Referral, referral_id).urgency
        assert _marked() == [(referral_id, {"urgency": urgency})]
        assert not any(verdict.fault for verdict in verify(db.session()))


def test_whoever_comes_second_to_one_row_marks_it_no_more(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        one, now = send(sides.home, NOW).id, NOW + timedelta(days=30)
        # Both have found it due; the second looks again under the lock.
        assert [deadlines._mark(one, now) for _ in range(2)] == [True, False]
        assert len(_marked()) == 1


def test_the_hour_of_arrival_is_not_told(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        send(sides.home, NOW)
        later = day_of(NOW) + timedelta(days=9, hours=13, minutes=7)
        deadlines.sweep(later)
        [event] = db.session.scalars(_PAST_DUE)
        [referral] = db.session.scalars(select(Referral))
        assert event.at == referral.past_due_at == day_of(later)


def test_what_was_read_closed_or_held_is_not_marked(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        read, closed, held, unread = (send(sides.home, NOW).id for _ in range(4))
        member = db.session.get_one(Member, sides.home.member_id)
        triage.opened(member, read, NOW)
        with writing() as session:
            session.get_one(Referral, held).held = True
            session.get_one(Referral, closed).state = "closed"
        assert deadlines.sweep(NOW + timedelta(days=30)) == 1
        assert [referral_id for referral_id, _ in _marked()] == [unread]


def test_it_stands_in_the_record_of_the_organisation_that_has_it(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        sent = {send(side, NOW).id: db.session.get_one(Team, side.team_id) for side in (sides.home, sides.other)}
        assert deadlines.sweep(NOW + timedelta(days=30)) == 2
        told = {event.referral_id: event.organisation_id for event in db.session.scalars(_PAST_DUE)}
        assert told == {referral_id: team.organisation_id for referral_id, team in sent.items()}


def test_it_does_not_wait_for_what_somebody_is_changing(
    engine_app: Flask, sides: Partnership, caplog: pytest.LogCaptureFixture
) -> None:
    """On PostgreSQL a row that is locked is left to the next sweep; the others are done."""
    with engine_app.app_context():
        locked, free = (send(sides.home, NOW).id for _ in range(2))
        if db.engine.dialect.name == "sqlite":
            pytest.skip("SQLite has one writer: there is no lock on a row")
        with db.engine.connect() as other, other.begin():
            other.execute(text("SELECT 1 FROM referral WHERE id = :id FOR UPDATE"), {"id": locked})
            assert deadlines.sweep(NOW + timedelta(days=30)) == 1
        assert [referral_id for referral_id, _ in _marked()] == [free]
        # Waiting for it would end in a fault, far too late.
        assert caplog.text == ""
        assert deadlines.sweep(NOW + timedelta(days=30)) == 1
