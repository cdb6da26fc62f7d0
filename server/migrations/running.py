"""Bringing a database to this release: `to_newest` is the one way, on both engines."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.util import CommandError
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from server.database import engine_for

_HERE = Path(__file__).parent
# Any number that nothing else in this database locks.
_LOCK = 0x48454544_0001


class DatabaseRefused(Exception):
    """The database cannot be brought to this release; the message says what to do."""


def to_newest(database_url: str) -> None:
    """Bring the database to this release, in one transaction: it is changed whole or not at all.

    Raises DatabaseRefused when it cannot be reached or written, or belongs to a newer release.
    """
    try:
        _upgrade(engine_for(database_url))
    except CommandError:
        raise DatabaseRefused(
            "The database belongs to another release of Heed: use that one, or a newer one."
        ) from None
    except (SQLAlchemyError, OSError) as error:
        reason = type(error).__name__
        raise DatabaseRefused(f"The database cannot be used ({reason}): check HEED_DATABASE_URL.") from None


def _upgrade(engine: Engine) -> None:
    try:
        with _one_at_a_time(engine), engine.connect() as connection:
            settings = _settings()
            settings.attributes["connection"] = connection
            command.upgrade(settings, "head")
    finally:
        engine.dispose()


@contextmanager
def _one_at_a_time(engine: Engine) -> Iterator[None]:
    """Several hosts may start at once: the others wait here, and then find nothing to do. SQLite has one writer
    anyhow."""
    if engine.dialect.name != "postgresql":
        yield
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as guard:
        # However long the first one takes; the lock goes with its connection.
        guard.exec_driver_sql("SET lock_timeout = 0")
        guard.exec_driver_sql(f"SELECT pg_advisory_lock({_LOCK})")
        yield


def _settings() -> AlembicConfig:
    settings = AlembicConfig()
    settings.set_main_option("script_location", str(_HERE))
    return settings
