"""The machine's clock jumps: no session outlives its hours, receipts tell times that fit together, and nothing is
deleted because of a date that is not true."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from server import clock
from server.extensions import db
from server.models import Member, Milestone, Referral
from server.services.accounts import sessions
from server.services.transaction import writing
from tests.conftest import application
from tests.faults.conftest import Serve
from tests.faults.phones import Phones, wait_for
from tests.faults.test_killed_at_commit import INSIDE
from tests.served import HEED, Served

_HOUR = 3600
_YEAR = 365 * 24 * _HOUR
# Five working days with a weekend and the holidays of a new year in between.
_LONGEST_TO_READ = timedelta(days=14)


@pytest.fixture
def served(database_url: str, serve: Serve) -> Served:
    """What happens is the same on every engine."""
    return serve(database_url)


@pytest.fixture
def wrong_by(served: Served, tmp_path: Path) -> Path:
    """A file with the seconds by which the clock of the server is wrong."""
    file = tmp_path / "seconds"
    file.write_text("0")
    served.settings = {"PYTHONPATH": str(INSIDE), "HEED_TEST_CLOCK": str(file)}
    return file


def _desk(served: Served, phones: Phones, token: str) -> int:
    """What a signed-in browser gets for the list: 200, or 303 to the sign-in page."""
    headers = {"Host": f"inbox.localhost:{served.port}", "Cookie": f"__Host-heed={token}"}
    return phones.ask("GET", "/", None, headers).status


def _sign_in(database_url: str, wrong: int) -> str:
    with application(database_url) as app, app.app_context():
        now = clock.now() + timedelta(seconds=wrong)
        with writing() as session:
            member = session.scalars(select(Member).order_by(Member.id)).first()
            assert member is not None
            return sessions.open_session(session, member, "password", now).token


def test_no_session_outlives_its_hours(served: Served, wrong_by: Path) -> None:
    phones = Phones(served)
    served.start()
    token = _sign_in(served.database_url, 0)
    assert _desk(served, phones, token) == 200
    wrong_by.write_text(str(_HOUR))
    assert _desk(served, phones, token) == 303
    # Signed in while the clock was a year ahead: when it is set right, the session does not last that year.
    wrong_by.write_text(str(_YEAR))
    token = _sign_in(served.database_url, _YEAR)
    assert _desk(served, phones, token) == 200
    wrong_by.write_text("0")
    assert _desk(served, phones, token) == 303


def test_a_receipt_tells_times_that_fit_together(served: Served, wrong_by: Path) -> None:
    phones = Phones(served)
    served.start()
    for wrong in (0, _YEAR, 0, -_YEAR):
        wrong_by.write_text(str(wrong))
        answer = phones.send()
        assert answer.status == 201
        received, due = (datetime.fromisoformat(answer.body[name]) for name in ("received_at", "due_at"))
        assert abs(received - clock.now() - timedelta(seconds=wrong)) < timedelta(minutes=5)
        assert timedelta(0) < due - received <= _LONGEST_TO_READ
        assert phones.health("ready").status == 200
    wrong_by.write_text("0")
    phones.assert_nothing_lost()


@contextmanager
def _sweeping(served: Served, log: Path) -> Iterator[None]:
    with log.open("wb") as said:
        process = subprocess.Popen(
            [*HEED, "clock"], env=served.environment, stdin=subprocess.DEVNULL, stdout=said, stderr=said
        )
        try:
            yield
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=30) == 0
        finally:
            process.kill()
            process.wait()


def test_nothing_is_deleted_because_of_a_wrong_date(served: Served, wrong_by: Path, tmp_path: Path) -> None:
    phones = Phones(served)
    served.start()
    assert phones.send().status == 201
    # Its own clock would be the one of this installation.
    served.kill()
    log = tmp_path / "clock.log"
    with application(served.database_url) as app, app.app_context():
        with _sweeping(served, log):
            wait_for(lambda: _swept("sweep:counts"))
        wrong_by.write_text(str(_YEAR))
        with _sweeping(served, log):
            wait_for(lambda: "sweep counts waits" in log.read_text())
        [row] = db.session.scalars(select(Referral))
        assert row.state == "stored"
        db.session.rollback()
    wrong_by.write_text("0")
    served.start()
    phones.assert_nothing_lost()


def _swept(name: str) -> bool:
    swept = db.session.get(Milestone, name) is not None
    db.session.rollback()
    return swept
