"""What a team sees and does: its own referrals only, each change once, each with an event; on both
engines."""

import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from server import clock
from server.extensions import db
from server.models import Event, Member, Referral, SealedNote
from server.services import follow_up, list_conditions, listing, triage
from server.services.retention.periods import Periods
from server.services.sender_traces import day_of
from tests.partnership import Partnership, Side, found
from tests.referrals import AGE_FILE, coded
from tests.services.sending import send

NOW = clock.now()
RECEIPT = b"sixteen bytes ok"


@pytest.fixture
def sides(engine_app: Flask) -> Partnership:
    with engine_app.app_context():
        return found()


def member_of(side: Side) -> Member:
    return db.session.get_one(Member, side.member_id)


def kinds(referral_id: str) -> list[str]:
    asked = select(Event.kind).where(Event.referral_id == referral_id).order_by(Event.id)
    return list(db.session.scalars(asked))


def test_the_list_puts_the_most_urgent_first_and_then_what_is_due(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        later = send(sides.home, NOW + timedelta(minutes=5), coded(danger="now"))
        calm = send(sides.home, NOW, coded({}, danger="none"))
        first = send(sides.home, NOW, coded(danger="now"))
        send(sides.other, NOW, coded(danger="now"))
        rows = triage.listed(member_of(sides.home), "to-act", NOW, Periods()).rows
    assert [row.id for row in rows] == [first.id, later.id, calm.id]
    assert (rows[0].urgency, rows[0].urgent_because, rows[0].note, rows[0].mine) == (
        "now",
        ["danger_now"],
        "waiting",
        False,
    )


def test_the_counts_are_what_the_lists_hold(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        danger = send(sides.home, NOW, coded(danger="now"))
        send(sides.home, NOW, coded(age="unsure"))
        send(sides.home, NOW, coded(safe_tonight="no"))
        gone = send(sides.home, NOW)
        mine = send(sides.home, NOW)
        member = member_of(sides.home)
        triage.claim(member, mine.id, 1, NOW)
        triage.close(member, gone.id, 1, "duplicate", NOW)
        at = NOW + timedelta(hours=2)
        counted = triage.counts(member, at, Periods())
        assert counted == {
            name: len(triage.listed(member, name, at, Periods()).rows) for name in list_conditions.FILTERS
        }
        assert counted == {
            "to-act": 4, "mine": 1, "unclaimed": 3, "overdue": 2,
            "danger": 1, "child": 1, "unsafe": 1, "closed": 1, "known": 0, "held": 0, "messages": 0, "leaving": 0,
        }  # fmt: skip
        assert [row.id for row in triage.listed(member, "danger", at, Periods()).rows] == [danger.id]
        assert triage.counts(member_of(sides.other), at, Periods())["to-act"] == 0


def test_a_reference_is_found_as_it_was_heard_open_or_closed(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        closed = send(sides.home, NOW, coded(danger="now"))
        opened = send(sides.home, NOW)
        elsewhere = send(sides.other, NOW)
        member = member_of(sides.home)
        triage.close(member, closed.id, 1, "duplicate", NOW)
        for sent in (closed, opened):
            for typed in (sent.reference, sent.reference.lower().replace("-", " "), sent.reference[3:10]):
                assert sent.id in [row.id for row in triage.found(member, typed, NOW, Periods())]
        # Every reference holds every empty part: nothing typed finds nothing, and another team's is not there.
        for typed in ("", " - ", "%", "HD", elsewhere.reference):
            assert triage.found(member, typed, NOW, Periods()) == []


def test_a_list_that_is_not_there_is_an_error(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context(), pytest.raises(listing.UnknownFilter):
        triage.listed(member_of(sides.home), "all", NOW, Periods())


def test_opening_marks_it_read_once(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        part = coded()
        sent = send(sides.home, NOW, part)
        detail = triage.opened(member_of(sides.home), sent.id, NOW)
        triage.opened(member_of(sides.home), sent.id, NOW + timedelta(hours=1))
        assert detail.referral.read_at == NOW
        assert detail.coded == part
        assert detail.result is not None
        assert detail.result["concern"] == part["result"]["concern"]
        assert detail.checklist is not None
        assert detail.note == "waiting"
        assert kinds(sent.id) == ["stored", "read"]


def test_another_team_s_referral_is_not_found(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        sent = send(sides.home, NOW, file=AGE_FILE)
        stranger = member_of(sides.other)
        for deed in (
            lambda: triage.opened(stranger, sent.id, NOW),
            lambda: triage.claim(stranger, sent.id, 1, NOW),
            lambda: triage.close(stranger, sent.id, 1, "duplicate", NOW),
            lambda: triage.sealed_note(stranger, sent.id, NOW),
        ):
            with pytest.raises(triage.NotThisTeam):
                deed()
        assert kinds(sent.id) == ["stored", "note_stored"]


def test_two_who_saw_the_same_cannot_both_change_it(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        sent = send(sides.home, NOW)
    together, told = threading.Barrier(2), []

    def claim() -> None:
        with engine_app.app_context():
            member = member_of(sides.home)
            together.wait()
            try:
                triage.claim(member, sent.id, 1, NOW)
                told.append("claimed")
            except triage.SomeoneChangedThis:
                told.append("someone changed this")

    threads = [threading.Thread(target=claim) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["claimed", "someone changed this"]
    with engine_app.app_context():
        assert kinds(sent.id) == ["stored", "claimed"]


def test_closing_drops_what_points_at_the_sender(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        sent = send(sides.home, NOW, file=AGE_FILE)
        member = member_of(sides.home)
        triage.claim(member, sent.id, 1, NOW)
        triage.close(member, sent.id, 2, "acted_support", NOW)
        row = db.session.get_one(Referral, sent.id)
        midnight = NOW.replace(hour=0, minute=0, second=0)
        assert row.device_id is None
        assert row.received_at == midnight
        # From an hour at which it was due anybody could reckon the hour at which it came.
        assert row.due_at == day_of(sent.due_at)
        assert (row.state, row.closed_as, row.closed_at) == ("closed", "acted_support", NOW)
        arrived = [event.at for event in triage.timeline(row) if event.kind in ("stored", "note_stored")]
        assert arrived == [midnight, midnight]
        # What people did keeps its hour.
        assert [event.at for event in triage.timeline(row) if event.kind in ("claimed", "closed")] == [NOW, NOW]
        with pytest.raises(triage.SomeoneChangedThis):
            triage.close(member, sent.id, 3, "acted_police", NOW)


def test_an_outcome_that_is_not_there_changes_nothing(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        sent = send(sides.home, NOW)
        with pytest.raises(triage.UnknownOutcome):
            triage.close(member_of(sides.home), sent.id, 1, "forgotten", NOW)
        assert kinds(sent.id) == ["stored"]


def test_a_note_is_handed_out_as_it_came_and_leaves_an_event(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        sent = send(sides.home, NOW, file=AGE_FILE)
        member = member_of(sides.home)
        assert triage.sealed_note(member, sent.id, NOW) == (AGE_FILE, sent.sealed_sha256)
        assert db.session.get_one(SealedNote, sent.id).opened_at == NOW
        assert kinds(sent.id)[-1] == "note_opened"
        without = send(sides.home, NOW)
        assert triage.sealed_note(member, without.id, NOW) is None


def test_the_phone_sees_each_state(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        sent = send(sides.home, NOW, receipt=RECEIPT, file=AGE_FILE)
        member = member_of(sides.home)
        receipt = db.session.get_one(Referral, sent.id).receipt_sha256
        seen = [follow_up.follow_up(receipt)]
        triage.opened(member, sent.id, NOW)
        seen.append(follow_up.follow_up(receipt))
        triage.sealed_note(member, sent.id, NOW)
        triage.claim(member, sent.id, 1, NOW)
        seen.append(follow_up.follow_up(receipt))
        triage.close(member, sent.id, 2, "acted_police", NOW)
        seen.append(follow_up.follow_up(receipt))
        assert [(each.state, each.note) for each in seen] == [
            ("stored", "stored"),
            ("read", "stored"),
            ("acted", "read"),
            ("closed", "read"),
        ]
        assert (seen[3].read_at, seen[3].acted_at, seen[3].closed_at) == (NOW, NOW, NOW)
        assert seen[3].closed_as == "acted_police"
        with pytest.raises(follow_up.NoSuchReceipt):
            follow_up.follow_up("0" * 64)
