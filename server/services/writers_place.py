"""The one writer's place of a process: on SQLite there is one writer at a time, and threads that wait for each other
here do it in order and without asking the disk again and again.

It is only about waiting. What is one deed and what is not, transactions decide (transaction.py, group_commit.py).
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.exc import TimeoutError as WaitedTooLong

# As long as SQLite itself would wait for another process (server/database.py): then the answer is "try again".
_SECONDS = 10.0

_places: WeakKeyDictionary[Engine, threading.Lock] = WeakKeyDictionary()
_making = threading.Lock()


@contextmanager
def writers_place(engine: Engine) -> Iterator[None]:
    """Hold the writer's place of this process while the block runs; on other engines than SQLite nothing is held.

    Raises sqlalchemy.exc.TimeoutError when it is not free in time (answered with 503).
    """
    if engine.dialect.name != "sqlite":
        yield
        return
    with _making:
        place = _places.setdefault(engine, threading.Lock())
    if not place.acquire(timeout=_SECONDS):
        raise WaitedTooLong("the writer's place was not free in time")
    try:
        yield
    finally:
        place.release()
