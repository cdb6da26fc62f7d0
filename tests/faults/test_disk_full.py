"""The disk of the database is full: phones are told to keep what they have, whoever reads goes on reading, and when
there is room again nobody needs to start anything."""

from pathlib import Path

from tests import postgres
from tests.databases import PostgresDatabases
from tests.faults.conftest import Serve
from tests.faults.phones import Phones
from tests.faults.small_disk import SmallDisk
from tests.served import Served

# What may still find room in pages that the database had before.
_MOST = 300
_TRIES = 5


def test_sqlite(disk: SmallDisk, disk_sqlite_url: str, serve: Serve) -> None:
    _full_and_again(disk, serve(disk_sqlite_url))


def test_postgresql(disk: SmallDisk, programs: Path, tmp_path: Path, serve: Serve) -> None:
    # Only its tables lie there. Without room for the log of what it writes PostgreSQL ends itself, and that is another
    # fault (test_database_away.py).
    with postgres.instance(programs, disk.path / "data") as made:
        _full_and_again(disk, serve(PostgresDatabases(made.postgres).migrated(tmp_path)))


def _full_and_again(disk: SmallDisk, served: Served) -> None:
    phones = Phones(served)
    served.start()
    phones.send_known()
    for _ in range(20):
        assert phones.send().status == 201
    disk.fill()
    refused = 0
    for _ in range(_MOST):
        answer = phones.send()
        assert answer.status == 201 or answer.says_try_again(), answer
        refused += answer.status == 503
        if refused == _TRIES:
            break
    assert refused == _TRIES
    assert phones.status().body["state"] == "stored"
    assert phones.health().status == phones.health("ready").status == 200
    process = served.process
    disk.make_room()
    assert phones.send().status == 201
    phones.assert_nothing_lost()
    assert process is served.process
    assert process is not None
    assert process.poll() is None
