"""Putting a backup back onto an empty machine, and bringing it to this release. Never touches a database that is
there, and trusts no byte of a backup before all of it has opened."""

import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import URL, make_url
from sqlalchemy.exc import SQLAlchemyError

from server.backup import BackupRefused, postgres_dump, sqlite_copy
from server.backup.sealing import identities_in, sync_folder, unseal
from server.config import Config
from server.migrations.running import DatabaseRefused, to_newest

if TYPE_CHECKING:
    import pyrage


class _FirstBytes:
    """Reads a backup through to its end, and keeps only what says which engine made it."""

    def __init__(self) -> None:
        self.kept = b""

    def write(self, some: bytes, /) -> int:
        self.kept = (self.kept + some[:16])[:16]
        return len(some)

    def flush(self) -> None:
        return None


def restore(config: Config, backup: Path, key_file: Path) -> None:
    """Put the backup back where the settings say the database is. Raises BackupRefused."""
    url = make_url(config.database_url)
    identities = identities_in(key_file)
    try:
        if url.get_backend_name() == "sqlite":
            _restore_file(url, backup, identities)
        else:
            _restore_dump(url, backup, identities)
    except DatabaseRefused as refused:
        raise BackupRefused(str(refused)) from None
    except (sqlite3.Error, SQLAlchemyError) as error:
        raise BackupRefused(f"The database cannot be used ({type(error).__name__}): check HEED_DATABASE_URL.") from None
    except OSError as error:
        raise BackupRefused(f"{error.filename or backup}: {error.strerror}. Nothing was put back.") from None


def _restore_file(url: URL, backup: Path, identities: "list[pyrage.x25519.Identity]") -> None:
    """Opened, checked and migrated beside its place, and moved there only then: it is there whole or not at all."""
    database = Path(url.database or "")
    sqlite_copy.refuse_if_there(database)
    database.parent.mkdir(parents=True, exist_ok=True)
    with sqlite_copy.clear_folder(database.parent) as folder:
        opened = folder / database.name
        with open(os.open(opened, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "r+b") as clear:
            unseal(backup, clear, identities)
            clear.seek(0)
            _refuse_other_engine(clear.read(16), sqlite_copy.FIRST_BYTES)
        sqlite_copy.check(opened)
        to_newest(url.set(database=str(opened)).render_as_string(hide_password=False))
        with opened.open("rb") as clear:
            os.fsync(clear.fileno())
        sqlite_copy.refuse_if_there(database)
        opened.rename(database)
        sync_folder(database.parent)


def _restore_dump(url: URL, backup: Path, identities: "list[pyrage.x25519.Identity]") -> None:
    postgres_dump.refuse_if_filled(url)
    first = _FirstBytes()
    # Opened twice: a pipe cannot be taken back, and a damaged end must not be found when the rest is committed.
    unseal(backup, first, identities)
    _refuse_other_engine(first.kept, postgres_dump.FIRST_BYTES)
    with postgres_dump.restoring(url) as clear:
        unseal(backup, clear, identities)
    to_newest(url.render_as_string(hide_password=False))


def _refuse_other_engine(first: bytes, expected: bytes) -> None:
    if first.startswith(expected):
        return
    for start, name in ((sqlite_copy.FIRST_BYTES, "SQLite"), (postgres_dump.FIRST_BYTES, "PostgreSQL")):
        if first.startswith(start):
            raise BackupRefused(f"This is a backup of {name}: let HEED_DATABASE_URL name an empty database of that.")
    raise BackupRefused("What was sealed is no backup of Heed.")
