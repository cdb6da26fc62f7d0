"""What whoever runs the database can see of it and do to it, on either engine: rows, files, a copy of all of it."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Connection, CursorResult, create_engine, make_url


class Rows:
    """A connection without anything of Heed on it. Values are marked with ? on either engine."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def execute(self, statement: str, values: Sequence[object] = ()) -> CursorResult[Any]:
        """Run one statement."""
        if self._connection.dialect.name != "sqlite":
            statement = statement.replace("%", "%%").replace("?", "%s")
        return self._connection.exec_driver_sql(statement, tuple(values))


@contextmanager
def opened(url: str) -> Iterator[Rows]:
    """What is done inside is kept, all of it or nothing."""
    sqlite = url.startswith("sqlite")
    engine = create_engine(url, connect_args={"timeout": 30} if sqlite else {"options": "-c timezone=UTC"})
    try:
        with engine.begin() as connection:
            yield Rows(connection)
    finally:
        engine.dispose()


def moment(at: datetime) -> str:
    """A moment as a statement takes it on either engine."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"


def files(url: str) -> dict[str, bytes]:
    """The files that hold this database, as they lie on the disk: deleted rows count too."""
    if url.startswith("sqlite"):
        file = Path(make_url(url).database or "")
        return {path.name: path.read_bytes() for path in file.parent.glob(f"{file.name}*")}
    with _connected(url) as connection:
        # What stands in memory only is written out first.
        connection.execute("CHECKPOINT")
        [(folder,)] = connection.execute("SHOW data_directory").fetchall()
        # Those of Heed, not of the system, which has numbers below; with what is kept beside a row that is too long.
        asked = "SELECT pg_relation_filepath(oid) FROM pg_class WHERE oid >= 16384 AND relkind IN ('r', 'i', 't')"
        paths = [Path(folder, name) for (name,) in connection.execute(asked).fetchall()]
    return {f"database/{path.name}": path.read_bytes() for path in paths}


def copied(url: str, folder: Path) -> dict[str, bytes]:
    """A copy as an operator makes one while the server runs: what is packed in the files is plain here."""
    if url.startswith("sqlite"):
        copy = folder / "copied.db"
        with closing(sqlite3.connect(make_url(url).database or "")) as source, closing(sqlite3.connect(copy)) as made:
            source.backup(made)
        return {"copy": copy.read_bytes()}
    with _connected(url) as connection:
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        return {f"copy of {name}": _table(connection, name) for (name,) in names}


def _table(connection: "psycopg.Connection[Any]", name: str) -> bytes:
    with connection.cursor().copy(f'COPY "{name}" TO STDOUT (FORMAT binary)'.encode()) as out:
        return b"".join(bytes(block) for block in out)


def _connected(url: str) -> "psycopg.Connection[Any]":
    return psycopg.connect(url.replace("+psycopg", "", 1), autocommit=True)
