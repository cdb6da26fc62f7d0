"""Whether a database is at this release, found out without alembic: a start that has nothing to change is
quick."""

from pathlib import Path

from sqlalchemy import Engine, inspect, text

_STEPS = Path(__file__).parent / "versions"


def is_newest(engine: Engine) -> bool:
    """Whether the last step of this release was the last that ran. Steps are numbered in the order they
    run."""
    newest = max(step.name.partition("_")[0] for step in _STEPS.glob("[0-9]*_*.py"))
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        return list(connection.scalars(text("SELECT version_num FROM alembic_version"))) == [newest]
