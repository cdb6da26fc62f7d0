"""A PostgreSQL of the tests' own: a folder under /tmp, a socket in it, no port, ended with the run."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy import create_engine

_USER = "heed"


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
        self._say(f'CREATE DATABASE "{database}" TEMPLATE "{template}" ENCODING UTF8')
        return self.url(database)

    def drop(self, database: str) -> None:
        """Drop a database, whoever is still connected."""
        self._say(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    def _say(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def running(programs: Path) -> Iterator[Postgres]:
    """Start a server and end it afterwards. PostgreSQL refuses to run as root: then it runs as another
    account."""
    folder = Path(tempfile.mkdtemp(prefix="heed-pg-", dir="/tmp"))
    account = _account()
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)
    as_account = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}

    def run(*command: str) -> None:
        done = subprocess.run(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            **as_account,
        )
        if done.returncode:
            log = folder / "log"
            raise RuntimeError(f"{done.stdout}\n{done.stderr}\n{log.read_text() if log.exists() else ''}")

    data = str(folder / "data")
    options = f"-k {folder} -c listen_addresses='' -c shared_buffers=32MB"
    try:
        run(str(programs / "initdb"), "-D", data, "-U", _USER, "-A", "trust", "-E", "UTF8", "--no-sync")
        # Only Heed's own processes are killed here, never this one: it need not wait for the disk until Heed is served.
        with Path(data, "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.write("fsync = off\nfull_page_writes = off\n")
        control = [str(programs / "pg_ctl"), "-D", data, "-w"]
        # With its output in a file: a server that holds our pipe would keep us waiting for its end.
        with (folder / "start").open("wb") as out:
            subprocess.run(
                [*control, "-l", str(folder / "log"), "-o", options, "start"],
                cwd=folder, stdin=subprocess.DEVNULL, stdout=out, stderr=out, check=True, **as_account,
            )  # fmt: skip
        try:
            yield Postgres(folder)
        finally:
            run(*control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


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
            for name in ("fsync", "full_page_writes"):
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
