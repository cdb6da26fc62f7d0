"""Making a backup: copied as of one moment, checked, sealed, on the disk; only then older ones go. Nothing is written
before it is known whom to seal to."""

import sqlite3
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from sqlalchemy import URL, make_url

from server.backup import BackupRefused, postgres_dump, sqlite_copy
from server.backup.kept_backups import MOST_DAYS, delete_old, name_of
from server.backup.sealing import recipient_of, seal, whole_file
from server.config import Config


@dataclass(frozen=True, slots=True)
class Made:
    """A backup: where it is, how many bytes it has, how many older ones were deleted for it."""

    path: Path
    size: int
    deleted: int


def usual_folder(config: Config) -> Path:
    """Where backups go when no other place is named: beside an SQLite database, else in var/."""
    url = make_url(config.database_url)
    is_file = url.get_backend_name() == "sqlite"
    return (Path(url.database or "").parent if is_file else Path("var")) / "backups"


def make(config: Config, folder: Path, now: datetime, keep_days: int = MOST_DAYS) -> Made:
    """Back the database up into the folder, while the server runs or stands.

    In: how many days (1 to MOST_DAYS) a backup there may be old. Raises BackupRefused; nothing was deleted before the
    new one was whole.
    """
    recipient = recipient_of(config.backup_recipient)
    target = folder / name_of(now)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if target.exists():
            raise BackupRefused(f"{target} is there already: two backups need a second between them.")
        with whole_file(target) as sealed, _clear(make_url(config.database_url)) as clear:
            seal(clear, sealed, recipient)
        size = target.stat().st_size
    except sqlite3.Error as error:
        raise BackupRefused(f"The database could not be copied ({error}): keep the backups that you have.") from None
    except OSError as error:
        raise BackupRefused(f"{error.filename or folder}: {error.strerror}. No backup was made.") from None
    try:
        return Made(target, size, delete_old(folder, min(keep_days, MOST_DAYS), now))
    except OSError as error:
        raise BackupRefused(f"{target} was made, but older ones could not be deleted ({error.strerror}).") from None


def _clear(url: URL) -> AbstractContextManager[IO[bytes]]:
    if url.get_backend_name() == "sqlite":
        return sqlite_copy.copied(Path(url.database or ""))
    return postgres_dump.dumped(url)
