"""Every sweep and how often it is made. Each asks the rows what is due, so that a sweep that was lost, or made twice,
changes nothing."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from flask import Flask

from server import clock
from server.extensions import db
from server.services import counts, deadlines, milestones, notices
from server.services.one_by_one import place_of
from server.services.retention import deleting, files, leftovers, record
from server.services.retention.periods import Periods, periods_of
from server.sweeping.trust import Trust

_LOG = logging.getLogger("heed.sweeps")


@dataclass(frozen=True, slots=True)
class Sweep:
    """One kind of sweep: its name, how many seconds lie between two, what it does."""

    name: str
    seconds: int
    does: Callable[[datetime, Periods], object]
    trust: Trust = field(default_factory=Trust)


def _deadlines(now: datetime, _periods: Periods) -> None:
    deadlines.sweep(now)


def _retention(now: datetime, periods: Periods) -> None:
    gone = deleting.sweep(now, periods) + record.cut(now, periods)
    leftovers.clear(now)
    db.session.remove()
    if gone and db.engine.dialect.name == "sqlite":
        # Else what was deleted would stay readable in the log until somebody writes over it.
        files.bring_down(db.engine, patience=files.BRIEFLY)


def all_sweeps() -> tuple[Sweep, ...]:
    """In the order in which they are made when all are due: what is told of comes before what is deleted."""
    return (
        Sweep("deadlines", 60, _deadlines),
        Sweep("notices", 3600, notices.sweep),
        Sweep("retention", 3600, _retention),
        Sweep("counts", 3600, counts.sweep),
    )


def make(app: Flask, sweep: Sweep) -> None:
    """One sweep, now; when it ended well, that is written down for /checkup. A fault is logged and never raised: the
    next sweep finds the same rows."""
    with app.app_context():
        name, now = f"sweep:{sweep.name}", clock.now()
        try:
            if not sweep.trust.in_clock(now, milestones.last(name), time.monotonic()):
                _LOG.warning("sweep %s waits: the clock of this machine has jumped", sweep.name)
                return
            sweep.does(now, periods_of(app.config["HEED"]))
            milestones.reached(name, now)
        except Exception as fault:
            _LOG.error("sweep %s: %s", sweep.name, place_of(fault))  # a traceback would hold values
        finally:
            db.session.remove()
