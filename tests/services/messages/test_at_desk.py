"""What a team does with messages: open them once, answer, keep notes; two at once, another team, after the close; on
both engines."""

import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from server.extensions import db
from server.models import Event, Member, Message
from server.services import listing, triage
from server.services.follow_up import follow_up
from server.services.messages import at_desk
from server.services.messages.at_desk import NotSealed, PlaceTaken, ReferralClosed, Standing, standing
from server.services.retention.periods import Periods
from server.services.triage import NotThisTeam
from tests.partnership import Partnership
from tests.services.messages.conftest import NOW
from tests.services.messages.talking import MAC, Talk, sealed_file, talk

LATER = NOW + timedelta(minutes=5)


def kinds(about: Talk) -> list[str]:
    asked = select(Event.kind).where(Event.referral_id == about.referral_id).order_by(Event.id)
    return list(db.session.scalars(asked))


def test_opening_marks_what_the_phone_wrote_read_once(engine_app: Flask, about: Talk) -> None:
    with engine_app.app_context():
        about.from_phone(1, NOW)
        about.from_phone(2, NOW)
        assert about.fetched(LATER) == [("to_team", 1), ("to_team", 2)]
        assert about.fetched(LATER + timedelta(hours=1)) == [("to_team", 1), ("to_team", 2)]
        assert db.session.scalars(select(Message.read_at)).all() == [LATER, LATER]
        assert kinds(about).count("messages_opened") == 1
        about.from_phone(3, NOW)
        assert (follow_up(about.receipt_sha256).received, follow_up(about.receipt_sha256).received_read) == (3, 2)


def test_opening_what_holds_nothing_new_leaves_no_event(engine_app: Flask, about: Talk) -> None:
    with engine_app.app_context():
        about.write("to_phone", 1, NOW)
        about.write("internal", 1, NOW)
        before = kinds(about)
        assert about.fetched(LATER) == [("to_phone", 1), ("internal", 1)]
        assert kinds(about) == before == ["stored", "note_stored", "message_sent", "note_added"]


def test_the_phone_gets_what_is_for_it_and_nothing_else(engine_app: Flask, about: Talk) -> None:
    with engine_app.app_context():
        about.write("internal", 1, NOW)
        about.write("to_phone", 1, NOW)
        about.write("to_phone", 2, LATER)
        told = follow_up(about.receipt_sha256).messages
        assert [(one.seq, one.file, one.mac, one.at) for one in told] == [
            (1, sealed_file("to_phone 1"), MAC, NOW),
            (2, sealed_file("to_phone 2"), MAC, LATER),
        ]


def test_each_direction_has_its_own_places_and_none_is_skipped(engine_app: Flask, about: Talk) -> None:
    with engine_app.app_context():
        about.from_phone(1, NOW)
        about.write("to_phone", 1, NOW)
        for direction, seq in (("to_phone", 1), ("to_phone", 3), ("internal", 2)):
            with pytest.raises(PlaceTaken):
                about.write(direction, seq, NOW)
        about.write("internal", 1, NOW)
        assert standing(about.member, about.referral_id) == Standing(to_team=1, to_phone=1, internal=1, unread=1)


def test_two_colleagues_at_once_one_writes_and_one_seals_anew(engine_app: Flask, about: Talk) -> None:
    together, told = threading.Barrier(2), []

    def write() -> None:
        with engine_app.app_context():
            together.wait()
            try:
                about.write("to_phone", 1, NOW)
                told.append("written")
            except PlaceTaken:
                told.append("place taken")

    threads = [threading.Thread(target=write) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["place taken", "written"]


@pytest.mark.parametrize(
    ("direction", "file", "mac"),
    [
        ("to_phone", b"words that nobody sealed", MAC),
        ("to_phone", sealed_file("x" * at_desk.MOST_BYTES), MAC),
        ("to_phone", sealed_file("x"), ""),
        ("internal", sealed_file("x"), MAC),
    ],
)
def test_what_is_not_sealed_as_it_should_be_is_refused(
    engine_app: Flask, about: Talk, direction: str, file: bytes, mac: str
) -> None:
    with engine_app.app_context():
        with pytest.raises(NotSealed):
            at_desk.write(about.member, about.referral_id, direction, 1, file, mac, NOW)
        assert db.session.scalars(select(Message)).all() == []


def test_nothing_is_added_after_the_close_and_what_is_there_can_be_read(engine_app: Flask, about: Talk) -> None:
    with engine_app.app_context():
        about.from_phone(1, NOW)
        about.write("to_phone", 1, NOW)
        triage.close(about.member, about.referral_id, 1, "acted_support", NOW)
        for direction, seq in (("to_phone", 2), ("internal", 1)):
            with pytest.raises(ReferralClosed):
                about.write(direction, seq, NOW)
        assert about.fetched(LATER) == [("to_team", 1), ("to_phone", 1)]
        assert [one.seq for one in follow_up(about.receipt_sha256).messages] == [1]


def test_another_teams_messages_are_not_found(engine_app: Flask, sides: Partnership, about: Talk) -> None:
    with engine_app.app_context():
        about.from_phone(1, NOW)
        stranger = db.session.get_one(Member, sides.other.member_id)
        with pytest.raises(NotThisTeam):
            at_desk.fetched(stranger, about.referral_id, NOW)
        with pytest.raises(NotThisTeam):
            at_desk.write(stranger, about.referral_id, "internal", 1, sealed_file("x"), "", NOW)
        assert standing(stranger, about.referral_id) == Standing(0, 0, 0, 0)
        assert db.session.scalars(select(Message.read_at)).all() == [None]


def test_the_list_says_where_something_new_was_written(engine_app: Flask, sides: Partnership, about: Talk) -> None:
    with engine_app.app_context():
        calm = talk(sides.home, NOW, receipt=b"another sixteen!")
        calm.write("to_phone", 1, NOW)
        about.from_phone(1, NOW)
        marked = {row.id: row.unread_message for row in listing.listed(about.member, "to-act", NOW, Periods()).rows}
        assert marked == {about.referral_id: True, calm.referral_id: False}
        assert [row.id for row in listing.listed(about.member, "messages", NOW, Periods()).rows] == [about.referral_id]
        assert triage.counts(about.member, NOW, Periods())["messages"] == 1
        about.fetched(LATER)
        assert listing.listed(about.member, "messages", NOW, Periods()).rows == []
        assert triage.counts(about.member, NOW, Periods())["messages"] == 0
