"""Exactly one clock in a whole installation, however many servers there are: a lock that the machine or the database
gives up by itself when its holder dies. It is never a row or a file that somebody would have to clean up."""

import fcntl
from pathlib import Path
from typing import BinaryIO, Protocol

from sqlalchemy import Connection, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from server.config import Config
from server.database import engine_for

# "heedclck": any number that nobody else would choose; it is of this database only.
_NUMBER = 0x68656564636C636B

# Of the session that holds the lock, on both of its ends: a host that has lost its power says no goodbye, and without
# these the lock would be its own for two hours (seconds; milliseconds for the last).
_KEEPALIVE = {"keepalives_idle": "15", "keepalives_interval": "5", "keepalives_count": "3", "tcp_user_timeout": "30000"}
_SERVERS_HALF = ("tcp_keepalives_idle = 15", "tcp_keepalives_interval = 5", "tcp_keepalives_count = 3")


class OnlyOne(Protocol):
    """The right to be the clock."""

    def take(self) -> bool:
        """Try to get it; False when another has it or the database is away."""

    def held(self) -> bool:
        """Whether it is still one's own."""

    def give_up(self) -> None:
        """Let another have it."""


def only_one(config: Config) -> OnlyOne:
    """The lock of an installation: of its database, on either engine."""
    url = make_url(config.database_url)
    if url.get_backend_name() == "sqlite":
        return _FileLock(beside(url.database or "", ".lock"))
    return _SessionLock(url.update_query_dict(_KEEPALIVE).render_as_string(hide_password=False))


def beside(database: str, ending: str) -> Path:
    """A file of the clock's own beside an SQLite database: heed.db has heed-clock.lock."""
    path = Path(database)
    return path.with_name(f"{path.stem}-clock{ending}")


class _FileLock:
    """The system's own lock on a file that stays empty."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BinaryIO | None = None

    def take(self) -> bool:
        file = self._path.open("ab")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return False
        self._file = file
        return True

    def held(self) -> bool:
        return self._file is not None

    def give_up(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            file.close()


class _SessionLock:
    """An advisory lock of PostgreSQL on a session of its own: a pooler that hands sessions round would break it."""

    def __init__(self, url: str) -> None:
        self._engine = engine_for(url)
        self._session: Connection | None = None

    def take(self) -> bool:
        try:
            self._session = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            for setting in _SERVERS_HALF:
                self._session.exec_driver_sql(f"SET {setting}")
            if self._session.scalar(text("SELECT pg_try_advisory_lock(:number)"), {"number": _NUMBER}):
                return True
        except SQLAlchemyError:
            pass
        self.give_up()
        return False

    def held(self) -> bool:
        if self._session is None:
            return False
        try:
            # It is held as long as this very session is: a new one would have another number.
            self._session.scalar(text("SELECT 1"))
        except SQLAlchemyError:
            return False
        return True

    def give_up(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            # Thrown away, not back into the pool: the lock goes with the session.
            session.invalidate()
            session.close()
