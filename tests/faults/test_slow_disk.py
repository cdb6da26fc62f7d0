"""The disk takes long to keep what is written: who waits has a receipt after that, and who reads does not wait. Killed
while it writes, it keeps what it has said that it keeps, and nothing comes twice."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import postgres, slow_disk
from tests.databases import PostgresDatabases, SqliteDatabases
from tests.faults.phones import Answer, Phones
from tests.served import Served, need_build

_PHONES = 6
# Milliseconds that each fsync takes longer.
_LATE = 500


def _need_compiler() -> None:
    if not slow_disk.is_here():
        say = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        say("no C compiler on this machine")


@pytest.fixture(params=["sqlite", "postgresql"])
def slow(request: pytest.FixtureRequest, tmp_path: Path, sqlite_databases: SqliteDatabases) -> Iterator[Served]:
    """`heed serve`, not yet started, on a database whose disk is slow."""
    need_build()
    _need_compiler()
    in_front = slow_disk.in_front(_LATE)
    if request.param == "sqlite":
        with _ended(Served(sqlite_databases.migrated(tmp_path), tmp_path / "log", in_front=in_front)) as made:
            yield made
        return
    programs: Path = request.getfixturevalue("programs")
    with (
        postgres.running(programs, in_front) as server,
        _ended(Served(PostgresDatabases(server).migrated(tmp_path), tmp_path / "log")) as made,
    ):
        yield made


@contextmanager
def _ended(served: Served) -> Iterator[Served]:
    yield served
    served.kill()


@pytest.fixture
def phones(slow: Served) -> Phones:
    """Phones of a server that runs."""
    made = Phones(slow)
    slow.start()
    made.send_known()
    return made


@contextmanager
def _all_at_once(phones: Phones) -> Iterator[list[Future[Answer]]]:
    with ThreadPoolExecutor(_PHONES) as pool:
        yield [pool.submit(phones.send, body) for body in [phones.new() for _ in range(_PHONES)]]


def _nothing_is_lost(slow: Served, phones: Phones) -> None:
    # The machine came back with the disk as it was.
    slow.in_front = []
    slow.start()
    phones.assert_nothing_lost()


def test_what_waits_for_the_disk_goes_through_it() -> None:
    _need_compiler()
    # Without the library a process would run all the same, on a quick disk.
    asks = "import ctypes; print(ctypes.CDLL(None).fsync(-1), open('/proc/self/maps').read())"
    done = subprocess.run(
        [*slow_disk.in_front(1), sys.executable, "-c", asks], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("-1 ")
    assert "slow_disk.so" in done.stdout


def test_who_waits_has_a_receipt_and_who_reads_does_not_wait(phones: Phones) -> None:
    with _all_at_once(phones) as sent:
        while not all(one.done() for one in sent):
            assert phones.status().body["state"] == "stored"
            assert phones.health("ready").status == 200
        assert {one.result().status for one in sent} == {201}
    phones.assert_nothing_lost()


def test_killed_while_it_waits_for_the_disk(slow: Served, phones: Phones) -> None:
    with _all_at_once(phones) as sent:
        time.sleep(_LATE / 1000 / 2)
        slow.kill()
        assert {one.result().status for one in sent} <= {0, 201}
    _nothing_is_lost(slow, phones)


def test_told_to_end_it_answers_everybody_who_waits(slow: Served, phones: Phones) -> None:
    with _all_at_once(phones) as sent:
        time.sleep(_LATE / 1000 / 2)
        assert slow.end() == 0
        assert {one.result().status for one in sent} == {201}
    _nothing_is_lost(slow, phones)
