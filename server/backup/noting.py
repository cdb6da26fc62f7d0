"""Writing down in the database that a backup was made of it, or that it was put back. It must never undo either."""

from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from server.config import Config
from server.database import WRITES, engine_for
from server.models import Milestone


class NotNoted(Exception):
    """It was done, and could not be written down; the message says so in one line."""


def note(config: Config, name: str, now: datetime) -> None:
    """Move the milestone of this name. Raises NotNoted, also where the database is of an older release."""
    engine = engine_for(config.database_url)
    try:
        with Session(engine) as session:
            session.connection(execution_options={WRITES: True})
            session.merge(Milestone(name=name, at=now))
            session.commit()
    except (SQLAlchemyError, OSError) as error:
        reason = type(error).__name__
        raise NotNoted(
            f"This could not be written into the database ({reason}): /checkup will not know of it."
        ) from None
    finally:
        engine.dispose()
