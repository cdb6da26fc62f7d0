"""What every test may ask for: databases, an application on one of them, a client for each host. Settings of
the run."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import settings

from server import create_app
from server.config import Config
from server.extensions import db
from server.services import limits
from tests.clients import HostClient, field_client, inbox_client
from tests.depth import DEPTH, described
from tests.engines import (  # noqa: F401  # fixtures, found by name
    ENGINE,
    database_url,
    databases,
    empty_url,
    engine_url,
    only_of_this_engine,
    postgres_databases,
    postgres_server,
    sqlite_databases,
    sqlite_url,
)
from tests.journeys.languages import in_this_run
from tests.made_once import _addresses_compiled_once, shipped_hasher  # noqa: F401  # fixtures, found by name
from tests.one_browser import automation, browser, executable, no_page_left_open  # noqa: F401  # fixtures, found by name
from tests.partnership import Partnership, found
from tests.served import Served, need_build

# Fixed seeds: a run that is red today is red tomorrow.
settings.register_profile("heed", max_examples=DEPTH.examples, derandomize=True, deadline=None, database=None)
settings.load_profile("heed")


def pytest_report_header() -> str:
    """Say how deep this run digs, and on what."""
    return f"{described()}; engine: {ENGINE}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what says nothing about the engine of this run, and journeys that it makes in another language."""
    items[:], others = only_of_this_engine(items)
    items[:], elsewhere = in_this_run(items)
    if others or elsewhere:
        config.hook.pytest_deselected(items=others + elsewhere)


@contextmanager
def application(url: str, **changes: object) -> Iterator[Flask]:
    """An application on a migrated database, its connections closed afterwards."""
    app = create_app(Config(database_url=url, **changes))  # type: ignore[arg-type]
    try:
        yield app
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture(autouse=True)
def _tries_forgotten() -> None:
    """No test is slowed down by the tries of the one before."""
    limits._LIMITER.storage.reset()


@pytest.fixture
def app(database_url: str) -> Iterator[Flask]:  # noqa: F811
    """An application on the engine of this run."""
    with application(database_url) as made:
        yield made


@pytest.fixture
def engine_app(engine_url: str) -> Iterator[Flask]:  # noqa: F811
    """An application, once on each engine."""
    with application(engine_url) as made:
        yield made


@pytest.fixture
def partnership(app: Flask) -> Partnership:
    """Two teams with a member and a phone each, on `app`."""
    with app.app_context():
        return found()


@pytest.fixture
def field(app: Flask) -> HostClient:
    """A browser on the field host."""
    return field_client(app)


@pytest.fixture
def inbox(app: Flask) -> HostClient:
    """A browser on the inbox host."""
    return inbox_client(app)


@pytest.fixture
def served(engine_url: str, tmp_path: Path) -> Iterator[Served]:  # noqa: F811
    """`heed serve` on a migrated database, once on each engine. The test may kill and start it as it likes."""
    need_build()
    server = Served(engine_url, tmp_path / "server.log")
    yield server
    server.kill()
