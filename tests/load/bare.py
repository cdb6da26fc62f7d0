"""The bare work that intake is held against: one connection that writes a row as large as a referral with its note and
waits for the disk, again and again."""

import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from server.database import SQLITE_PRAGMAS
from tests.load.machines import Machine


@dataclass(frozen=True)
class Bare:
    """Commits a second, and milliseconds of this process's own processor time for each."""

    rate: float
    cpu_ms: float


def commits(on: Machine, row: bytes, times: int) -> Bare:
    """Commit `times` rows, one each, on the engine and the disk of this machine."""
    if on.engine == "SQLite":
        return _sqlite(on.folder / "bare.db", row, times)
    return _postgres(on.url, row, times)


def _sqlite(path: Path, row: bytes, times: int) -> Bare:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        for pragma in SQLITE_PRAGMAS:
            connection.execute(pragma)
        connection.execute("CREATE TABLE IF NOT EXISTS bare (body BLOB)")
        began, used = time.perf_counter(), time.process_time()
        for _ in range(times):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO bare VALUES (?)", (row,))
            connection.execute("COMMIT")
        return Bare(times / (time.perf_counter() - began), (time.process_time() - used) / times * 1000)
    finally:
        connection.close()


def _postgres(url: str, row: bytes, times: int) -> Bare:
    with psycopg.connect(
        make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    ) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS bare (body BYTEA)")
        connection.commit()
        began, used = time.perf_counter(), time.process_time()
        for _ in range(times):
            connection.execute("INSERT INTO bare VALUES (%s)", (row,))
            connection.commit()
        return Bare(times / (time.perf_counter() - began), (time.process_time() - used) / times * 1000)
