"""`heed clock`: waits until it is the only one, then keeps the sweeps going. It ends with the server that started it,
and at once when told to: whatever is cut off is found again by the next sweep."""

import logging
import os
import signal
import threading
import time
from typing import TYPE_CHECKING

from server.config import Config
from server.sweeping.only_one import only_one

if TYPE_CHECKING:
    from flask import Flask

_LOG = logging.getLogger("heed.sweeps")

# Seconds between two looks whether the server that started this one is still there, whether the lock is free or still
# held, and whether huey's threads are alive.
_LOOKS = 0.5
_LOCK_LOOKS = 2.0
_HEALTH_LOOKS = 15.0
# Seconds after a fault until all is tried anew.
_REST = 15.0
# Seconds that a sweep has to end, when all ends and when only the lock was lost.
_ENDS = 2.0
_LOST = 30.0


class Clock:
    """The clock of one server. `server` is the process number of that server, with which it ends; None when it runs by
    itself."""

    def __init__(self, config: Config, server: int | None) -> None:
        self._config = config
        self._server = server
        self._stop = threading.Event()
        self._lock = only_one(config)
        self._app: Flask | None = None

    def run(self) -> None:
        """Be the clock, or wait for the place, until told to stop."""
        self._listen()
        while not self._over():
            if not self._lock.take():
                self._rest(_LOCK_LOOKS)
                continue
            try:
                self._tick()
            except Exception as fault:
                from server.services.one_by_one import place_of

                _LOG.error("the clock: %s", place_of(fault))  # a traceback would hold values
                self._lock.give_up()
                self._rest(_REST)
            finally:
                self._lock.give_up()

    def _tick(self) -> None:
        # Only who has the place loads what it takes: the others wait in a few megabytes.
        from server import create_app
        from server.sweeping.clockwork import wound_up

        self._app = self._app or create_app(self._config)
        consumer = wound_up(self._app, self._config)
        consumer.start()
        # huey has just put its own in the place; its answer to SIGHUP would start another program.
        self._listen()
        _LOG.info("the clock of this installation runs here")
        healthy = time.monotonic()
        while not self._over() and self._lock.held():
            self._rest(_LOCK_LOOKS)
            if time.monotonic() - healthy > _HEALTH_LOOKS:
                consumer.check_worker_health()
                healthy = time.monotonic()
        consumer.shutdown_timeout = _ENDS if self._over() else _LOST
        consumer.stop(graceful=True)

    def _listen(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda _number, _frame: self._stop.set())

    def _over(self) -> bool:
        # A process whose parent has died gets another one: true also after a kill that leaves nothing time.
        return self._stop.is_set() or (self._server is not None and os.getppid() != self._server)

    def _rest(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not self._over() and time.monotonic() < until:
            self._stop.wait(_LOOKS)
