"""One changes the database at a time, however long it takes; a step that leaves rows that point at nothing is undone;
and keys are looked after again when it is over."""

import os
import subprocess
import threading
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text

from server.database import WRITES, engine_for, engine_options
from server.migrations import running
from server.migrations.running import to_newest
from server.migrations.state import is_newest
from tests import postgres
from tests.databases import as_configured
from tests.faults.phones import wait_for
from tests.migrations import before_0004
from tests.migrations.picture import picture
from tests.migrations.stepping import at_step
from tests.served import HEED

WAIT = 60.0


@pytest.fixture
def sqlite_0003(tmp_path: Path) -> str:
    """An SQLite database of the release before the last step, with rows in it."""
    url = as_configured(f"sqlite:///{tmp_path}/heed.db")
    engine, _ = at_step(url, "0003", before_0004.fill)
    engine.dispose()
    return url


def test_who_comes_second_waits_until_the_first_is_done(
    postgres_server: postgres.Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = as_configured(postgres_server.make("heed_two_hosts"))

    def impatient(database_url: str) -> Engine:
        options = {**engine_options(database_url), "connect_args": {"options": "-c lock_timeout=100"}}
        return create_engine(database_url, **options)

    monkeypatch.setattr(running, "engine_for", impatient)
    second = threading.Thread(target=to_newest, args=(url,), daemon=True)
    plain = make_url(url).set(drivername="postgresql").render_as_string()
    with psycopg.connect(plain, autocommit=True) as first:
        first.execute(f"SELECT pg_advisory_lock({running._LOCK})".encode())
        second.start()
        wait_for(lambda: not second.is_alive() or _waits(first))
        # Far longer than it would wait for any other lock.
        first.execute("SELECT pg_sleep(0.4)")
        assert _waits(first)
        assert first.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)
    second.join(WAIT)
    engine = engine_for(url)
    assert is_newest(engine)
    engine.dispose()


def test_two_at_once_are_both_content(empty_url: str) -> None:
    environment = {**os.environ, "HEED_DATABASE_URL": empty_url}
    both = [subprocess.Popen([*HEED, "migrate"], env=environment) for _ in range(2)]
    assert [each.wait(WAIT) for each in both] == [0, 0]
    engine = engine_for(empty_url)
    assert is_newest(engine)
    engine.dispose()


def test_rows_that_point_at_nothing_are_found_and_all_is_as_before(sqlite_0003: str) -> None:
    engine = engine_for(sqlite_0003)
    event.listen(engine, "connect", lambda driver, _record: driver.execute("PRAGMA foreign_keys = OFF"))
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        connection.execute(text("UPDATE member SET team_id = 4711"))
    engine.dispose()
    before = picture(sqlite_0003)
    with pytest.raises(RuntimeError) as found:
        to_newest(sqlite_0003)
    assert type(found.value).__name__ == "RowsPointAtNothing"
    assert picture(sqlite_0003) == before


def test_keys_are_looked_after_again_when_it_is_over(sqlite_0003: str, monkeypatch: pytest.MonkeyPatch) -> None:
    states: list[tuple[str, int]] = []

    def watched(database_url: str) -> Engine:
        engine = engine_for(database_url)
        event.listen(engine, "checkin", lambda driver, _record: states.append(("given back", _looks(driver))))
        event.listen(engine, "begin", lambda connection: states.append(("changed", _looks(_driver(connection)))))
        return engine

    monkeypatch.setattr(running, "engine_for", watched)
    to_newest(sqlite_0003)
    # Off while tables are made anew: what points at them would go with the old ones.
    assert states == [("changed", 0), ("given back", 1)]


def _driver(connection: Connection) -> object:
    return connection.connection.dbapi_connection


def _looks(driver: object) -> int:
    return int(driver.execute("PRAGMA foreign_keys").fetchone()[0])  # type: ignore[attr-defined]


def _waits(first: psycopg.Connection) -> bool:
    """Whether somebody wants a lock of this kind that another one has."""
    asked = b"SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    return first.execute(asked).fetchone() is not None
