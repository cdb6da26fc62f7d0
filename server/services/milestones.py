"""When things that must happen again and again last went well: written down here, read by /checkup."""

from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite

from server.extensions import db
from server.models import Milestone
from server.services.transaction import writing

_SQLITE, _POSTGRESQL = sqlite.insert(Milestone), postgresql.insert(Milestone)
_MOVED = {
    "sqlite": _SQLITE.on_conflict_do_update(index_elements=["name"], set_={"at": _SQLITE.excluded.at}),
    "postgresql": _POSTGRESQL.on_conflict_do_update(index_elements=["name"], set_={"at": _POSTGRESQL.excluded.at}),
}


def reached(name: str, now: datetime) -> None:
    """Write down that this went well now.

    Back as well as forward: after a clock that was wrong by a year was set right, a time in the future would say for a
    year that all is well.
    """
    with writing() as session:
        connection = session.connection()
        connection.execute(_MOVED[connection.dialect.name], {"name": name, "at": now})


def last(name: str) -> datetime | None:
    """When it last went well; None: never."""
    found = db.session.get(Milestone, name)
    return found.at if found else None
