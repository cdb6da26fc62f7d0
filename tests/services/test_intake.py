"""Every referral once, however often and from however many threads it comes; on both engines."""

import threading
import uuid
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Select, func, select

from server import clock
from server.extensions import db
from server.models import Event, Member, Referral, SealedNote, Team
from server.screening.canonical import content_hash
from server.services import intake, triage
from server.services.audit.verify import verify
from server.services.phones import devices, holding
from tests import inviting
from tests.partnership import Partnership, device_of, found
from tests.referrals import AGE_FILE, coded
from tests.services.sending import CEILING, incoming, send

NOW = clock.now()
RECEIPT = b"sixteen bytes ok"
OTHER_FILE = AGE_FILE + b"other"


@pytest.fixture
def sides(engine_app: Flask) -> Partnership:
    with engine_app.app_context():
        return found()


def _again(sides: Partnership, referral_id: str, **changes: object) -> intake.Stored | intake.Refused:
    changes = {"id": referral_id, "receipt": RECEIPT, **changes}
    [outcome] = intake.store([incoming(sides.home, **changes)], NOW, CEILING)
    return outcome


def test_a_referral_is_stored_as_it_was_sent(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        part = coded(danger="now")
        stored = send(sides.home, NOW, part, file=AGE_FILE)
        row = db.session.get_one(Referral, stored.id)
        assert stored.new
        assert stored.coded_sha256 == row.coded_sha256 == content_hash(part)
        assert (row.state, row.rescored, row.urgency, row.version) == ("stored", "same", "now", 1)
        assert row.urgent_because == ["danger_now"]
        assert row.due_at == NOW + timedelta(hours=1)
        assert db.session.get_one(SealedNote, stored.id).file == AGE_FILE
        assert _kinds() == ["stored", "note_stored"]
        # Two at once, and still one chain.
        assert not any(verdict.fault for verdict in verify(db.session()))


def test_the_same_again_changes_nothing(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        part = coded()
        first = send(sides.home, NOW, part, receipt=RECEIPT, file=AGE_FILE)
        later = NOW + timedelta(hours=3)
        same = incoming(sides.home, part, id=first.id, receipt=RECEIPT, file=AGE_FILE)
        [second] = intake.store([same], later, CEILING)
        assert isinstance(second, intake.Stored)
        assert not second.new
        assert (second.due_at, second.received_at) == (first.due_at, first.received_at)
        assert _numbers() == (1, 1, 2)


def test_one_id_twice_in_one_batch_is_one_referral(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        item = incoming(sides.home)
        outcomes = intake.store([item, item, incoming(sides.home)], NOW, CEILING)
        assert [outcome.new for outcome in outcomes if isinstance(outcome, intake.Stored)] == [
            True,
            False,
            True,
        ]


@pytest.mark.parametrize("changed", ["content", "receipt", "team"])
def test_a_taken_id_with_anything_else_is_refused(engine_app: Flask, sides: Partnership, changed: str) -> None:
    with engine_app.app_context():
        first = send(sides.home, NOW, receipt=RECEIPT)
        other = incoming(
            sides.other if changed == "team" else sides.home,
            coded(danger="ongoing") if changed == "content" else None,
            id=first.id,
            receipt=b"another sixteen!" if changed == "receipt" else RECEIPT,
            file=AGE_FILE,
        )
        assert intake.store([other], NOW, CEILING) == [intake.Refused("other-content")]
        assert _numbers() == (1, 0, 1)


def test_a_taken_receipt_is_refused_and_the_rest_of_the_batch_is_stored(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        send(sides.home, NOW, receipt=RECEIPT)
        items = [incoming(sides.home, receipt=RECEIPT), incoming(sides.home)]
        refused, stored = intake.store(items, NOW, CEILING)
        assert refused == intake.Refused("other-content")
        assert isinstance(stored, intake.Stored)
        assert _numbers() == (2, 0, 2)


def test_a_note_may_come_later_even_when_the_referral_was_read(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        first = send(sides.home, NOW, receipt=RECEIPT)
        triage.opened(_member(sides), first.id, NOW)
        outcome = _again(sides, first.id, file=AGE_FILE)
        assert isinstance(outcome, intake.Stored)
        assert outcome.sealed_sha256 is not None
        assert _numbers()[1] == 1
        assert _kinds() == ["stored", "read", "note_stored"]
        # Asked again without it, the answer still tells which note lies there.
        again = _again(sides, first.id)
        assert isinstance(again, intake.Stored)
        assert again.sealed_sha256 == outcome.sealed_sha256


def test_a_note_is_replaced_once_by_its_own_phone(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        first = send(sides.home, NOW, receipt=RECEIPT, file=AGE_FILE)
        token = devices.join(inviting.invite(sides.home.team_id, 1, NOW), NOW).token
        assert _again(sides, first.id, file=OTHER_FILE, token=token) == intake.Refused("note-already-read")
        assert isinstance(_again(sides, first.id, file=OTHER_FILE), intake.Stored)
        assert db.session.get_one(SealedNote, first.id).file == OTHER_FILE
        assert isinstance(_again(sides, first.id, file=OTHER_FILE), intake.Stored)
        assert _again(sides, first.id, file=AGE_FILE) == intake.Refused("note-replaced-before")
        assert db.session.get_one(SealedNote, first.id).file == OTHER_FILE
        assert _kinds() == ["stored", "note_stored", "note_replaced"]


def test_a_note_that_was_read_stays(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        first = send(sides.home, NOW, receipt=RECEIPT, file=AGE_FILE)
        triage.opened(_member(sides), first.id, NOW)
        assert _again(sides, first.id, file=OTHER_FILE) == intake.Refused("note-already-read")
        assert isinstance(_again(sides, first.id, file=AGE_FILE), intake.Stored)


def test_what_is_not_known_here_is_stored_and_marked(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        for change in (
            {"checklist": {"id": "first-look", "version": 9, "hash": "0" * 64}},
            {"answers": {"sign-of-tomorrow": {"answer": "yes"}}},
            {"actions": [["action.of.tomorrow", "now"]]},
            {"facts": {"subject": "person", "age": "adult", "fact_of_tomorrow": "yes"}},
        ):
            stored = send(sides.home, NOW, {**coded(), **change})
            row = db.session.get_one(Referral, stored.id)
            assert (row.rescored, row.server_concern) == ("not", None), change


def test_another_result_than_the_server_s_is_marked_and_both_are_kept(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        part = coded()
        part["result"] = {**part["result"], "concern": "strong", "could_be": "strong"}
        row = db.session.get_one(Referral, send(sides.home, NOW, part).id)
        assert (row.rescored, row.concern) == ("differs", "strong")
        assert row.server_concern in ("none", "low", "some")


def test_a_phone_has_a_ceiling_for_new_referrals_only(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        items = [incoming(sides.home) for _ in range(3)]
        outcomes = intake.store(items, NOW, 2)
        assert [isinstance(outcome, intake.Stored) for outcome in outcomes] == [True, True, False]
        assert outcomes[2] == intake.Refused("too-many")
        [again] = intake.store(items[:1], NOW, 2)
        assert isinstance(again, intake.Stored)
        [other_phone] = intake.store([incoming(sides.other)], NOW, 2)
        assert isinstance(other_phone, intake.Stored)
        assert intake.store([items[2]], NOW + timedelta(minutes=59, seconds=59), 2) == [intake.Refused("too-many")]
        [next_hour] = intake.store([items[2]], NOW + timedelta(hours=1), 2)
        assert isinstance(next_hour, intake.Stored)


def test_on_sqlite_what_comes_is_handed_to_the_one_writer(
    engine_app: Flask, sides: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    ways: list[str] = []
    for name in ("writer_of", "one_after_the_other"):
        usual = getattr(intake, name)
        monkeypatch.setattr(intake, name, lambda *given, n=name, u=usual: (ways.append(n), u(*given))[1])
    with engine_app.app_context():
        send(sides.home, NOW)
        assert ways == ["writer_of" if db.engine.dialect.name == "sqlite" else "one_after_the_other"]


def test_two_threads_with_one_id_make_one_referral(engine_app: Flask, sides: Partnership) -> None:
    part, outcomes = coded(), []
    ids = [str(uuid.uuid4()) for _ in range(8)]
    together = threading.Barrier(2)

    def post() -> None:
        with engine_app.app_context():
            for referral_id in ids:
                item = incoming(sides.home, part, id=referral_id, receipt=referral_id.encode(), file=AGE_FILE)
                together.wait()
                outcomes.extend(intake.store([item], NOW, CEILING))

    threads = [threading.Thread(target=post) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcome.new for outcome in outcomes) == [False] * 8 + [True] * 8
    with engine_app.app_context():
        assert _numbers() == (8, 8, 16)


def test_what_a_phone_sends_is_marked_until_three_were_taken_on(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        member = _member(sides)
        ends = (
            ("claim", ""),
            ("close", "acted_support"),
            ("close", "not_enough"),
            ("close", "duplicate"),
            ("claim", ""),
        )
        for deed, outcome in ends:
            sent = send(sides.home, NOW)
            assert db.session.get_one(Referral, sent.id).new_phone
            if deed == "claim":
                triage.claim(member, sent.id, 1, NOW)
                # Closing what was claimed counts once only.
                triage.close(member, sent.id, 2, "acted_support", NOW)
            else:
                triage.close(member, sent.id, 1, outcome, NOW)
        assert not db.session.get_one(Referral, send(sides.home, NOW).id).new_phone


def test_what_comes_from_a_held_phone_is_stored_and_held(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        before = incoming(sides.home)
        phone = device_of(sides.home.device_token)
        holding.hold(_member(sides), phone, NOW)
        after = incoming(sides.home)
        # `before` knows nothing of it yet: it was at the door when the phone was held.
        outcomes = intake.store([before, after], NOW, CEILING)
        assert [db.session.get_one(Referral, each.id).held for each in outcomes if isinstance(each, intake.Stored)] == [
            True,
            True,
        ]


def test_a_phone_may_send_to_the_other_teams_it_was_given(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        other = db.session.get_one(Team, sides.other.team_id)
        other.organisation.first_responder = other.organisation.duty_to_notify = "no"
        db.session.commit()
        token = devices.join(inviting.invite(sides.home.team_id, 1, NOW, other_teams=[other]), NOW).token
        holding.hold(_member(sides), device_of(token), NOW)
        strong = coded({"locked-in-or-guarded": "yes"}, consent="yes")
        stored = send(sides.home, NOW, strong, token=token, to=other.id)
        row = db.session.get_one(Referral, stored.id)
        # Scored for the worker's own organisation, told to the other one, and out of the home team's hands.
        assert (row.team_id, row.rescored, row.held) == (other.id, "same", False)
        assert row.sender_organisation_id == device_of(token).team.organisation_id
        [told] = db.session.scalars(select(Event).where(Event.referral_id == stored.id))
        assert told.organisation_id == other.organisation_id
        opened = triage.opened(db.session.get_one(Member, sides.other.member_id), stored.id, NOW)
        assert opened.result is not None
        assert [[each["action"], each["urgency"]] for each in opened.result["actions"]] == opened.coded["actions"]


def _member(sides: Partnership) -> Member:
    return db.session.get_one(Member, sides.home.member_id)


def _numbers() -> tuple[int, ...]:
    """How many referrals, notes and events there are."""
    counted = [select(func.count()).select_from(table) for table in (Referral, SealedNote)]
    counted.append(_of_referrals(select(func.count()).select_from(Event)))
    return tuple(db.session.scalar(each) or 0 for each in counted)


def _kinds() -> list[str]:
    """What was written down about referrals, in order."""
    return list(db.session.scalars(_of_referrals(select(Event.kind)).order_by(Event.organisation_id, Event.seq)))


def _of_referrals(asked: Select[Any]) -> Select[Any]:
    """Without what the making of the teams and phones has left."""
    return asked.where(Event.referral_id.is_not(None))
