"""A database that would lose what was acknowledged is noticed before anything is served from it."""

import pytest
from sqlalchemy import create_engine

from server import database, serving
from server.config import Config
from server.database import engine_for, prepare, unsafe_settings
from tests import postgres
from tests.databases import as_configured


def test_both_engines_are_safe_as_they_come(engine_url: str) -> None:
    if engine_url.startswith("postgresql"):
        postgres.wait_for_the_disk(engine_url)
    engine = engine_for(engine_url)
    try:
        assert unsafe_settings(engine) == []
    finally:
        engine.dispose()


def test_sqlite_that_refuses_a_setting_is_named_with_what_to_do() -> None:
    # A database in memory takes no write-ahead log, as a network disk does not.
    engine = create_engine("sqlite://")
    prepare(engine)
    [said] = unsafe_settings(engine)
    assert said.startswith("The database has journal_mode = memory")
    assert "a disk of this machine" in said
    engine.dispose()


def test_postgresql_that_answers_before_it_is_safe_is_named(postgres_server: postgres.Postgres) -> None:
    url = as_configured(postgres_server.make("heed_hasty"))
    postgres.wait_for_the_disk(url)
    engine = create_engine(url, connect_args={"options": "-c synchronous_commit=off"})
    try:
        [said] = unsafe_settings(engine)
    finally:
        engine.dispose()
    assert said.startswith("The database has synchronous_commit = off")


def test_it_is_not_served(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    weaker = tuple(one.replace("FULL", "OFF") for one in database.SQLITE_PRAGMAS)
    monkeypatch.setattr(database, "SQLITE_PRAGMAS", weaker)
    with pytest.raises(serving.CannotServe, match="synchronous = 0"):
        serving._look_into(Config(database_url=sqlite_url))
