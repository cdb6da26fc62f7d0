"""Taking a referral back: until somebody has read it, and then no more, also when both happen at once; on both
engines."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from server import clock
from server.extensions import db
from server.models import Event, Message, Referral, SealedNote
from server.services import intake, listing, triage, withdrawal
from server.services.audit.verify import verify
from server.services.events import add_event
from server.services.follow_up import NoSuchReceipt, follow_up
from server.services.messages import at_desk
from server.services.messages.from_phone import MessageRefused
from server.services.retention.periods import Periods
from server.services.withdrawal import AlreadyRead, withdraw
from tests.partnership import Partnership, found
from tests.referrals import AGE_FILE
from tests.services.messages.talking import Talk, talk
from tests.services.sending import CEILING, incoming

NOW = clock.now()
MIDNIGHT = NOW.replace(hour=0, minute=0, second=0)

# What counts as having read it, and the module whose event is the last thing before its commit.
READING: dict[str, tuple[Callable[[Talk], Any], Any]] = {
    "the page": (lambda about: triage.opened(about.member, about.referral_id, NOW), triage),
    "the note": (lambda about: triage.sealed_note(about.member, about.referral_id, NOW), triage),
    "the messages": (lambda about: about.fetched(NOW), at_desk),
    "claiming it": (lambda about: triage.claim(about.member, about.referral_id, 1, NOW), triage),
}
reading = pytest.mark.parametrize("what", READING)


@pytest.fixture
def sides(engine_app: Flask) -> Partnership:
    with engine_app.app_context():
        return found()


@pytest.fixture
def about(engine_app: Flask, sides: Partnership) -> Talk:
    with engine_app.app_context():
        made = talk(sides.home, NOW)
        made.from_phone(1, NOW)
        return made


def kinds(about: Talk) -> list[str]:
    asked = select(Event.kind).where(Event.referral_id == about.referral_id).order_by(Event.id)
    return list(db.session.scalars(asked))


def test_what_was_taken_back_leaves_no_words_and_no_trace_of_the_sender(engine_app: Flask, about: Talk) -> None:
    with engine_app.app_context():
        withdraw(about.receipt_sha256, NOW)
        row = db.session.get_one(Referral, about.referral_id)
        assert (row.state, row.closed_as, row.version, row.device_id) == ("closed", "withdrawn", 2, None)
        assert (row.received_at, row.closed_at, row.read_at) == (MIDNIGHT, MIDNIGHT, None)
        assert db.session.scalars(select(SealedNote)).all() == []
        assert db.session.scalars(select(Message)).all() == []
        assert kinds(about) == ["stored", "note_stored", "message_received", "withdrawn"]
        told = select(Event.at, Event.member_id).where(Event.referral_id == about.referral_id)
        assert set(db.session.execute(told).all()) == {(MIDNIGHT, None)}
        seen = follow_up(about.receipt_sha256)
        assert (seen.state, seen.closed_as, seen.note, seen.note_sha256) == ("closed", "withdrawn", "none", None)
        assert (seen.messages, seen.received, seen.received_read) == ([], 0, 0)
        assert [row.id for row in listing.listed(about.member, "closed", NOW, Periods()).rows] == [about.referral_id]


def test_taking_back_twice_is_once(engine_app: Flask, about: Talk) -> None:
    with engine_app.app_context():
        withdraw(about.receipt_sha256, NOW)
        withdraw(about.receipt_sha256, NOW)
        assert kinds(about).count("withdrawn") == 1


def test_a_receipt_of_nothing_takes_nothing_back(engine_app: Flask, about: Talk) -> None:
    with engine_app.app_context(), pytest.raises(NoSuchReceipt):
        withdraw("0" * 64, NOW)


@reading
def test_what_somebody_has_read_stays(engine_app: Flask, about: Talk, what: str) -> None:
    with engine_app.app_context():
        READING[what][0](about)
        with pytest.raises(AlreadyRead):
            withdraw(about.receipt_sha256, NOW)
        assert db.session.get(SealedNote, about.referral_id) is not None
        assert len(db.session.scalars(select(Message)).all()) == 1
        assert "withdrawn" not in kinds(about)


def test_what_was_closed_by_the_team_stays_closed_as_it_was(engine_app: Flask, about: Talk) -> None:
    with engine_app.app_context():
        triage.close(about.member, about.referral_id, 1, "duplicate", NOW)
        with pytest.raises(AlreadyRead):
            withdraw(about.receipt_sha256, NOW)
        assert db.session.get_one(Referral, about.referral_id).closed_as == "duplicate"


def test_nothing_comes_after_it(engine_app: Flask, sides: Partnership, about: Talk) -> None:
    with engine_app.app_context():
        part = incoming(sides.home).coded
        [sent] = intake.store([again := incoming(sides.home, part, receipt=b"another sixteen!")], NOW, CEILING)
        assert isinstance(sent, intake.Stored)
        withdraw(again.receipt_sha256, NOW)
        late = incoming(sides.home, part, id=again.id, receipt=b"another sixteen!", file=AGE_FILE)
        assert intake.store([late], NOW, CEILING) == [intake.Refused("withdrawn")]
        assert db.session.get(SealedNote, again.id) is None
        withdraw(about.receipt_sha256, NOW)
        with pytest.raises(MessageRefused, match="closed"):
            about.from_phone(1, NOW)
        with pytest.raises(triage.SomeoneChangedThis):
            triage.claim(about.member, about.referral_id, 1, NOW)


@reading
def test_taken_back_while_somebody_reads_it_loses(
    engine_app: Flask, about: Talk, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reader has begun and not committed; the withdrawal comes on another connection, and has to wait."""
    deed, module = READING[what]
    told: list[str] = []
    ended = threading.Event()

    def take_back() -> None:
        with engine_app.app_context():
            try:
                withdraw(about.receipt_sha256, NOW)
                told.append("withdrawn")
            except AlreadyRead:
                told.append("already read")
        ended.set()

    thread = threading.Thread(target=take_back)

    def wait_and_then_add(*given: Any, **more: Any) -> None:
        # Before the event, whose row would hold the referral by itself (its foreign key, on PostgreSQL).
        thread.start()
        # Enough for a withdrawal that does not wait to be done; one that waits goes on after the commit.
        ended.wait(1)
        add_event(*given, **more)

    monkeypatch.setattr(module, "add_event", wait_and_then_add)
    with engine_app.app_context():
        deed(about)
    thread.join()
    with engine_app.app_context():
        assert told == ["already read"]
        assert db.session.get(SealedNote, about.referral_id) is not None


@reading
def test_read_while_it_is_taken_back_shows_nothing(
    engine_app: Flask, about: Talk, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other way round: the withdrawal has begun and not committed."""
    seen: list[Any] = []
    ended = threading.Event()

    def read() -> None:
        with engine_app.app_context():
            try:
                seen.append(READING[what][0](about))
            except triage.SomeoneChangedThis:
                seen.append(None)
        ended.set()

    thread = threading.Thread(target=read)
    forget = withdrawal.forget_sender

    def wait_and_then_forget(*given: Any) -> None:
        thread.start()
        ended.wait(1)
        forget(*given)

    monkeypatch.setattr(withdrawal, "forget_sender", wait_and_then_forget)
    with engine_app.app_context():
        withdraw(about.receipt_sha256, NOW)
    thread.join()
    with engine_app.app_context():
        assert kinds(about)[-1] == "withdrawn"
        assert db.session.get_one(Referral, about.referral_id).closed_as == "withdrawn"
        # The page shows that it is closed; no word of note or message went out.
        assert what == "the page" or not seen[0]


def test_the_record_still_holds_together(engine_app: Flask, sides: Partnership, about: Talk) -> None:
    with engine_app.app_context():
        withdraw(about.receipt_sha256, NOW)
        db.session.rollback()
        assert [verdict.fault for verdict in verify(db.session())] == [None, None]
