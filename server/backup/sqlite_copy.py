"""SQLite: a copy of the file as of one moment, while others write, and putting one in place on an empty machine. No
clear copy outlives the run that made it, or, when that was killed, the next one."""

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO
from urllib.parse import quote

from server.backup import BackupRefused

FIRST_BYTES = b"SQLite format 3\x00"

# The folder of clear copies. It lies beside the database and never in the folder of backups: that is often a stick or
# another machine, where nothing may be in clear.
_CLEAR = ".heed-clear-copy"
_ZEROS = bytes(1 << 20)


@contextmanager
def copied(database: Path) -> Iterator[IO[bytes]]:
    """A checked copy of the database, to be read from its beginning, and overwritten afterwards.

    Raises BackupRefused, sqlite3.Error, OSError.
    """
    if not database.is_file():
        raise BackupRefused(f"There is no database at {database}: check HEED_DATABASE_URL.")
    with clear_folder(database.parent) as folder:
        copy = folder / database.name
        with open(os.open(copy, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "r+b") as clear:
            try:
                _copy(database, copy)
                check(copy)
                yield clear
            finally:
                _overwrite(clear)


@contextmanager
def clear_folder(beside: Path) -> Iterator[Path]:
    """A folder for the owner's eyes only, gone at the end. One run at a time holds it, so that the next can clear
    away what a killed one left.

    Raises BackupRefused, OSError.
    """
    folder = beside / _CLEAR
    folder.mkdir(mode=0o700, exist_ok=True)
    held = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupRefused("Another backup runs: wait until it is done.") from None
        try:
            for left in folder.iterdir():
                left.unlink()
            yield folder
        finally:
            shutil.rmtree(folder)
    finally:
        os.close(held)


def check(database: Path) -> None:
    """Whether a file is sound as the engine sees it. Raises BackupRefused, sqlite3.Error."""
    with closing(sqlite3.connect(database)) as opened:
        sound = opened.execute("PRAGMA integrity_check(1)").fetchall() == [("ok",)]
        if not sound or opened.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise BackupRefused("The database is damaged: keep the backups that you have, and ask for help.")


def _copy(database: Path, copy: Path) -> None:
    # pages=-1: all in one step, so it is one moment; with WAL nobody who writes has to wait for it.
    source = sqlite3.connect(f"file:{quote(str(database))}?mode=rw", uri=True)
    with closing(source), closing(sqlite3.connect(copy)) as into:
        source.backup(into, pages=-1)


def _overwrite(clear: IO[bytes]) -> None:
    """The database overwrites what it deletes (secure_delete): its copy must leave no more on the disk."""
    left = clear.seek(0, os.SEEK_END)
    clear.seek(0)
    while left > 0:
        left -= clear.write(_ZEROS[:left])
    clear.flush()
    os.fsync(clear.fileno())


def refuse_if_there(database: Path) -> None:
    """Raises BackupRefused when there is a database, or the journal of one, which SQLite would play into the other."""
    for path in (database, *(database.with_name(database.name + end) for end in ("-wal", "-shm", "-journal"))):
        if path.exists():
            raise BackupRefused(f"{path} is there already: a backup is put back onto an empty machine only.")
