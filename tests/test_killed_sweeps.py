"""The clock is killed again and again while hundreds of rows are due: in the end each was done once. Of two clocks one
works, and the other takes over."""

import json
import os
import random
import signal
import subprocess
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from server import clock
from server.extensions import db
from server.models import Event, Milestone, MonthCount, Referral, Tombstone
from server.services.audit.verify import verify
from server.services.transaction import writing
from tests.conftest import application
from tests.depth import DEPTH
from tests.partnership import found
from tests.referrals import coded
from tests.served import HEED, Served

# Rows of each kind that are due for one kill.
_ROWS = 16
_PATIENCE = 90.0
_RUNS = "the clock of this installation runs here"


@dataclass
class Clock:
    """A `heed clock` in a process group of its own."""

    database_url: str
    log: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        environment = {**os.environ, "HEED_DATABASE_URL": self.database_url}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*HEED, "clock"], env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip

    def end(self, number: signal.Signals) -> int:
        if self.process is None:
            return 0
        if self.process.poll() is None:
            os.killpg(self.process.pid, number)
        process, self.process = self.process, None
        return process.wait(timeout=30)

    def works(self) -> bool:
        return _RUNS in self.log.read_text("utf-8")


@pytest.fixture
def clocks(engine_url: str, tmp_path: Path) -> Iterator[Callable[[], Clock]]:
    """Clocks of one installation."""
    made: list[Clock] = []

    def make() -> Clock:
        made.append(Clock(engine_url, tmp_path / f"clock{len(made)}.log"))
        return made[-1]

    yield make
    for each in made:
        each.end(signal.SIGKILL)


@contextmanager
def _database(engine_url: str) -> Iterator[None]:
    with application(engine_url) as app, app.app_context():
        yield


def _row(team_id: int, days_ago: int, **drawn: Any) -> dict[str, Any]:
    came = clock.now() - timedelta(days=days_ago)
    return {
        "id": str(uuid.uuid4()), "reference": "HD-0000-0000", "team_id": team_id, "coded": json.dumps(coded()),
        "coded_sha256": "0" * 64, "receipt_sha256": uuid.uuid4().hex * 2, "checklist_hash": "", "pathway_hash": "",
        "subject": "person", "age": "adult", "kinds": [], "area": "", "concern": "low", "could_be": "low",
        "rescored": "not", "urgent_because": [], "urgency_rank": 1, "received_at": came, "due_at": came,
        "state": "read", **drawn,
    }  # fmt: skip


def _fill(number: int) -> dict[str, set[str]]:
    """So many rows of each kind that is due, and as many of which nothing is."""
    team_id = found().home.team_id
    now = clock.now()
    rows = {
        "past_due": [_row(team_id, 2, state="stored") for _ in range(number)],
        "deletion_announced": [_row(team_id, 80) for _ in range(number)],
        "deleted": [_row(team_id, 91) for _ in range(number)],
        "nothing": [_row(team_id, 1, state="stored", due_at=now + timedelta(days=1)) for _ in range(number)],
    }
    with writing() as session:
        session.execute(insert(Referral), [row for kind in rows.values() for row in kind])
    return {kind: {row["id"] for row in each} for kind, each in rows.items()}


def _done() -> int:
    asked = select(func.count()).where(Event.kind.in_(["past_due", "deletion_announced", "deleted"]))
    number = db.session.scalar(asked) or 0
    db.session.rollback()
    return number


def _all_swept() -> bool:
    """Whether the last sweep of a start ended well."""
    swept = db.session.get(Milestone, "sweep:counts") is not None
    db.session.rollback()
    return swept


def _wait(until: Callable[[], bool], said: Callable[[], str]) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not until():
        assert time.monotonic() < deadline, said()
        time.sleep(0.02)


def _assert_each_was_done_once(due: dict[str, set[str]]) -> None:
    for kind in ("past_due", "deletion_announced", "deleted"):
        assert Counter(db.session.scalars(select(Event.referral_id).where(Event.kind == kind))) == Counter(due[kind])
    assert set(db.session.scalars(select(Tombstone.id))) == due["deleted"]
    left = due["past_due"] | due["deletion_announced"] | due["nothing"]
    assert set(db.session.scalars(select(Referral.id))) == left
    assert not any(verdict.fault for verdict in verify(db.session()))


def test_killed_at_any_moment_each_is_done_once(engine_url: str, clocks: Callable[[], Clock]) -> None:
    draw = random.Random(20261123)
    with _database(engine_url):
        due = _fill(_ROWS * DEPTH.kill_points)
        everything = 3 * _ROWS * DEPTH.kill_points
        share = everything // (DEPTH.kill_points + 1)
        one, cut_off = clocks(), 0
        for point in range(DEPTH.kill_points):
            enough = min(max(_done() + 1, point * share + draw.randrange(1, share)), everything)
            one.start()
            _wait(lambda enough=enough: _done() >= enough, one.log.read_text)
            time.sleep(draw.random() / 50)
            one.end(signal.SIGKILL)
            cut_off += _done() < everything
        assert cut_off, "no kill was early enough to cut anything off"
        one.start()
        _wait(_all_swept, one.log.read_text)
        assert one.end(signal.SIGTERM) == 0
        _assert_each_was_done_once(due)
        counted = db.session.scalar(select(func.sum(MonthCount.number)).where(MonthCount.what == "arrived"))
        assert counted == sum(len(ids) for ids in due.values())


def test_of_two_clocks_one_works_and_the_other_takes_over(engine_url: str, clocks: Callable[[], Clock]) -> None:
    with _database(engine_url):
        first, second = clocks(), clocks()
        first.start()
        _wait(first.works, first.log.read_text)
        second.start()
        due = _fill(_ROWS)
        # As long as the first is there the second has nothing to say.
        time.sleep(4)
        assert not second.works()
        first.end(signal.SIGKILL)
        _wait(second.works, second.log.read_text)
        _wait(lambda: _done() == 3 * _ROWS, second.log.read_text)
        assert second.end(signal.SIGTERM) == 0
        _assert_each_was_done_once(due)


def _alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    # Dead, and waited for by nobody yet.
    return "\nState:\tZ" not in Path(f"/proc/{number}/status").read_text()


def _children(of: int) -> list[int]:
    """The clocks that a server started."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            text = status.read_text()
            line = (status.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if f"\nPPid:\t{of}\n" in text and b"\0clock\0" in line:
            found.append(int(status.parent.name))
    return found


def test_the_clock_of_a_server_ends_with_it(served: Served) -> None:
    served.start()
    assert served.process is not None
    [child] = _children(served.process.pid)
    _wait(lambda: _RUNS in served.log.read_text("utf-8"), served.log.read_text)
    assert os.getpriority(os.PRIO_PROCESS, child) == 10
    # The server alone, and so that it can tell nobody.
    server = served.process.pid
    os.kill(server, signal.SIGKILL)
    _wait(lambda: not _alive(child), served.log.read_text)
    os.killpg(server, signal.SIGKILL)
    served.kill()
    served.start()
    [child] = _children(served.process.pid)
    assert served.end() == 0
    _wait(lambda: not _alive(child), served.log.read_text)
    assert "Traceback" not in served.log.read_text("utf-8")


def test_a_server_lives_on_when_its_clock_dies(served: Served) -> None:
    served.start()
    assert served.process is not None
    [child] = _children(served.process.pid)
    os.kill(child, signal.SIGKILL)
    _wait(lambda: not _alive(child), served.log.read_text)
    time.sleep(1)
    assert served.ask("GET", "/api/v1/health")[0] == 200
    assert served.end() == 0
