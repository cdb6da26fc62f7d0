"""A database that would lose what was acknowledged is noticed before anything is served from it; and a question asked
outside a transaction leaves nothing of that to whoever gets the connection next."""

from collections.abc import Iterator
from typing import Any

import pytest
from psycopg.pq import TransactionStatus
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.pool import QueuePool

from server import database, serving
from server.config import Config
from server.database import engine_for, for_one_question, prepare, unsafe_settings
from tests import postgres
from tests.databases import as_configured


@pytest.fixture
def engine(engine_url: str) -> Iterator[Engine]:
    made = engine_for(engine_url)
    yield made
    made.dispose()


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


@pytest.mark.parametrize(
    ("safe", "unsafe", "named"),
    [
        ("synchronous = FULL", "synchronous = NORMAL", "synchronous = 1"),
        ("secure_delete = ON", "secure_delete = OFF", "secure_delete = 0"),
        ("foreign_keys = ON", "foreign_keys = OFF", "foreign_keys = 0"),
    ],
)
def test_each_weaker_setting_of_sqlite_is_named(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch, safe: str, unsafe: str, named: str
) -> None:
    weaker = tuple(one.replace(safe, unsafe) for one in database.SQLITE_PRAGMAS)
    monkeypatch.setattr(database, "SQLITE_PRAGMAS", weaker)
    engine = engine_for(sqlite_url)
    try:
        [said] = unsafe_settings(engine)
    finally:
        engine.dispose()
    assert said.startswith(f"The database has {named}, ")


def test_postgresql_that_answers_before_it_is_safe_is_named(postgres_server: postgres.Postgres) -> None:
    url = as_configured(postgres_server.make("heed_hasty"))
    postgres.wait_for_the_disk(url)
    engine = create_engine(url, connect_args={"options": "-c synchronous_commit=off"})
    try:
        [said] = unsafe_settings(engine)
    finally:
        engine.dispose()
    assert said.startswith("The database has synchronous_commit = off")


def test_postgresql_that_never_waits_for_the_disk_is_named(postgres_server: postgres.Postgres) -> None:
    programs = postgres.server_programs()
    assert programs is not None
    # One that nobody has told to wait yet.
    with postgres.running(programs) as hasty:
        engine = create_engine(as_configured(hasty.make("heed_hasty")))
        said = unsafe_settings(engine)
        engine.dispose()
    assert [each.partition(",")[0] for each in said] == [
        "The database has fsync = off",
        "The database has full_page_writes = off",
    ]


def test_what_postgresql_was_told(engine_url: str) -> None:
    engine = engine_for(engine_url)
    assert engine.hide_parameters
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            told = {name: connection.scalar(text(f"SHOW {name}")) for name in ("lock_timeout", "timezone")}
        assert told == {"lock_timeout": "10s", "timezone": "UTC"}
    engine.dispose()


def test_it_is_not_served(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    weaker = tuple(one.replace("FULL", "OFF") for one in database.SQLITE_PRAGMAS)
    monkeypatch.setattr(database, "SQLITE_PRAGMAS", weaker)
    with pytest.raises(serving.CannotServe, match="synchronous = 0"):
        serving._look_into(Config(database_url=sqlite_url))


def test_one_question_begins_no_transaction(engine: Engine) -> None:
    with for_one_question(engine) as connection:
        assert _rows(connection) == 0
        assert not _begun(connection)


def test_what_is_begun_after_a_question_is_a_transaction(engine: Engine) -> None:
    with for_one_question(engine) as connection:
        before = _driver(connection)
        assert _rows(connection) == 0
    with engine.connect() as connection:
        assert _driver(connection) is before, "another connection would prove nothing"
        with connection.begin() as deed:
            connection.execute(text("INSERT INTO installation (id, is_demo, made_at) VALUES (1, true, '2026-11-23')"))
            assert _begun(connection)
            deed.rollback()
        assert _rows(connection) == 0
    assert isinstance(engine.pool, QueuePool)
    assert engine.pool.checkedout() == 0


def _driver(connection: Connection) -> Any:
    return connection.connection.dbapi_connection


def _begun(connection: Connection) -> bool:
    """Whether the database has begun a transaction, as the driver says."""
    driver = _driver(connection)
    if connection.dialect.name == "sqlite":
        return bool(driver.in_transaction)
    return bool(driver.info.transaction_status != TransactionStatus.IDLE)


def _rows(connection: Connection) -> int:
    return connection.scalar(text("SELECT count(*) FROM installation")) or 0
