"""Bringing a database to this release: `to_newest` is the one way, on both engines."""

from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.util import CommandError
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from server.database import engine_for

_HERE = Path(__file__).parent


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
        with engine.connect() as connection:
            settings = _settings()
            settings.attributes["connection"] = connection
            command.upgrade(settings, "head")
    finally:
        engine.dispose()


def _settings() -> AlembicConfig:
    settings = AlembicConfig()
    settings.set_main_option("script_location", str(_HERE))
    return settings
