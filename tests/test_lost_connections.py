"""Connections to PostgreSQL that are lost: noticed before use after a while of silence, said once when it was a moment
ago, and no way to the database and back is spent on what was used just now."""

import time
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import Mock

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from server import database
from server.database import engine_for
from tests.databases import Databases, as_configured

_LONG = 3600.0


@pytest.fixture
def engine(postgres_databases: Databases, tmp_path: Path) -> Iterator[Engine]:
    url = postgres_databases.empty(tmp_path)
    made = engine_for(as_configured(url))
    yield made
    made.dispose()
    postgres_databases.drop(url)


def test_all_that_were_lost_are_replaced_before_anybody_uses_one(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "TRUSTED", 0)
    before = _used(engine, 3)
    _end(engine, before)
    asked = _counted(engine, monkeypatch)
    after = _used(engine, 3)
    assert not set(before) & set(after)
    # One that is lost says it for all.
    assert asked.call_count == 1


def test_one_that_was_used_a_moment_ago_is_believed(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "TRUSTED", _LONG)
    before = _used(engine, 2)
    asked = _counted(engine, monkeypatch)
    assert _used(engine, 2) == before
    assert asked.call_count == 0
    monkeypatch.setattr(database, "TRUSTED", 0)
    assert _used(engine, 2) == before
    assert asked.call_count == 2


def test_whoever_meets_one_lost_a_moment_ago_is_told_and_nobody_after(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "TRUSTED", _LONG)
    before = _used(engine, 3)
    _end(engine, before)
    with pytest.raises(OperationalError):
        _used(engine, 1)
    assert not set(before) & set(_used(engine, 3))


def _used(engine: Engine, number: int) -> list[int]:
    """So many connections used at once and given back. Out: the processes at their other end."""
    taken = [engine.connect() for _ in range(number)]
    try:
        return sorted(connection.scalar(text("SELECT pg_backend_pid()")) for connection in taken)
    finally:
        for connection in taken:
            connection.close()


def _end(engine: Engine, processes: list[int]) -> None:
    """End the other ends, and see them gone."""
    other = engine_for(engine.url.render_as_string(hide_password=False))
    with other.connect() as connection:
        for process in processes:
            connection.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": process})
        left = text("SELECT count(*) FROM pg_stat_activity WHERE pid = ANY(:pids)")
        for _ in range(500):
            if not connection.scalar(left, {"pids": processes}):
                break
            connection.rollback()
            time.sleep(0.02)
        else:
            raise AssertionError("they did not end")
    other.dispose()


def _counted(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Mock:
    """How often a connection was asked whether it is still there."""
    asked = Mock(wraps=engine.dialect.do_ping)
    monkeypatch.setattr(engine.dialect, "do_ping", asked)
    return asked
