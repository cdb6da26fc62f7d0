"""A fleet of servers with the demo partnership, on a database of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.balanced.fleet import Fleet
from tests.balanced.in_front import need
from tests.databases import Databases
from tests.journeys import one_time
from tests.journeys.conftest import locale, pocket  # noqa: F401  # fixtures
from tests.served import need_build


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, postgres_databases: Databases) -> Fleet:
    """A fleet that is never started: its database and its secrets are copied for each test."""
    need("nginx")
    need_build()
    folder = tmp_path_factory.mktemp("fleet")
    fleet = Fleet(postgres_databases.migrated(folder), folder)
    fleet.make_demo()
    return fleet


@pytest.fixture
def fleet(tmp_path: Path, postgres_databases: Databases, made: Fleet) -> Iterator[Fleet]:
    """Three servers and their balancer, served. The test may kill and start them as it likes."""
    with _served(tmp_path, postgres_databases, made) as running:
        yield running


@pytest.fixture(scope="module")
def standing_fleet(
    tmp_path_factory: pytest.TempPathFactory, postgres_databases: Databases, made: Fleet
) -> Iterator[Fleet]:
    """The same for the tests of a file that kill nothing and leave each other's accounts as they were."""
    with _served(tmp_path_factory.mktemp("standing"), postgres_databases, made) as running:
        yield running


@contextmanager
def _served(folder: Path, databases: Databases, made: Fleet) -> Iterator[Fleet]:
    one_time.forget()
    copy = Fleet(databases.copied(made.database_url, folder), folder)
    copy.take_demo(made)
    try:
        copy.start()
        yield copy
    finally:
        copy.kill()
        databases.drop(copy.database_url)
