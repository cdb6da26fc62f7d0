"""Starting the web server: looks first whether it can be of use, starts the clock beside it, then becomes it. No work
is done in this process after that, because the server forks."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from server import clock
from server.config import Config
from server.database import engine_for, unsafe_settings
from server.demo import secrets_file, telling
from server.hosts import INBOX_FILES, PHONE_FILES
from server.migrations.state import is_newest
from server.services.accounts.administrators import active_administrators
from server.services.installations import is_demo

DEMO_ON_LOOPBACK = (
    "The demonstration's keys are known to everybody, so it is served on this machine only: "
    "set HEED_BIND to 127.0.0.1:8000."
)

_NOT_SET_UP = "Not set up yet: run `heed setup` in another window, and open the link that it prints."

# Seconds that running requests have to end after a stop; a referral takes well under one.
_STOP_SECONDS = 30
# More threads than cores: most of a request is waiting for the disk, and on SQLite so many referrals as wait share one
# wait (services/group_commit.py).
_THREADS = 8


class CannotServe(Exception):
    """Why the server is not started, in one line that says what to do."""


def serve(config: Config) -> NoReturn:
    """Check, migrate in a child process, say what to click, and become the web server. Raises CannotServe."""
    _check_build()
    _check_port(config)
    _check_database(config)
    migrate(config)
    for line in _look_into(config):
        print(line, flush=True)  # noqa: T201  # the command's own output
    _start_clock()
    # Every process of this server must know what another one has signed.
    os.environ["HEED_SECRET"] = config.secret
    # Of glibc: else each thread takes room of its own and gives none back.
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")
    become = [sys.executable, "-m", "granian", "--interface", "wsgi", "--factory", "--workers", str(config.workers)]
    become += ["--host", config.bind_host, "--port", str(config.bind_port), "--no-ws", "--http", "1"]
    become += ["--blocking-threads", str(_THREADS), "--workers-kill-timeout", str(_STOP_SECONDS)]
    # A process that died alone, for want of memory say, is started anew beside its neighbours; one that dies at once
    # again ends the server, and whoever supervises it is told.
    become += ["--respawn-failed-workers"]
    become += ["--no-access-log", "--log-level", "error", "server:create_app"]
    os.execv(sys.executable, become)  # noqa: S606  # our own interpreter, no shell


def migrate(config: Config) -> None:
    """Back the database up and bring it to this release, in a process that ends: nothing of it is left for the server
    to fork.

    Raises SystemExit when that fails: the child has said why.
    """
    try:
        engine = engine_for(config.database_url)
        done = is_newest(engine)
        engine.dispose()
    except (SQLAlchemyError, OSError):
        done = False
    if not done:
        child = subprocess.run([sys.executable, "-m", "server.cli", "migrate"], check=False)
        if child.returncode:
            raise SystemExit(1)


def _start_clock() -> None:
    """Start `heed clock` beside the server, with which it ends; of all clocks of an installation one works."""
    # Nobody waits for it: when it dies, the server goes on, and /checkup says that nothing is swept any more.
    subprocess.Popen(  # noqa: S603  # our own interpreter, no shell
        [sys.executable, "-m", "server.cli", "clock", "--with-server", str(os.getpid())], stdin=subprocess.DEVNULL
    )


def _check_build() -> None:
    for folder, name in ((PHONE_FILES, "index.html"), (INBOX_FILES, ".vite/manifest.json")):
        if not (folder / name).is_file():
            raise CannotServe("The phone app is not built yet: run `make build`.")


def _check_port(config: Config) -> None:
    family = socket.AF_INET6 if ":" in config.bind_host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((config.bind_host, config.bind_port))
        except OSError as error:
            where, why = f"{config.bind_host}:{config.bind_port}", os.strerror(error.errno or 0)
            raise CannotServe(f"{where}: {why}. End what uses it, or set HEED_BIND to another.") from None


def _check_database(config: Config) -> None:
    url = make_url(config.database_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        raise CannotServe(
            f"There is no database at {url.database}: run `heed setup` to begin, or `heed demo` to try Heed out."
        )


def _look_into(config: Config) -> list[str]:
    """What to say before serving. Raises CannotServe when the database is not for this."""
    engine = engine_for(config.database_url)
    try:
        for reason in unsafe_settings(engine):
            raise CannotServe(reason)
        with Session(engine) as session:
            if not is_demo(session):
                return telling.addresses(config) + ([] if active_administrators(session) else [_NOT_SET_UP])
    except SQLAlchemyError as error:
        raise CannotServe(f"The database cannot be used ({type(error).__name__}): check HEED_DATABASE_URL.") from None
    finally:
        engine.dispose()
    if not config.on_loopback:
        raise CannotServe(DEMO_ON_LOOPBACK)
    told = secrets_file.read(config)
    return telling.addresses(config) + (telling.accounts(told, clock.now()) if told else [])
