"""Every way to change the record afterwards is found, and the place is named; on both engines."""

from datetime import timedelta

import pytest
from flask import Flask

from server import clock
from server.extensions import db
from server.models import AuditCheckpoint, Member
from server.services import triage
from server.services.audit import verify as reading
from server.services.audit.walk import Place
from server.services.transaction import writing
from tests.partnership import Partnership
from tests.referrals import AGE_FILE
from tests.services.audit.conftest import NOW, Record
from tests.services.sending import send


def test_what_the_services_wrote_holds(engine_app: Flask, record: Record, other: Record) -> None:
    with engine_app.app_context():
        verdict = record.verdict()
        assert verdict.fault is None
        assert verdict.events == record.last() >= 8
        assert verdict.last == Place(record.last(), record.events()[-1].hash)
        assert other.found() is None
        assert [event.seq for event in record.events()] == list(range(1, verdict.events + 1))


def test_it_holds_however_many_rows_are_read_at_a_time(
    engine_app: Flask, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    with engine_app.app_context():
        whole = record.verdict()
        for size in range(1, whole.events + 2):
            monkeypatch.setattr(reading, "BATCH", size)
            assert record.verdict() == whole


@pytest.mark.parametrize(
    "change",
    [
        "member_id = NULL",
        "kind = 'keys_made'",
        "kind = 'stored'",
        "detail = '{}'",
        "about_id = '999'",
        "about_kind = NULL",
        "hash = '" + "0" * 64 + "'",
    ],
)
def test_a_changed_row_is_found(engine_app: Flask, record: Record, other: Record, change: str) -> None:
    with engine_app.app_context():
        seq = record.last() - 3
        record.tamper(f"UPDATE event SET {change} WHERE organisation_id = :of AND seq = :seq", seq=seq)  # noqa: S608
        assert record.found() == ("changed", seq)
        assert other.found() is None


def test_another_member_in_a_row_is_found(engine_app: Flask, record: Record, other: Record) -> None:
    with engine_app.app_context():
        seq, stranger = record.last() - 1, other.side.member_id
        put = "UPDATE event SET member_id = :who WHERE organisation_id = :of AND seq = :seq"
        record.tamper(put, who=stranger, seq=seq)
        assert record.found() == ("changed", seq)


def test_another_moment_in_a_member_s_row_is_found(engine_app: Flask, record: Record) -> None:
    with engine_app.app_context():
        event = record.events()[-2]
        with writing() as session:
            session.merge(event).at = event.at + timedelta(seconds=1)
        assert record.found() == ("changed", event.seq)


def test_a_row_taken_out_of_the_middle_is_found(engine_app: Flask, record: Record) -> None:
    with engine_app.app_context():
        seq = record.last() - 4
        record.tamper("DELETE FROM event WHERE organisation_id = :of AND seq = :seq", seq=seq)
        assert record.found() == ("missing", seq)


def test_a_gap_closed_by_renumbering_is_found(engine_app: Flask, record: Record) -> None:
    with engine_app.app_context():
        seq, last = record.last() - 4, record.last()
        record.tamper("DELETE FROM event WHERE organisation_id = :of AND seq = :seq", seq=seq)
        for number in range(seq + 1, last + 1):
            put = "UPDATE event SET seq = seq - 1 WHERE organisation_id = :of AND seq = :number"
            record.tamper(put, number=number)
        assert record.found() == ("changed", seq)


def test_the_last_rows_taken_away_are_found(engine_app: Flask, record: Record) -> None:
    with engine_app.app_context():
        seq = record.last() - 1
        record.tamper("DELETE FROM event WHERE organisation_id = :of AND seq >= :seq", seq=seq)
        assert record.found() == ("head-differs", seq)


def test_all_rows_taken_away_are_found(engine_app: Flask, record: Record) -> None:
    with engine_app.app_context():
        record.tamper("DELETE FROM event WHERE organisation_id = :of")
        assert record.found() == ("head-differs", 1)


def test_the_first_rows_taken_away_are_found(engine_app: Flask, record: Record) -> None:
    with engine_app.app_context():
        record.tamper("DELETE FROM event WHERE organisation_id = :of AND seq <= 2")
        assert record.found() == ("begins-late", 3)


def test_a_head_taken_away_or_put_back_is_found(engine_app: Flask, record: Record) -> None:
    with engine_app.app_context():
        last, before = record.last(), record.events()[-2]
        put = "UPDATE audit_head SET seq = :seq, hash = :hash WHERE organisation_id = :of"
        record.tamper(put, seq=before.seq, hash=before.hash)
        assert record.found() == ("head-differs", last)
        record.tamper(put, seq=last, hash=before.hash)
        assert record.found() == ("head-differs", last)
        record.tamper("DELETE FROM audit_head WHERE organisation_id = :of")
        assert record.found() == ("head-gone", last)


def test_two_rows_that_changed_places_are_found(engine_app: Flask, record: Record) -> None:
    with engine_app.app_context():
        one, two = record.last() - 4, record.last() - 2
        put = "UPDATE event SET seq = :to WHERE organisation_id = :of AND seq = :seq"
        for seq, to in ((one, 10_000), (two, one), (10_000, two)):
            record.tamper(put, seq=seq, to=to)
        assert record.found() == ("changed", one)


def test_a_row_put_behind_the_last_is_found(engine_app: Flask, record: Record) -> None:
    with engine_app.app_context():
        put = (
            "INSERT INTO event (organisation_id, seq, kind, detail, at, hash) "
            "SELECT organisation_id, seq + 1, kind, detail, at, hash FROM event "
            "WHERE organisation_id = :of AND seq = :seq"
        )
        last = record.last()
        record.tamper(put, seq=last)
        assert record.found() == ("changed", last + 1)
        record.rewrite_from(last + 1)
        record.tamper(
            "UPDATE audit_head SET hash = (SELECT hash FROM event WHERE organisation_id = :of AND seq = :seq) "
            "WHERE organisation_id = :of",
            seq=last,
        )
        assert record.found() == ("head-differs", last + 1)


def test_a_record_written_anew_is_found_by_what_was_kept_elsewhere_alone(engine_app: Flask, record: Record) -> None:
    with engine_app.app_context():
        kept = [Place(event.seq, event.hash) for event in record.events()]
        seq = kept[-4].seq
        record.tamper("UPDATE event SET kind = 'read' WHERE organisation_id = :of AND seq = :seq", seq=seq)
        record.rewrite_from(seq)
        assert record.found() is None
        assert record.found(*kept[: seq - 1]) is None
        assert record.found(kept[-1]) == ("elsewhere-differs", kept[-1].seq)
        assert record.found(*kept) == ("elsewhere-differs", seq)


def test_an_end_cut_off_with_its_head_is_found_by_what_was_kept_elsewhere(engine_app: Flask, record: Record) -> None:
    with engine_app.app_context():
        end = record.events()[-1]
        kept = Place(end.seq, end.hash)
        before = record.events()[-2]
        record.tamper("DELETE FROM event WHERE organisation_id = :of AND seq = :seq", seq=end.seq)
        put = "UPDATE audit_head SET seq = :seq, hash = :hash WHERE organisation_id = :of"
        record.tamper(put, seq=before.seq, hash=before.hash)
        assert record.found() is None
        assert record.found(kept) == ("elsewhere-ahead", end.seq)


def test_an_organisation_that_is_kept_elsewhere_and_gone_is_named(engine_app: Flask, record: Record) -> None:
    with engine_app.app_context():
        verdicts = reading.verify(db.session(), {999: [Place(1, "0" * 64)]})
        fault = verdicts[-1].fault
        assert (verdicts[-1].organisation_id, fault and fault.code) == (999, "gone")


def test_a_record_may_begin_late_after_a_cut_that_was_written_down(engine_app: Flask, record: Record) -> None:
    with engine_app.app_context():
        kept = [Place(event.seq, event.hash) for event in record.events()]
        cut = kept[3]
        _write_down(record, cut, "made")
        record.tamper("DELETE FROM event WHERE organisation_id = :of AND seq <= :seq", seq=cut.seq)
        assert record.found() == ("begins-late", cut.seq + 1)
        _write_down(record, cut, "cut")
        assert record.found() is None
        assert record.found(*kept) is None
        assert record.found(*kept[:3]) == ("elsewhere-too-old", cut.seq)
        _write_down(record, Place(cut.seq, "f" * 64), "made")
        assert record.found() == ("checkpoint-differs", cut.seq)


def test_a_record_may_be_cut_as_a_whole(engine_app: Flask, record: Record) -> None:
    with engine_app.app_context():
        end = record.events()[-1]
        _write_down(record, Place(end.seq, end.hash), "cut")
        record.tamper("DELETE FROM event WHERE organisation_id = :of")
        assert record.found() is None
        record.write(1)
        assert record.found() is None


def test_a_checkpoint_that_does_not_fit_is_found(engine_app: Flask, record: Record) -> None:
    with engine_app.app_context():
        event = record.events()[3]
        _write_down(record, Place(event.seq, event.hash), "made")
        assert record.found() is None
        _write_down(record, Place(record.last() + 1, event.hash), "made")
        assert record.found() == ("checkpoint-ahead", record.last() + 1)
        record.tamper("UPDATE event SET kind = 'read' WHERE organisation_id = :of AND seq = 2")
        record.rewrite_from(2)
        assert record.found() == ("checkpoint-differs", event.seq)


def test_a_row_that_cannot_even_be_read_is_named(engine_app: Flask, record: Record) -> None:
    with engine_app.app_context():
        # PostgreSQL refuses what is no JSON and no time; JSON of another shape it keeps.
        spoilt = [("detail", "[]", 7)]
        if db.engine.dialect.name == "sqlite":
            spoilt += [("detail", "{", 5), ("at", "{", 3)]
        assert record.found() is None
        for column, value, seq in spoilt:
            record.tamper(f"UPDATE event SET {column} = '{value}' WHERE organisation_id = :of AND seq = :s", s=seq)  # noqa: S608
            assert record.found() == ("changed", seq)


def test_closing_a_referral_keeps_the_record_whole(engine_app: Flask, sides: Partnership, record: Record) -> None:
    with engine_app.app_context():
        now = clock.now().replace(hour=14, minute=5, second=9)
        sent = send(sides.home, now, file=AGE_FILE)
        member = db.session.get_one(Member, sides.home.member_id)
        triage.claim(member, sent.id, 1, now)
        triage.close(member, sent.id, 2, "acted_support", now)
        arrived = [event for event in record.events() if event.kind in ("stored", "note_stored")]
        assert {(event.at.hour, event.at.minute) for event in arrived} == {(0, 0)}
        assert record.found() is None
        # The day itself is covered.
        with writing() as session:
            session.merge(arrived[0]).at = arrived[0].at - timedelta(days=1)
        assert record.found() == ("changed", arrived[0].seq)


def _write_down(record: Record, place: Place, reason: str) -> None:
    with writing() as session:
        row = {"seq": place.seq, "hash": place.hash, "made_at": NOW, "reason": reason}
        session.add(AuditCheckpoint(organisation_id=record.organisation_id, **row))
