"""One thread commits what many requests hand over, as many at a time as wait: on SQLite each commit waits for the disk,
and what comes meanwhile can share the next one.

Nobody is answered before the commit, and a deed that fails never takes its neighbours along. The thread is started when
there is something to do, never before the web server has forked, and ends by itself when nothing comes.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotInTime
from queue import Empty, SimpleQueue
from typing import Any
from weakref import WeakKeyDictionary, ref

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as WaitedTooLong

from server.database import WRITES, in_transaction
from server.services.writers_place import writers_place

# A bound on how long one transaction may get; far more than there are threads to hand over.
MOST_AT_ONCE = 64
# Seconds that a request waits for its commit before the answer is "try again" (503). What was handed over may be stored
# all the same: the phone sends it again, and it is there once.
PATIENCE = 15.0
# Seconds without work after which the thread ends.
IDLE = 30.0

# As text, the same on both engines: each deed needs two, and SQLAlchemy's own savepoints cost four times as much.
_SAVEPOINT, _BACK, _RELEASE = "SAVEPOINT deed", "ROLLBACK TO SAVEPOINT deed", "RELEASE SAVEPOINT deed"

Deed = Callable[[Connection], Any]


class TakenBack(Exception):
    """Raised by a deed that must leave nothing behind; whoever handed it over gets `outcome`."""

    def __init__(self, outcome: object) -> None:
        super().__init__()
        self.outcome = outcome


class _Handed:
    """A deed on its way, and how it went: told after the commit only."""

    def __init__(self, deed: Deed) -> None:
        self.future: Future[Any] = Future()
        self._deed = deed
        self._outcome: Any = None
        self._fault: Exception | None = None

    def do(self, connection: Connection, *, alone: bool) -> None:
        """Do it in a savepoint of its own; alone in its transaction it needs none. Raises DBAPIError only when the
        whole transaction is lost."""
        if not alone:
            connection.exec_driver_sql(_SAVEPOINT)
        try:
            self._outcome = self._deed(connection)
        except Exception as fault:
            # After a full disk or a broken file SQLite has taken the whole transaction back by itself.
            if isinstance(fault, DBAPIError) and not in_transaction(connection):
                raise
            if alone:
                connection.rollback()
            else:
                connection.exec_driver_sql(_BACK)
            if isinstance(fault, TakenBack):
                self._outcome = fault.outcome
            else:
                self._fault = fault
        if not alone:
            connection.exec_driver_sql(_RELEASE)

    def tell(self) -> None:
        """Answer who waits."""
        if self._fault is None:
            self.future.set_result(self._outcome)
        else:
            self.future.set_exception(self._fault)


class GroupCommit:
    """The writer of one database. Safe to use from every thread of a process, and from a process that was forked off
    before its first use."""

    def __init__(self, engine: Engine) -> None:
        # The engine keeps its writer, and not the other way round: both go together.
        self._engine = ref(engine)
        self._waiting: SimpleQueue[_Handed] = SimpleQueue()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def done(self, deeds: list[Deed]) -> list[Any]:
        """What each deed gave, in order, once all are committed.

        Raises what a deed raised; sqlalchemy.exc.OperationalError when the database is busy, full or away, and
        sqlalchemy.exc.TimeoutError when the commit did not come in time (both answered with 503).
        """
        handed = [_Handed(deed) for deed in deeds]
        with self._starting:
            for one in handed:
                self._waiting.put(one)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, name="group commit", daemon=True)
                self._thread.start()
        try:
            return [one.future.result(timeout=PATIENCE) for one in handed]
        except NotInTime:
            for one in handed:
                one.future.cancel()
            raise WaitedTooLong("the commit did not come in time") from None

    def _work(self) -> None:
        while group := self._next_group():
            wanted = [one for one in group if one.future.set_running_or_notify_cancel()]
            try:
                self._commit(wanted)
            except BaseException as fault:
                for one in wanted:
                    one.future.set_exception(fault)
            else:
                for one in wanted:
                    one.tell()

    def _next_group(self) -> list[_Handed]:
        """Everything that waits, at least one; empty when nothing came for long: the thread is over then."""
        try:
            group = [self._waiting.get(timeout=IDLE)]
        except Empty:
            with self._starting:
                if self._waiting.empty():
                    self._thread = None
                    return []
            group = [self._waiting.get()]
        while len(group) < MOST_AT_ONCE:
            try:
                group.append(self._waiting.get_nowait())
            except Empty:
                break
        return group

    def _commit(self, group: list[_Handed]) -> None:
        engine = self._engine()
        if engine is None:
            raise WaitedTooLong("the database was put away")
        with writers_place(engine), engine.connect() as connection:
            writing = connection.execution_options(**{WRITES: True})
            with writing.begin():
                for one in group:
                    one.do(writing, alone=len(group) == 1)


_writers: WeakKeyDictionary[Engine, GroupCommit] = WeakKeyDictionary()
_making = threading.Lock()


def writer_of(engine: Engine) -> GroupCommit:
    """The one writer of a database in this process."""
    with _making:
        return _writers.setdefault(engine, GroupCommit(engine))


def one_after_the_other(engine: Engine, deeds: list[Deed]) -> list[Any]:
    """What each deed gave, in a transaction of their own, each in a savepoint; one alone needs none.

    Raises what a deed raised: nothing is kept then.
    """
    if len(deeds) == 1:
        try:
            with engine.begin() as connection:
                return [deeds[0](connection)]
        except TakenBack as taken_back:
            return [taken_back.outcome]
    outcomes = []
    with engine.begin() as connection:
        for deed in deeds:
            connection.exec_driver_sql(_SAVEPOINT)
            try:
                outcomes.append(deed(connection))
            except TakenBack as taken_back:
                connection.exec_driver_sql(_BACK)
                outcomes.append(taken_back.outcome)
            connection.exec_driver_sql(_RELEASE)
    return outcomes
