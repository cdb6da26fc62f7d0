"""Whether there is room on the disk, and whether the clocks agree: due times and deletion go by them."""

import shutil
from collections.abc import Sequence
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

from sqlalchemy import func, make_url, select, text

from server.config import Config
from server.extensions import db
from server.models import Event
from server.services.checkup.finding import GOOD, LOOK, UNSEEN, WRONG, Finding
from server.services.checkup.visiting import Visit

# A backup writes the whole database once more, and the database grows: bytes, for one that is small yet.
LEAST_ROOM = 512 * 1024 * 1024
MIB = 1024 * 1024
_AHEAD = timedelta(minutes=2)
_DATABASE_APART = timedelta(seconds=5)
_HOST_APART = timedelta(seconds=60)
# So many of the newest events are looked at: the clock may have been put right since the last one.
_EVENTS = 200


def disk(config: Config, _now: datetime) -> Finding:
    """There is room for the database twice. The disk of a PostgreSQL server cannot be seen from here."""
    url = make_url(config.database_url)
    if url.get_backend_name() != "sqlite":
        size = db.session.scalar(text("SELECT pg_database_size(current_database())"))
        return Finding("disk", UNSEEN, "elsewhere", {"size": _mib(size or 0)})
    database = Path(url.database or "")
    size = sum(part.stat().st_size for part in (database, Path(f"{database}-wal")) if part.exists())
    free = shutil.disk_usage(database.parent).free
    facts = {"size": _mib(size), "free": _mib(free)}
    if free >= max(2 * size, LEAST_ROOM):
        return Finding("disk", GOOD, "good", facts)
    return Finding("disk", LOOK if free >= max(size, LEAST_ROOM // 4) else WRONG, "short", facts)


def newest_event(now: datetime) -> Finding:
    """Nothing was written down for a time that is still to come: the clock was not put back."""
    newest = select(Event.at).order_by(Event.id.desc()).limit(_EVENTS).subquery()
    at = db.session.scalar(select(func.max(newest.c.at)))
    if at is not None and at > now + _AHEAD:
        return Finding("newest_event", WRONG, "wrong", {"at": at})
    return Finding("newest_event", GOOD, "good")


def database_clock(now: datetime) -> Finding | None:
    """PostgreSQL's own clock and ours agree; SQLite has none of its own."""
    if db.engine.dialect.name != "postgresql":
        return None
    apart = abs(db.session.scalars(text("SELECT clock_timestamp()")).one() - now)
    return _apart("database_clock", apart, _DATABASE_APART)


def host_clock(visits: Sequence[Visit], now: datetime) -> Finding:
    """The proxy's clock and ours agree, by the date that its answers carry."""
    dates = [date for visit in visits for answer in visit.answers.values() for date in answer.all("Date")]
    if not dates:
        return Finding("host_clock", UNSEEN, "unseen")
    return _apart("host_clock", max(abs(parsedate_to_datetime(date) - now) for date in dates), _HOST_APART)


def _apart(about: str, apart: timedelta, most: timedelta) -> Finding:
    seconds = round(apart.total_seconds())
    return Finding(about, GOOD, "good") if apart <= most else Finding(about, WRONG, "wrong", {"num": seconds})


def _mib(size: int) -> int:
    return -(-size // MIB)
