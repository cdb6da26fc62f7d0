"""Servers for which something of the machine can be taken away: a disk of their own, a PostgreSQL of their own."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import postgres
from tests.databases import PostgresDatabases, SqliteDatabases
from tests.faults.small_disk import CannotMount, SmallDisk, small_disk
from tests.postgres import Instance
from tests.served import Served, need_build

Serve = Callable[[str], Served]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Makes a `heed serve` on a database, not yet started."""
    made: list[Served] = []

    def _serve(url: str) -> Served:
        need_build()
        made.append(Served(url, tmp_path / "server.log"))
        return made[-1]

    yield _serve
    for each in made:
        each.kill()


@pytest.fixture
def disk() -> Iterator[SmallDisk]:
    """A disk that can be filled. Where none may be mounted, the test is skipped."""
    try:
        with small_disk(96) as made:
            yield made
    except CannotMount as why:
        pytest.skip(f"a disk of a test's own cannot be made here: {why}")


@pytest.fixture
def disk_sqlite_url(disk: SmallDisk, tmp_path: Path) -> str:
    """A fresh SQLite database on the small disk."""
    return SqliteDatabases(tmp_path).migrated(disk.path)


@pytest.fixture
def programs() -> Path:
    """PostgreSQL's programs, for a server that a test may end."""
    found = postgres.server_programs()
    if found is None:
        say = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        say("no PostgreSQL on this machine")
    return found


@pytest.fixture
def own_postgres(programs: Path) -> Iterator[Instance]:
    """A PostgreSQL that belongs to one test alone."""
    with postgres.instance(programs) as made:
        yield made


@pytest.fixture
def own_url(own_postgres: Instance, tmp_path: Path) -> str:
    """A fresh database on it."""
    return PostgresDatabases(own_postgres.postgres).migrated(tmp_path)
