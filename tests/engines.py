"""Fresh, migrated databases on both engines, each a copy of one that was migrated once in this run."""

import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.config import from_environment
from server.migrations.running import to_newest
from tests import postgres

_TEMPLATE = "heed_template"
ENGINES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Postgres]:
    """The run's PostgreSQL. Where there is none, the test is skipped; with CI=true it fails."""
    programs = postgres.server_programs()
    if programs is None:
        say = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        say("no PostgreSQL on this machine: its half of the engine tests is left out")
    with postgres.running(programs) as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres_server: postgres.Postgres) -> str:
    """The name of a migrated database to copy from."""
    to_newest(as_configured(postgres_server.make(_TEMPLATE)))
    return _TEMPLATE


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy from."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    to_newest(as_configured(f"sqlite:///{path}"))
    return path


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    """A fresh SQLite database."""
    path = tmp_path / "heed.db"
    shutil.copy(sqlite_template, path)
    return as_configured(f"sqlite:///{path}")


@pytest.fixture(params=ENGINES)
def engine_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A fresh database, once on each engine."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
        return
    server = request.getfixturevalue("postgres_server")
    name = f"heed_{uuid.uuid4().hex[:12]}"
    yield as_configured(server.make(name, template=request.getfixturevalue("postgres_template")))
    server.drop(name)


@pytest.fixture(params=ENGINES)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An address of a database without any table, once on each engine."""
    if request.param == "sqlite":
        yield as_configured(f"sqlite:///{tmp_path}/empty.db")
        return
    server = request.getfixturevalue("postgres_server")
    name = f"heed_{uuid.uuid4().hex[:12]}"
    yield as_configured(server.make(name))
    server.drop(name)


def as_configured(url: str) -> str:
    """The address as the settings give it to the program."""
    return from_environment({"HEED_DATABASE_URL": url}).database_url
