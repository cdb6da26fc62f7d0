"""huey as the clock: it says when, in a process of its own. What it keeps is the name of a sweep, for a moment; nothing
of people, nothing that is run as code when it is read."""

import logging
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from flask import Flask
from huey import PostgresHuey, SqliteHuey
from huey.api import Huey
from huey.consumer import Consumer
from huey.registry import Message
from sqlalchemy import make_url

from server.config import Config
from server.database import engine_for
from server.services.one_by_one import place_of
from server.sweeping.only_one import beside
from server.sweeping.sweeps import Sweep, all_sweeps, make

# Seconds between two looks whether a minute is over, and between two at the queue.
_LOOKS = 10


class _Names:
    """Keeps a job as its name. huey's own way, pickle, runs whatever somebody has written into the table."""

    def serialize(self, message: Any) -> bytes:
        return f"{message.id} {message.name}".encode()

    def deserialize(self, kept: bytes) -> Any:
        job_id, _, name = bytes(kept).decode().partition(" ")
        return Message(job_id, name, retries=0, retry_delay=0, args=(), kwargs={})


class _Plain(logging.Filter):
    """huey writes tracebacks into the log, and the words of a fault may hold values."""

    def filter(self, line: logging.LogRecord) -> bool:
        if line.exc_info and line.exc_info[1]:
            line.msg, line.args = "%s: %s", (line.getMessage(), place_of(line.exc_info[1]))
            line.exc_info = line.exc_text = None
        return True


def wound_up(app: Flask, config: Config) -> Consumer:
    """The clock with all sweeps, not yet going."""
    for name in ("huey", "huey.consumer", "huey.consumer.Worker", "huey.consumer.Scheduler"):
        log = logging.getLogger(name)
        log.setLevel(logging.WARNING)
        log.filters = [_Plain()]
    huey = _kept_beside(config)
    # What waits there is of a clock that is gone; everything is looked at anew at once.
    huey.flush()
    for sweep in all_sweeps():
        huey.periodic_task(_every(sweep), name=sweep.name)(_job(app, sweep))
    return huey.create_consumer(workers=1, scheduler_interval=_LOOKS, max_delay=_LOOKS)


def _job(app: Flask, sweep: Sweep) -> Callable[[], None]:
    # huey wants a function of its own, with a name.
    def job() -> None:
        make(app, sweep)

    return job


def _every(sweep: Sweep) -> Callable[[datetime], bool]:
    """Due at once, for what fell due while nothing ran, and then whenever so many seconds are over.

    huey asks once a minute. By the hands of a clock an hour could be missed by a second, and a clock that was set
    would make hours long or short.
    """
    next_time = time.monotonic()

    def due(_now: datetime) -> bool:
        nonlocal next_time
        ticking = time.monotonic()
        if ticking < next_time:
            return False
        # Half a minute is huey's own play.
        next_time = ticking + sweep.seconds - 30
        return True

    return due


def _kept_beside(config: Config) -> Huey:
    url = make_url(config.database_url)
    kept: dict[str, Any] = {"results": False, "serializer": _Names()}
    if url.get_backend_name() == "sqlite":
        return SqliteHuey("heed", filename=str(beside(url.database or "", ".db")), cache_mb=1, **kept)
    engine = engine_for(config.database_url)
    _, address = engine.dialect.create_connect_args(url)
    driver: Any = engine.dialect.import_dbapi()
    # Not blocking: waiting at the database could not be cut short when told to stop.
    return PostgresHuey(
        "heed", connection=partial(driver.connect, **address), table_prefix="heed_clock", blocking=False, **kept
    )
