"""The bare work that intake is held against: one connection that writes a row as large as a referral with its note and
waits for the disk, again and again. In a process of its own, on the very disk that the server has."""

import json
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass

import psycopg
from sqlalchemy import URL, make_url

from server.database import SQLITE_PRAGMAS
from tests import slow_disk
from tests.load.machines import Machine


@dataclass(frozen=True)
class Bare:
    """Commits a second, and milliseconds of the process's own processor time for each."""

    rate: float
    cpu_ms: float


def commits(on: Machine, row: int, times: int) -> Bare:
    """Commit `times` rows of so many bytes, one each, on the engine and the disk of this machine."""
    url = f"sqlite:///{on.folder / 'bare.db'}" if on.engine == "SQLite" else on.url
    command = [sys.executable, "-m", "tests.load.bare", url, str(row), str(times)]
    # PostgreSQL itself waits for the disk, and was started on a slow one.
    in_front = slow_disk.in_front(on.late if on.engine == "SQLite" else 0)
    told = subprocess.run([*in_front, *command], stdout=subprocess.PIPE, check=True)
    return Bare(*json.loads(told.stdout))


def _sqlite(url: URL, row: bytes, times: int) -> tuple[float, float]:
    connection = sqlite3.connect(url.database or "", isolation_level=None)
    try:
        for pragma in SQLITE_PRAGMAS:
            connection.execute(pragma)
        connection.execute("CREATE TABLE IF NOT EXISTS bare (body BLOB)")
        began, used = time.perf_counter(), time.process_time()
        for _ in range(times):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO bare VALUES (?)", (row,))
            connection.execute("COMMIT")
        return times / (time.perf_counter() - began), (time.process_time() - used) / times * 1000
    finally:
        connection.close()


def _postgres(url: URL, row: bytes, times: int) -> tuple[float, float]:
    with psycopg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False)) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS bare (body BYTEA)")
        connection.commit()
        began, used = time.perf_counter(), time.process_time()
        for _ in range(times):
            connection.execute("INSERT INTO bare VALUES (%s)", (row,))
            connection.commit()
        return times / (time.perf_counter() - began), (time.process_time() - used) / times * 1000


def _main(said: str, size: str, times: str) -> None:
    url = make_url(said)
    work = _sqlite if url.get_backend_name() == "sqlite" else _postgres
    json.dump(work(url, bytes(int(size)), int(times)), sys.stdout)


if __name__ == "__main__":
    _main(*sys.argv[1:])
