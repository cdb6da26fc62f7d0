"""One deed, one transaction: how every service writes. Views read through the session and never call
commit."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from server.database import WRITES
from server.extensions import db
from server.services.writers_place import writers_place


class WritingInsideWriting(RuntimeError):
    """A service that writes called another one that writes: give the inner one the session instead."""


@contextmanager
def writing() -> Iterator[Session]:
    """A session in a fresh transaction, committed at the end, rolled back when anything is raised.

    What the request read before is let go first: on SQLite a transaction that began by reading cannot become
    the writer once another has written. `BEGIN IMMEDIATE` takes the writer's place at once, so that waiting
    happens here and not at the commit.

    Raises sqlalchemy.exc.OperationalError or TimeoutError when the writer's place is not free in time (answered
    with 503).
    """
    session = db.session()
    if session.info.get("writing"):
        raise WritingInsideWriting
    session.rollback()
    session.info["writing"] = True
    try:
        with writers_place(db.engine):
            session.connection(execution_options={WRITES: True})
            yield session
            session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop("writing", None)
