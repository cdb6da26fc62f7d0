"""What is due goes on time, to the second, whole or not at all, once; on both engines."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select, text

from server.extensions import db
from server.models import Message, Referral, SealedNote, Team, Tombstone, Transfer
from server.services import follow_up, intake, triage, withdrawal
from server.services.audit.listing import page_of
from server.services.audit.verify import verify
from server.services.audit.wanted import Wanted
from server.services.messages.from_phone import MessageRefused
from server.services.own_referral import NotThisTeam
from server.services.retention import deleting, keeping, naming
from server.services.sender_traces import day_of
from server.services.transaction import writing
from tests.referrals import AGE_FILE, coded
from tests.services.messages.talking import talk
from tests.services.retention.conftest import CAME, GONE, PERIODS, THERE, Whole, organisation_of
from tests.services.sending import CEILING, incoming, send
from tests.services.transfers.passing import offered

DUE = CAME + timedelta(days=90)
SECOND = timedelta(seconds=1)


def sound() -> bool:
    return all(verdict.fault is None for verdict in verify(db.session()))


@pytest.mark.parametrize("wait", [timedelta(days=89), timedelta(days=90) - SECOND])
def test_nothing_goes_before_its_time(engine_app: Flask, whole: Whole, wait: timedelta) -> None:
    with engine_app.app_context():
        assert deleting.sweep(CAME + wait, PERIODS) == 0
        assert whole.rows() == THERE


def test_at_its_time_everything_goes_and_the_days_stay(engine_app: Flask, whole: Whole) -> None:
    with engine_app.app_context():
        reference = db.session.get_one(Referral, whole.id).reference
        assert deleting.sweep(DUE, PERIODS) == 1
        assert deleting.sweep(DUE, PERIODS) == 0
        assert whole.rows() == GONE
        left = db.session.get_one(Tombstone, whole.id)
        assert (left.reference, left.why, left.closed_as, left.closed_at) == (reference, "age", None, None)
        assert (left.received_at, left.deleted_at) == (day_of(CAME), day_of(DUE))
        home, other = (organisation_of(side.team_id) for side in (whole.sides.home, whole.sides.other))
        assert whole.deleted_events() == [
            (home, whole.id, None, {"why": "age"}, day_of(DUE)),
            (other, None, "transfer", {"why": "age"}, day_of(DUE)),
        ]
        assert sound()
        [newest, *_] = page_of(whole.member.team.organisation, Wanted(about=reference)).entries
        assert (newest.kind, newest.about) == ("deleted", reference)


def test_passed_on_inside_one_organisation_it_is_told_once(engine_app: Flask, whole: Whole) -> None:
    with engine_app.app_context():
        home = organisation_of(whole.sides.home.team_id)
        with writing() as session:
            session.get_one(Team, whole.sides.other.team_id).organisation_id = home
        deleting.sweep(DUE, PERIODS)
        assert whole.rows() == GONE
        assert whole.deleted_events() == [(home, whole.id, None, {"why": "age"}, day_of(DUE))]


def test_what_hangs_on_another_stays(engine_app: Flask, whole: Whole) -> None:
    with engine_app.app_context():
        another = talk(whole.sides.home, DUE, receipt=b"another sixteen!")
        another.from_phone(1, DUE)
        offered(whole.sides, another.referral_id, DUE)
        assert deleting.sweep(DUE, PERIODS) == 1
        assert whole.rows() == {"referral": 1, "sealed_note": 1, "message": 1, "transfer": 1, "tombstone": 1}
        left = [db.session.scalars(select(part.referral_id)).one() for part in (SealedNote, Message, Transfer)]
        assert left == [another.referral_id] * 3


@pytest.mark.parametrize(("wait", "goes"), [(timedelta(days=30) - SECOND, 0), (timedelta(days=30), 1)])
def test_a_closed_one_goes_thirty_days_after(engine_app: Flask, whole: Whole, wait: timedelta, goes: int) -> None:
    with engine_app.app_context():
        closed = CAME + timedelta(days=5)
        triage.close(whole.member, whole.id, 1, "duplicate", closed)
        assert deleting.sweep(closed + wait, PERIODS) == goes
        if goes:
            left = db.session.get_one(Tombstone, whole.id)
            assert (left.why, left.closed_as, left.closed_at) == ("closed", "duplicate", day_of(closed))


def test_one_that_is_kept_longer_goes_then(engine_app: Flask, whole: Whole) -> None:
    with engine_app.app_context():
        keeping.keep_longer(whole.member, whole.id, 1, 30, "proceedings", DUE - timedelta(days=1), PERIODS)
        assert deleting.sweep(DUE, PERIODS) == 0
        later = DUE + timedelta(days=29)
        assert deleting.sweep(later - SECOND, PERIODS) == 0
        assert deleting.sweep(later, PERIODS) == 1


def test_an_operator_deletes_it_whatever_its_day(engine_app: Flask, whole: Whole) -> None:
    with engine_app.app_context():
        [one] = naming.named(db.session.get_one(Referral, whole.id).reference.lower().replace("-", " "))
        assert (one.id, one.state, one.received) == (whole.id, "stored", "2026-03-02")
        assert naming.delete_named(one.id, CAME)
        assert not naming.delete_named(one.id, CAME)
        assert whole.rows() == GONE
        assert db.session.get_one(Tombstone, whole.id).why == "operator"
        assert naming.named(one.reference) == []


class Stopped(Exception):
    """Stands for a process that dies at a statement."""


def test_stopped_at_any_statement_nothing_is_half_deleted(engine_app: Flask, whole: Whole) -> None:
    with engine_app.app_context():
        at = 0
        while True:
            at += 1
            seen = 0

            def stop(*_given: Any, at: int = at) -> None:
                nonlocal seen
                seen += 1
                if seen == at:
                    raise Stopped

            event.listen(db.engine, "before_cursor_execute", stop)
            try:
                with writing() as session:
                    deleting.delete(session, session.get_one(Referral, whole.id), DUE, "age")
            except Stopped:
                event.remove(db.engine, "before_cursor_execute", stop)
            else:
                event.remove(db.engine, "before_cursor_execute", stop)
                break
            assert whole.rows() == THERE, at
            assert whole.deleted_events() == [], at
        assert at > 10
        assert whole.rows() == GONE
        assert sound()


@pytest.mark.parametrize("deed", ["claim", "close", "keep", "sweep"])
def test_at_once_with_what_people_do_it_is_one_or_the_other(engine_app: Flask, whole: Whole, deed: str) -> None:
    deeds: dict[str, Callable[[], Any]] = {
        "claim": lambda: triage.claim(whole.member, whole.id, 1, DUE),
        "close": lambda: triage.close(whole.member, whole.id, 1, "duplicate", DUE),
        "keep": lambda: keeping.keep_longer(whole.member, whole.id, 1, 30, "complaint", DUE, PERIODS),
        "sweep": lambda: deleting.sweep(DUE, PERIODS),
    }
    begin, faults = threading.Barrier(2), []

    def run(what: Callable[[], Any]) -> None:
        with engine_app.app_context():
            begin.wait()
            try:
                what()
            except NotThisTeam:
                pass
            except Exception as fault:
                faults.append(fault)

    threads = [threading.Thread(target=run, args=(what,)) for what in (deeds["sweep"], deeds[deed])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    with engine_app.app_context():
        if deed == "keep" and whole.rows() == THERE:
            assert whole.deleted_events() == []
        deleting.sweep(DUE + timedelta(days=31), PERIODS)
        assert whole.rows() == GONE
        assert len(whole.deleted_events()) == 2
        assert sound()


def test_it_does_not_wait_for_what_somebody_is_changing(
    engine_app: Flask, whole: Whole, caplog: pytest.LogCaptureFixture
) -> None:
    """On PostgreSQL a row that is locked is left to the next sweep; the others go."""
    with engine_app.app_context():
        free = send(whole.sides.home, CAME).id
        if db.engine.dialect.name == "sqlite":
            pytest.skip("SQLite has one writer: there is no lock on a row")
        with db.engine.connect() as other, other.begin():
            other.execute(text("SELECT 1 FROM referral WHERE id = :id FOR UPDATE"), {"id": whole.id})
            assert deleting.sweep(DUE, PERIODS) == 1
        assert [db.session.get(Tombstone, gone) is not None for gone in (free, whole.id)] == [True, False]
        # Waiting for it would end in a fault, far too late.
        assert caplog.text == ""
        assert deleting.sweep(DUE, PERIODS) == 1


def test_kept_longer_between_the_look_and_the_lock_it_stays(
    engine_app: Flask, whole: Whole, monkeypatch: pytest.MonkeyPatch
) -> None:
    with engine_app.app_context():
        real = deleting._delete_if_due

        def late(referral_id: str, now: datetime, periods: Any) -> bool:
            keeping.keep_longer(whole.member, whole.id, 1, 30, "complaint", DUE, PERIODS)
            return real(referral_id, now, periods)

        monkeypatch.setattr(deleting, "_delete_if_due", late)
        assert deleting.sweep(DUE, PERIODS) == 0
        assert whole.rows() == THERE


def test_sent_again_it_does_not_come_back(engine_app: Flask, whole: Whole) -> None:
    with engine_app.app_context():
        deleting.sweep(DUE, PERIODS)
        for part, file in ((None, None), (coded(danger="now"), AGE_FILE + b"late")):
            same = incoming(whole.sides.home, part, id=whole.id, receipt=whole.talk.receipt, file=file)
            [outcome] = intake.store([same], DUE, CEILING)
            assert isinstance(outcome, intake.Stored)
            assert (outcome.new, outcome.sealed_sha256) == (False, same.sealed.sha256 if same.sealed else None)
            assert outcome.coded_sha256 == intake._row(same, DUE)["coded_sha256"]
        strange = [
            incoming(whole.sides.home, id=whole.id, receipt=b"another sixteen!"),
            incoming(whole.sides.home, receipt=whole.talk.receipt),
        ]
        # Neither who has the id alone nor who has the receipt alone is told more than that it is taken.
        refused, other = intake.store(strange, DUE, CEILING)
        assert (refused, other) == (intake.Refused("other-content"), intake.Refused("other-content"))
        assert whole.rows() == GONE


def test_its_phone_hears_that_it_is_over(engine_app: Flask, whole: Whole) -> None:
    with engine_app.app_context():
        deleting.sweep(DUE, PERIODS)
        told = follow_up.follow_up(whole.talk.receipt_sha256)
        assert (told.id, told.state, told.closed_as, told.note, told.messages) == (whole.id, "closed", None, "none", [])
        assert (told.received, told.note_sha256, told.read_at) == (None, None, None)
        with pytest.raises(MessageRefused, match="closed"):
            whole.talk.from_phone(2, DUE)
        with pytest.raises(follow_up.NoSuchReceipt):
            withdrawal.withdraw(whole.talk.receipt_sha256, DUE)
        assert whole.rows() == GONE


def test_taken_back_and_deleted_it_is_still_taken_back(engine_app: Flask, whole: Whole) -> None:
    with engine_app.app_context():
        withdrawal.withdraw(whole.talk.receipt_sha256, CAME)
        deleting.sweep(CAME + timedelta(days=31), PERIODS)
        withdrawal.withdraw(whole.talk.receipt_sha256, DUE)
        assert follow_up.follow_up(whole.talk.receipt_sha256).closed_as == "withdrawn"
