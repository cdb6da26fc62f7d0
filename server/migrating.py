"""The backup before a database is changed by a new release. It reads with plain SQL: the tables are those of an older
release."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, inspect, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from server.backup.making import make, usual_folder
from server.config import Config
from server.database import engine_for
from server.migrations.state import is_newest

NOTHING_CHANGED = "The database was not changed. With a backup of your own, run `heed migrate --without-backup`."


class NoBackup(Exception):
    """A database that holds referrals would be changed without a backup; the message says what to do."""


def back_up(config: Config, now: datetime) -> Iterator[str]:
    """Make a backup if the database will be changed and holds anything. Out: a line that says what was done.

    Raises NoBackup when no recipient is set and there are referrals; server.backup.BackupRefused.
    """
    if not _will_be_changed(config.database_url):
        return
    if config.backup_recipient:
        made = make(config, usual_folder(config).absolute(), now)
        yield f"{made.path}: a backup from before this release, sealed to {config.backup_recipient}."
    elif _holds_referrals(config.database_url):
        raise NoBackup(
            "This release changes the database, and no backup can be made first: set HEED_BACKUP_RECIPIENT "
            f"(docs/backup.md). {NOTHING_CHANGED}"
        )
    else:
        yield "No backup was made first, because HEED_BACKUP_RECIPIENT is not set."


def _will_be_changed(database_url: str) -> bool:
    """Whether it is of an older release: there is something to lose. What cannot be asked, the migration refuses."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        return False
    engine = engine_for(database_url)
    try:
        with engine.connect() as connection:
            begun = inspect(connection).has_table("alembic_version")
        return begun and not is_newest(engine)
    except SQLAlchemyError:
        return False
    finally:
        engine.dispose()


def _holds_referrals(database_url: str) -> bool:
    """Whether there is any that is not of a demonstration."""
    engine = engine_for(database_url)
    try:
        with engine.connect() as connection:
            return _any(connection, "referral", "1 = 1") and not _any(connection, "installation", "is_demo")
    finally:
        engine.dispose()


def _any(connection: Connection, table: str, where: str) -> bool:
    there = inspect(connection).has_table(table)
    return there and connection.execute(text(f"SELECT 1 FROM {table} WHERE {where} LIMIT 1")).first() is not None  # noqa: S608
