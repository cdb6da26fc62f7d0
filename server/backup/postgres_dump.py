"""PostgreSQL: its own `pg_dump` and `pg_restore`, through pipes, so that nothing clear reaches the disk. A password
never stands in an argument, where every account of the machine could read it."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

from psycopg import pq
from sqlalchemy import URL, text

from server.backup import BackupRefused
from server.database import engine_for

FIRST_BYTES = b"PGDMP"

# Accounts and their rights belong to a server, not to the data: the other machine has its own.
_WITHOUT = ("--no-owner", "--no-privileges", "--no-password")


@contextmanager
def dumped(url: URL) -> Iterator[IO[bytes]]:
    """All of the database as of one moment, as a stream. Raises BackupRefused, also at its end."""
    command = [_program("pg_dump"), "--format=custom", *_WITHOUT]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, env=_environment(url), stdout=subprocess.PIPE, stderr=said)  # noqa: S603
        with _ended(process):
            assert process.stdout is not None  # noqa: S101  # asked for above
            with process.stdout as clear:
                yield clear
            if process.wait():
                raise BackupRefused(f"pg_dump could not read the database: {_line(said)}")


@contextmanager
def restoring(url: URL) -> Iterator[IO[bytes]]:
    """A stream to write a dump to; it is put back as a whole or not at all. Raises BackupRefused, also at its end."""
    command = [_program("pg_restore"), "--single-transaction", "--exit-on-error", *_WITHOUT]
    command += ["--dbname", url.database or ""]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(  # noqa: S603  # a program found on PATH, no shell
            command, env=_environment(url), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said
        )
        with _ended(process):
            assert process.stdin is not None  # noqa: S101  # asked for above
            try:
                yield process.stdin
                process.stdin.close()
            except BrokenPipeError:
                process.wait()
            if process.wait():
                raise BackupRefused(f"pg_restore could not put the backup back: {_line(said)}")


def refuse_if_filled(url: URL) -> None:
    """Raises BackupRefused when the database holds anything; sqlalchemy.exc.SQLAlchemyError when it cannot be asked."""
    ours = "SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    ours += " WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' LIMIT 1"
    engine = engine_for(url.render_as_string(hide_password=False))
    try:
        with engine.connect() as connection:
            filled = connection.scalar(text(ours)) is not None
    finally:
        engine.dispose()
    if filled:
        raise BackupRefused("The database is not empty: a backup is put back onto an empty machine only.")


@contextmanager
def _ended(process: "subprocess.Popen[bytes]") -> Iterator[None]:
    """Ends the program when we go before it does: a dump that nobody reads, or one that must not be committed."""
    try:
        yield
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None and not stream.closed:
                with suppress(BrokenPipeError):
                    stream.close()


def _program(name: str) -> str:
    found = shutil.which(name)
    if not found:
        raise BackupRefused(
            f"{name} is not on this machine: install the client programs of PostgreSQL, or see docs/backup.md."
        )
    return found


def _environment(url: URL) -> dict[str, str]:
    """How the programs find the database: what the address says, under the names that libpq has for it. Our own
    settings (a secret is among them) are not for them."""
    _, said = url.get_dialect()().create_connect_args(url)
    names = {
        one.keyword.decode(): one.envvar.decode() for one in pq.Conninfo.get_defaults() if one.keyword and one.envvar
    }
    ours = {name: value for name, value in os.environ.items() if not name.startswith("HEED_")}
    return {**ours, **{names[key]: str(value) for key, value in said.items() if key in names}}


def _line(said: IO[bytes]) -> str:
    """The first line a program said: what failed. The lines after it may hold rows."""
    said.seek(0)
    lines = said.read().decode("utf-8", "replace").splitlines()
    return lines[0][:300] if lines else "it gave no reason."
