"""How the engine is set: what each SQLite connection is told, when its transactions begin, and when a connection to
PostgreSQL is asked whether it is still there.

Nothing here reads or writes a table.
"""

import time
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import InvalidatePoolError

# WAL: readers never wait for the writer. FULL: an acknowledged referral survives a power cut. secure_delete:
# what is deleted is overwritten. busy_timeout: milliseconds a writer waits before the answer is "try again"
# (503).
SQLITE_PRAGMAS = (
    "PRAGMA busy_timeout = 10000",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA foreign_keys = ON",
)

# What must be true of a connection, as the database says it.
_SQLITE_NEEDS = {"journal_mode": ("wal",), "synchronous": ("2", "3"), "secure_delete": ("1",), "foreign_keys": ("1",)}
_POSTGRES_NEEDS = {
    "fsync": ("on",),
    "full_page_writes": ("on",),
    "synchronous_commit": ("on", "local", "remote_write", "remote_apply"),
}

# Execution options of a connection: that it is about to write, that it asks one thing and no more.
WRITES = "heed_writes"
_ALONE = "heed_alone"

# Seconds that a connection to PostgreSQL is believed to be there after somebody used it. Asking costs a way to the
# database and back, twice a request; who meets one that was lost within this time is told to try again (503).
TRUSTED = 0.5
_GIVEN_BACK = "heed_given_back"


def engine_options(database_url: str) -> dict[str, Any]:
    """Options for `create_engine`: a lock is waited for ten seconds, and no error message or log line holds the
    values of a statement."""
    if make_url(database_url).get_backend_name() == "sqlite":
        return {"hide_parameters": True}
    # No statement of ours runs so long that compiling it first (jit) would pay.
    session = "-c lock_timeout=10000 -c timezone=UTC -c jit=off"
    return {"hide_parameters": True, "connect_args": {"options": session}}


def engine_for(database_url: str) -> Engine:
    """An engine outside the application, set as its own is; the folder of an SQLite file is made when
    missing."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite" and url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, **engine_options(database_url))
    prepare(engine)
    return engine


def prepare(engine: Engine) -> None:
    """Attach to an engine what its connections need.

    SQLite: the driver's own transaction handling is switched off, because it begins none before DDL or SELECT: a
    failed migration would stay half done, and a writer would find out too late that another one was faster.
    PostgreSQL: a connection that was lost while nobody used it is noticed before somebody does.
    """
    if engine.dialect.name != "sqlite":
        _notice_what_is_lost(engine)
        return
    event.listen(engine, "connect", _tell_connection)
    event.listen(engine, "begin", _begin)


def unsafe_settings(engine: Engine) -> list[str]:
    """Why this database could lose what was acknowledged, a sentence each that says what to do; empty when it is safe.

    Asked of the database itself: a setting may be refused (WAL on a network disk) or switched off by its administrator.
    """
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            found = {name: str(connection.exec_driver_sql(f"PRAGMA {name}").scalar()) for name in _SQLITE_NEEDS}
            needs, remedy = _SQLITE_NEEDS, "Put the file on a disk of this machine, not on a network share."
        else:
            found = {name: str(connection.exec_driver_sql(f"SHOW {name}").scalar()) for name in _POSTGRES_NEEDS}
            needs, remedy = _POSTGRES_NEEDS, "Ask whoever runs PostgreSQL to change it."
    return [
        f"The database has {name} = {found[name]}, and a power cut could lose what was acknowledged. {remedy}"
        for name, allowed in needs.items()
        if found[name] not in allowed
    ]


def for_one_question(engine: Engine) -> Connection:
    """A connection for one statement that only reads: no transaction around it, whose begin and end would cost as much
    as the statement."""
    if engine.dialect.name == "sqlite":
        return engine.connect().execution_options(**{_ALONE: True})
    return engine.connect().execution_options(isolation_level="AUTOCOMMIT")


def in_transaction(connection: Connection) -> bool:
    """Whether this connection's transaction is still there: SQLite ends it by itself when the disk is full."""
    driver = connection.connection.dbapi_connection
    return bool(getattr(driver, "in_transaction", True))


def _notice_what_is_lost(engine: Engine) -> None:
    """As `pool_pre_ping`, but only for connections that were idle for a while."""

    def given_back(_driver: object, record: Any) -> None:
        record.info[_GIVEN_BACK] = time.monotonic()

    def taken(driver: Any, record: Any, _fairy: object) -> None:
        since = record.info.get(_GIVEN_BACK)
        if since is None or time.monotonic() - since < TRUSTED:
            return
        try:
            engine.dialect.do_ping(driver)
        except engine.dialect.loaded_dbapi.Error as lost:
            # The others were lost with it: all are made anew, and the caller gets one of them.
            raise InvalidatePoolError from lost

    event.listen(engine, "checkin", given_back)
    event.listen(engine, "checkout", taken)


def _tell_connection(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for pragma in SQLITE_PRAGMAS:
        connection.execute(pragma)


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if not options.get(_ALONE, False):
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get(WRITES, False) else "BEGIN")
