"""Two at once: of two deeds on what both saw, one happens and the other is told; on both engines."""

import threading
from collections.abc import Callable

from flask import Flask
from sqlalchemy import func, select

from server import clock
from server.extensions import db
from server.models import Transfer
from server.services.transfers import answering, offering
from server.services.transfers.offering import OfferedAlready
from server.services.triage import SomeoneChangedThis
from tests.partnership import Partnership
from tests.services.sending import send
from tests.services.transfers.passing import kept, member_of, offered, record_of

NOW = clock.now()


def _together(app: Flask, *deeds: Callable[[], object]) -> list[str]:
    """Do all at once. Out: what each was told, sorted."""
    barrier, told = threading.Barrier(len(deeds)), list[str]()

    def run(deed: Callable[[], object]) -> None:
        with app.app_context():
            barrier.wait()
            try:
                deed()
                told.append("done")
            except (SomeoneChangedThis, OfferedAlready) as error:
                told.append(type(error).__name__)

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(told)


def test_taken_back_while_it_is_accepted(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        number = offered(sides, send(sides.home, NOW).id, NOW)
    told = _together(
        engine_app,
        lambda: answering.accept(member_of(sides.other), number, 1, NOW),
        lambda: offering.revoke(member_of(sides.home), number, 1, NOW),
    )
    assert told == ["SomeoneChangedThis", "done"]
    with engine_app.app_context():
        row = kept(number)
        assert (row.file is None) == (row.state == "revoked")
        assert len(record_of(sides.home)) == len(record_of(sides.other)) == 2


def test_offered_twice_at_once(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        sent = send(sides.home, NOW)
    told = _together(engine_app, *[lambda: offered(sides, sent.id, NOW)] * 2)
    assert told == ["OfferedAlready", "done"]
    with engine_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Transfer)) == 1


def test_accepted_twice_at_once(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        number = offered(sides, send(sides.home, NOW).id, NOW)
    accept = [lambda: answering.accept(member_of(sides.other), number, 1, NOW)] * 2
    assert _together(engine_app, *accept) == ["SomeoneChangedThis", "done"]
