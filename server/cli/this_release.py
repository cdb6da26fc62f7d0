"""What a command that works on the database begins with: a look whether it is there, and of this release."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from server.cli.settings import CannotDo, settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from server.config import Config


@contextmanager
def this_release() -> "Iterator[tuple[Config, Session]]":
    """The settings and a session on a database of this release; raises CannotDo."""
    from sqlalchemy import make_url
    from sqlalchemy.exc import SQLAlchemyError
    from sqlalchemy.orm import Session

    from server.database import engine_for
    from server.migrations.state import is_newest

    config = settings()
    url = make_url(config.database_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        raise CannotDo(f"There is no database at {url.database}: check HEED_DATABASE_URL.")
    engine = engine_for(config.database_url)
    try:
        if not is_newest(engine):
            raise CannotDo("The database is not of this release: run `heed migrate` first.")
        with Session(engine) as session:
            yield config, session
    except SQLAlchemyError as error:
        reason = type(error).__name__
        raise CannotDo(f"The database cannot be used ({reason}): check HEED_DATABASE_URL.") from None
    finally:
        engine.dispose()
