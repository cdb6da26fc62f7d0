"""Brings a database to an earlier step, so that a later one can be tried with rows in it."""

from alembic import command

from server.database import engine_for
from server.migrations.running import _settings


def to_step(database_url: str, revision: str) -> None:
    """Run the steps up to this one."""
    engine = engine_for(database_url)
    settings = _settings()
    with engine.connect() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, revision)
    engine.dispose()
