"""What a phone writes: each message once, in order, within the ceilings, none after the close; on both engines."""

import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from server.extensions import db
from server.models import Event, Message, Referral
from server.services import triage
from server.services.follow_up import NoSuchReceipt, follow_up
from server.services.messages.from_phone import CEILING, MessageRefused, receive
from tests.partnership import Partnership
from tests.services.messages.conftest import NOW
from tests.services.messages.talking import MAC, Talk, sealed_file, talk


def refusal(about: Talk, seq: int, **changes: object) -> str:
    with pytest.raises(MessageRefused) as refused:
        about.from_phone(seq, **{"now": NOW, **changes})  # type: ignore[arg-type]
    return refused.value.code


def kinds(about: Talk) -> list[str]:
    asked = select(Event.kind).where(Event.referral_id == about.referral_id).order_by(Event.id)
    return list(db.session.scalars(asked))


def test_messages_are_kept_in_order_and_acknowledged(engine_app: Flask, about: Talk) -> None:
    with engine_app.app_context():
        assert [about.from_phone(seq, NOW).new for seq in (1, 2)] == [True, True]
        assert [(one.seq, one.file, one.mac, one.member_id, one.read_at) for one in db.session.scalars(
            select(Message).order_by(Message.id)
        )] == [(seq, sealed_file(f"to_team {seq}"), MAC, None, None) for seq in (1, 2)]  # fmt: skip
        told = follow_up(about.receipt_sha256)
        assert (told.received, told.received_read, told.messages) == (2, 0, [])
        assert kinds(about)[-2:] == ["message_received", "message_received"]


def test_the_very_same_again_changes_nothing(engine_app: Flask, about: Talk) -> None:
    with engine_app.app_context():
        first = about.from_phone(1, NOW)
        about.from_phone(2, NOW)
        again = about.from_phone(1, NOW + timedelta(minutes=1))
        assert (again.seq, again.sha256, again.new) == (1, first.sha256, False)
        assert kinds(about).count("message_received") == 2


def test_other_bytes_at_the_same_place_are_refused(engine_app: Flask, about: Talk) -> None:
    with engine_app.app_context():
        about.from_phone(1, NOW)
        assert refusal(about, 1, file=sealed_file("another")) == "other-content"
        assert refusal(about, 1, mac="b" * 64) == "other-content"
        assert db.session.scalars(select(Message.file)).all() == [sealed_file("to_team 1")]


@pytest.mark.parametrize("seq", [2, 3, 2**31 - 1])
def test_a_place_that_is_not_the_next_is_refused(engine_app: Flask, about: Talk, seq: int) -> None:
    with engine_app.app_context():
        assert refusal(about, seq) == "out-of-order"
        about.from_phone(1, NOW)
        if seq != 2:
            assert refusal(about, seq) == "out-of-order"


def test_a_receipt_of_nothing_stores_nothing(engine_app: Flask, about: Talk) -> None:
    with engine_app.app_context(), pytest.raises(NoSuchReceipt):
        receive("0" * 64, 1, sealed_file("x"), MAC, NOW, 60)


def test_closed_means_that_no_more_is_taken_but_the_last_answer_is_given_again(engine_app: Flask, about: Talk) -> None:
    with engine_app.app_context():
        about.from_phone(1, NOW)
        triage.close(about.member, about.referral_id, 1, "not_enough", NOW)
        assert refusal(about, 2) == "closed"
        assert not about.from_phone(1, NOW).new


def test_an_hour_has_a_ceiling_for_each_referral(engine_app: Flask, about: Talk) -> None:
    with engine_app.app_context():
        for seq in range(1, CEILING + 1):
            about.from_phone(seq, NOW)
        assert refusal(about, CEILING + 1) == "too-many"
        # What is there is there: a retry is never refused for the ceiling.
        assert not about.from_phone(CEILING, NOW).new
        assert about.from_phone(CEILING + 1, NOW + timedelta(hours=1, seconds=1)).new


def test_an_hour_has_a_ceiling_for_each_phone(engine_app: Flask, sides: Partnership, about: Talk) -> None:
    with engine_app.app_context():
        second = talk(sides.home, NOW, receipt=b"another sixteen!")
        elsewhere = talk(sides.other, NOW, receipt=b"a third of them!")
        about.from_phone(1, NOW, ceiling=2)
        second.from_phone(1, NOW, ceiling=2)
        assert refusal(second, 2, ceiling=2) == "too-many"
        assert elsewhere.from_phone(1, NOW, ceiling=2).new


def test_the_same_message_twice_at_once_is_one(engine_app: Flask, about: Talk) -> None:
    together, told = threading.Barrier(4), []

    def write() -> None:
        with engine_app.app_context():
            together.wait()
            told.append(about.from_phone(1, NOW).new)

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == [False, False, False, True]


def test_closing_cuts_the_hour_of_what_the_phone_wrote(engine_app: Flask, about: Talk) -> None:
    with engine_app.app_context():
        about.from_phone(1, NOW)
        about.write("to_phone", 1, NOW)
        triage.close(about.member, about.referral_id, 1, "acted_support", NOW)
        midnight = NOW.replace(hour=0, minute=0, second=0)
        at = dict(db.session.execute(select(Message.direction, Message.at)).all())
        assert at == {"to_team": midnight, "to_phone": NOW}
        arrived = select(Event.at).where(Event.kind == "message_received")
        assert db.session.scalars(arrived).all() == [midnight]
        assert db.session.get_one(Referral, about.referral_id).device_id is None
