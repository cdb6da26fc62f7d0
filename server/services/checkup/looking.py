"""All assertions, looked at one after the other. One that cannot be looked at says so, and takes no other with it."""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial

from server.config import Config
from server.extensions import db
from server.services.checkup import backups, database, hosts, keys, machine, people, sweeps
from server.services.checkup.finding import FAULT, STATES, UNSEEN, Finding
from server.services.checkup.visiting import Visit, Visits

_log = logging.getLogger(__name__)

Look = Callable[[], Finding | None]


def look(config: Config, now: datetime) -> list[Finding]:
    """What was found, what is wrong first. In: the settings, the time (of now: clocks are compared with it)."""
    visits = Visits(config)
    # While the two names have time to answer.
    inside = [_tried(about, one) for about, one in _inside(config, now)]
    outside = [_tried(about, one) for about, one in _outside(visits, now)]
    found = (one for one in (*outside, *inside) if one)
    return sorted(found, key=lambda one: STATES.index(one.state))


def _inside(config: Config, now: datetime) -> list[tuple[str, Look]]:
    """What the server knows by itself, by name. The clock of the database comes first, while `now` is now."""
    own = (
        machine.database_clock,
        machine.newest_event,
        keys.team_keys,
        keys.key_holders,
        keys.drills,
        keys.recovery_sheets,
        people.hours,
        people.urgent_numbers,
        people.readers,
        people.administrators,
        people.rota,
        backups.backup_made,
        backups.backup_put_back,
        database.durable,
        database.release,
        database.demonstration,
    )
    by_settings = (backups.recipient, machine.disk, sweeps.overdue)
    return [
        *((one.__name__, partial(one, now)) for one in own),
        *((one.__name__, partial(one, config, now)) for one in by_settings),
        *((f"sweep_{name}", partial(sweeps.sweep, name, now)) for name in sweeps.SWEEPS),
    ]


def _outside(visits: Visits, now: datetime) -> list[tuple[str, Look]]:
    """What the two names answered."""
    asked = (hosts.https, hosts.certificate, hosts.headers, hosts.apart, machine.host_clock)
    return [(one.__name__, partial(_of, one, visits, now)) for one in asked]


def _of(
    one: Callable[[tuple[Visit, Visit], datetime], Finding | None], visits: Visits, now: datetime
) -> Finding | None:
    return one(visits.done(), now)


def _tried(about: str, one: Look) -> Finding | None:
    try:
        return one()
    except Exception as fault:
        # Its kind only: the words of an error may hold a row. A query that failed leaves its transaction unusable.
        _log.warning("checkup %s: %s", about, type(fault).__name__)
        db.session.rollback()
        return Finding(about, UNSEEN, FAULT)
