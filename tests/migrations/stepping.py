"""Brings a database to an earlier step and puts rows into it, so that a later step can be tried with them."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from alembic import command
from sqlalchemy import Connection, Engine, MetaData, Table, text

from server.database import WRITES, engine_for
from server.migrations.running import _settings


def to_step(database_url: str, revision: str) -> None:
    """Run the steps up to this one."""
    engine = engine_for(database_url)
    settings = _settings()
    with engine.connect() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, revision)
    engine.dispose()


def put(connection: Connection, told: dict[str, list[dict[str, Any]]]) -> dict[str, int]:
    """Insert rows into the tables as they are at this step. Out: how many each table got."""
    sqlite = connection.dialect.name == "sqlite"
    for name, some in told.items():
        table = Table(name, MetaData(), autoload_with=connection)
        for row in some:
            bare = {key: _as_kept(value) if sqlite else value for key, value in row.items()}
            connection.execute(table.insert().values(**bare))
    return {name: len(some) for name, some in told.items()}


def at_step(
    database_url: str, revision: str, fill: Callable[[Connection], dict[str, int]]
) -> tuple[Engine, dict[str, int]]:
    """A database at this step with rows in it, and how many each table has."""
    to_step(database_url, revision)
    engine = engine_for(database_url)
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        return engine, fill(connection)


def counted(engine: Engine, names: Iterable[str]) -> dict[str, int]:
    """How many rows each table has now; and on SQLite, which looks at a step's end only, that each points at one."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        return {name: connection.scalar(text(f"SELECT count(*) FROM {name}")) or 0 for name in names}  # noqa: S608


def _as_kept(value: Any) -> Any:
    """SQLite keeps no zone (server/models/base.py)."""
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value
