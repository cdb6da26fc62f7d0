"""Bringing down what a database file still holds of rows that were deleted. It changes no row."""

import sqlite3
from contextlib import closing

from sqlalchemy import Engine

# What deleting touches.
_TABLES = (
    *("referral", "sealed_note", "message", "transfer", "tombstone"),
    *("event", "audit_checkpoint", "member_session", "account_link", "member"),
)
# Milliseconds that a reader is waited for when an operator asks. Nobody can write meanwhile, so a sweep waits less.
_PATIENCE, BRIEFLY = 10_000, 500


def bring_down(engine: Engine, rewrite: bool = False, patience: int = _PATIENCE) -> bool:
    """SQLite: empty the write-ahead log into the file, in which deleted rows are overwritten (secure_delete). Out:
    False when somebody still reads from it.

    PostgreSQL: VACUUM the tables, which leaves deleted bytes in free room until it is used again; `rewrite` writes the
    tables anew, and everybody waits meanwhile. Out: True.
    """
    if engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(engine.url.database or "", isolation_level=None)) as file:
            file.execute(f"PRAGMA busy_timeout = {patience}")
            busy, _frames, _moved = file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy
    # ANALYZE: what PostgreSQL notes of the values in a table is drawn anew, too; the notes of before go after it.
    how = "FULL, ANALYZE" if rewrite else "ANALYZE"
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in _TABLES:
            connection.exec_driver_sql(f"VACUUM ({how}) {table}")
        connection.exec_driver_sql(f"VACUUM {'FULL ' if rewrite else ''}pg_catalog.pg_statistic")
    return True
