"""Many write at once: the record neither forks nor has a gap, and what is looked over meanwhile holds."""

import threading

from flask import Flask

from server.extensions import db
from server.models import Member
from server.services import intake
from server.services.audit.verify import verify
from server.services.events import add_event
from server.services.transaction import writing
from tests.partnership import Partnership
from tests.services.audit.conftest import NOW, Record
from tests.services.sending import CEILING, incoming

_WRITERS = 4
_EACH = 12


def test_writers_at_once_make_one_chain(engine_app: Flask, sides: Partnership, record: Record) -> None:
    with engine_app.app_context():
        before = record.last()
    wrong: list[object] = []
    together = threading.Barrier(_WRITERS + 2)

    def work(number: int) -> None:
        with engine_app.app_context():
            together.wait()
            for turn in range(_EACH):
                try:
                    _one(sides, number, turn)
                except Exception as error:
                    wrong.append(error)
            db.session.remove()

    def look_over() -> None:
        with engine_app.app_context():
            together.wait()
            for _ in range(_EACH):
                wrong.extend(verdict for verdict in verify(db.session()) if verdict.fault)
            db.session.remove()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(_WRITERS + 1)]
    threads.append(threading.Thread(target=look_over))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    with engine_app.app_context():
        assert record.found() is None
        assert record.last() == before + (_WRITERS + 1) * _EACH
        assert record.verdict().events == record.last()


def _one(sides: Partnership, number: int, turn: int) -> None:
    """One deed: of a member, or, by the first writer, of a phone."""
    if number == 0:
        [outcome] = intake.store([incoming(sides.home)], NOW, CEILING)
        assert isinstance(outcome, intake.Stored)
        return
    with writing() as session:
        member = session.get_one(Member, sides.home.member_id)
        add_event(session, member, "rota_changed", NOW, detail={"turns": turn})


def test_a_first_event_written_twice_at_once_makes_one_chain(engine_app: Flask, record: Record) -> None:
    with engine_app.app_context():
        record.tamper("DELETE FROM event WHERE organisation_id = :of")
        record.tamper("DELETE FROM audit_head WHERE organisation_id = :of")
    together = threading.Barrier(_WRITERS)

    def work() -> None:
        with engine_app.app_context():
            together.wait()
            record.write(1)
            db.session.remove()

    threads = [threading.Thread(target=work) for _ in range(_WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with engine_app.app_context():
        assert record.found() is None
        assert [event.seq for event in record.events()] == list(range(1, _WRITERS + 1))
