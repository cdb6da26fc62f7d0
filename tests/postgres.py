"""A PostgreSQL of the tests' own: a folder under /tmp, a socket in it, no port, ended with the run."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.rows import TupleRow
from sqlalchemy import create_engine

_USER = "heed"
# What makes it wait for the disk: a database is made ten times as fast without.
_WAITING = ("fsync", "full_page_writes")


def server_programs() -> Path | None:
    """The folder that holds initdb and pg_ctl: the newest Debian keeps, else whatever PATH leads to; or
    None."""
    kept = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    places = [*kept, *([Path(on_path).resolve().parent] if on_path else [])]
    return next((place for place in places if (place / "initdb").exists() and (place / "pg_ctl").exists()), None)


@dataclass(frozen=True)
class Postgres:
    """A running server. `socket` is the folder of its socket."""

    socket: Path

    def url(self, database: str) -> str:
        """The address of one of its databases, as HEED_DATABASE_URL takes it."""
        return f"postgresql://{_USER}@/{database}?host={self.socket}"

    def make(self, database: str, template: str = "template0") -> str:
        """Make a database and say its address."""
        with self._administered() as connection:
            # As a copy of files (PostgreSQL 15 and newer): through the log, as is usual, it takes six times as long.
            how = "STRATEGY FILE_COPY" if connection.info.server_version >= 15_00_00 else ""
            connection.execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}" ENCODING UTF8 {how}'.encode())
        return self.url(database)

    def drop(self, database: str) -> None:
        """Drop a database, whoever is still connected; from now on the server need not wait for the disk, until Heed is
        served from it again."""
        with self._administered() as connection:
            if connection.execute("SHOW fsync").fetchone() == ("on",):
                for name in _WAITING:
                    connection.execute(f"ALTER SYSTEM SET {name} = off".encode())
                connection.execute("SELECT pg_reload_conf()")
            connection.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)'.encode())

    def _administered(self) -> psycopg.Connection[TupleRow]:
        return psycopg.connect(self.url("postgres"), autocommit=True)


class Instance:
    """A server with its data in a folder, started and ended as roughly as a test likes. PostgreSQL refuses to run as
    root: then it runs as another account."""

    def __init__(self, programs: Path, folder: Path, data: Path, in_front: Sequence[str] = ()) -> None:
        self._programs = programs
        self._folder = folder
        self._data = data
        self._in_front = in_front
        account = _account()
        self._as_account = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
        for path in (folder, data.parent):
            if account:
                os.chown(path, account.pw_uid, account.pw_gid)
        self.postgres = Postgres(folder)

    def make(self, *options: str) -> None:
        """Make its data, with further options of initdb."""
        command = ["-D", str(self._data), "-U", _USER, "-A", "trust", "-E", "UTF8", "--no-sync", *options]
        self._run("initdb", *command)
        # It need not wait for the disk until Heed is served (wait_for_the_disk).
        with (self._data / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.writelines(f"{name} = off\n" for name in _WAITING)

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = f"-k {self._folder} -c listen_addresses='' -c shared_buffers=32MB"
        start = ("-D", str(self._data), "-w", "-l", str(self._folder / "log"), "-o", options, "start")
        self._run("pg_ctl", *start, in_front=self._in_front)

    def stop(self) -> None:
        """End it at once, without a word to who is connected."""
        self._run("pg_ctl", "-D", str(self._data), "-w", "-m", "immediate", "stop")

    def kill(self) -> None:
        """SIGKILL to it and to every process of it: nothing gets to clean up."""
        first = int((self._data / "postmaster.pid").read_text().split()[0])
        everyone = [first, *_children(first)]
        for number in everyone:
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        while any(_runs(number) for number in everyone):
            time.sleep(0.02)
        # Who is dead but waited for by nobody (in a container) would count as another server on this data.
        for lock in (self._data / "postmaster.pid", self._folder / ".s.PGSQL.5432.lock"):
            lock.unlink()

    def _run(self, program: str, *arguments: str, in_front: Sequence[str] = ()) -> None:
        # With its output in a file: a server that holds our pipe would keep us waiting for its end.
        with (self._folder / "said").open("w+b") as said:
            done = subprocess.run(
                [*in_front, str(self._programs / program), *arguments],
                cwd=self._folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said, check=False, **self._as_account,
            )  # fmt: skip
            if done.returncode:
                said.seek(0)
                log = self._folder / "log"
                raise RuntimeError(f"{said.read().decode()}\n{log.read_text() if log.exists() else ''}")


@contextmanager
def instance(programs: Path, data: Path | None = None, in_front: Sequence[str] = ()) -> Iterator[Instance]:
    """A server, made and started, and ended afterwards. In: where its tables lie, if not with the rest; what stands in
    front of the command that starts it (slow_disk.py)."""
    folder = Path(tempfile.mkdtemp(prefix="heed-pg-", dir="/tmp"))
    try:
        made = Instance(programs, folder, data or folder / "data", in_front)
        # The log of what is written stays here, in small files: without room for that PostgreSQL ends itself.
        made.make(*([] if data is None else ["-X", str(folder / "wal"), "--wal-segsize=1"]))
        made.start()
        try:
            yield made
        finally:
            # A test may have ended it.
            with suppress(RuntimeError):
                made.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running(programs: Path, in_front: Sequence[str] = ()) -> Iterator[Postgres]:
    """The same, for whoever only asks it."""
    with instance(programs, in_front=in_front) as made:
        yield made.postgres


def _children(of: int) -> list[int]:
    found = Path(f"/proc/{of}/task/{of}/children").read_text()
    return [int(number) for number in found.split()]


def _runs(number: int) -> bool:
    # Dead, and waited for by nobody yet.
    try:
        return "\nState:\tZ" not in Path(f"/proc/{number}/status").read_text()
    except OSError:
        return False


def _account() -> pwd.struct_passwd | None:
    """Whom to run as when we are root: the account Debian makes for it, else nobody."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("there is neither an account named postgres nor one named nobody")


def wait_for_the_disk(url: str) -> None:
    """From now on this server waits for the disk at every commit: Heed is not served from one that does not."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            for name in _WAITING:
                connection.exec_driver_sql(f"ALTER SYSTEM SET {name} = on")
            connection.exec_driver_sql("SELECT pg_reload_conf()")
        for _ in range(100):
            # A new connection: an old one hears of it only between two commands.
            with engine.connect() as connection:
                if connection.exec_driver_sql("SHOW full_page_writes").scalar() == "on":
                    return
            time.sleep(0.05)
        raise RuntimeError("PostgreSQL did not take its settings anew")
    finally:
        engine.dispose()
