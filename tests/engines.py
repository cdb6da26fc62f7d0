"""Fresh databases, as tests ask for them: on the engine of this run, on SQLite, or once on each engine.

`HEED_ENGINE=postgresql` turns the run round: what it leaves to the first run is left out (`only_of_this_engine`).
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import postgres
from tests.databases import Databases, PostgresDatabases, SqliteDatabases

ENGINES = ("sqlite", "postgresql")
ENGINE = os.environ.get("HEED_ENGINE", "sqlite")
if ENGINE not in ENGINES:
    raise pytest.UsageError(f"HEED_ENGINE is {ENGINE!r}; it should be one of {', '.join(ENGINES)}")


def only_of_this_engine(items: list[pytest.Item]) -> tuple[list[pytest.Item], list[pytest.Item]]:
    """Which tests this run makes and which it leaves out. The usual run makes all, on SQLite or on both; a run on
    PostgreSQL only those that ask for a database of the run: every other one would say the same again."""
    if ENGINE == "sqlite":
        return items, []
    mine = [item for item in items if "databases" in getattr(item, "fixturenames", ())]
    return mine, [item for item in items if item not in set(mine)]


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Postgres]:
    """The run's PostgreSQL. Where there is none, the test is skipped; it fails with CI=true, and where the whole run is
    to be on PostgreSQL."""
    programs = postgres.server_programs()
    if programs is None:
        say = pytest.fail if os.environ.get("CI") == "true" or ENGINE == "postgresql" else pytest.skip
        say("no PostgreSQL on this machine: its half of the engine tests is left out")
    with postgres.running(programs) as server:
        yield server


@pytest.fixture(scope="session")
def postgres_databases(postgres_server: postgres.Postgres) -> Databases:
    """Databases on PostgreSQL."""
    return PostgresDatabases(postgres_server)


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> Databases:
    """Databases on SQLite."""
    return SqliteDatabases(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest) -> Databases:
    """Databases on the engine of this run. By this fixture a run on PostgreSQL knows which tests are its own."""
    return _of(request, ENGINE)


@pytest.fixture
def database_url(databases: Databases, tmp_path: Path) -> Iterator[str]:
    """A fresh database on the engine of this run."""
    url = databases.migrated(tmp_path)
    yield url
    databases.drop(url)


@pytest.fixture
def sqlite_url(sqlite_databases: Databases, tmp_path: Path) -> str:
    """A fresh SQLite database, for what is about SQLite itself."""
    return sqlite_databases.migrated(tmp_path)


@pytest.fixture(params=ENGINES)
def engine_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh database, once on each engine."""
    of = _of(request, request.param)
    url = of.migrated(tmp_path)
    yield url
    of.drop(url)


@pytest.fixture(params=ENGINES)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An address of a database without any table, once on each engine."""
    of = _of(request, request.param)
    url = of.empty(tmp_path)
    yield url
    of.drop(url)


def _of(request: pytest.FixtureRequest, engine: str) -> Databases:
    kept = request.getfixturevalue(f"{'postgres' if engine == 'postgresql' else engine}_databases")
    assert isinstance(kept, Databases)
    return kept
