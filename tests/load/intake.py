"""What handing over a referral costs: submissions a second and how long each waits, beside bare commits on the same
disk and a bare route of the same server, all in one run."""

import http.client
import json
import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from server.database import SQLITE_PRAGMAS
from server.migrations.running import to_newest
from tests.conftest import application
from tests.partnership import found
from tests.referrals import AGE_FILE, REFERRALS, bearer, coded, referral, sealed
from tests.served import Served

CLIENTS = (1, 8, 16, 64)
# Bounded, so that the bench ends by itself: submissions for each number of clients, and bare commits.
SUBMISSIONS = 800
COMMITS = 400
_JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Taken:
    """How one number of clients fared: `waits` in milliseconds, sorted."""

    clients: int
    rate: float
    waits: tuple[float, ...]

    def at(self, share: float) -> float:
        """The wait that this share of all did not exceed."""
        return self.waits[min(len(self.waits) - 1, int(len(self.waits) * share))]


def run() -> str:
    """The table."""
    with TemporaryDirectory(prefix="heed-bench-") as name:
        folder = Path(name)
        commits = _bare_commits(folder / "bare.db")
        with _served(folder) as (server, phone):
            part = coded()
            # Not counted: what is prepared on first use is nobody's figure.
            _round(server.port, 4, 100, phone, part)
            rounds = [_round(server.port, clients, SUBMISSIONS, phone, part) for clients in CLIENTS]
            bare = _round(server.port, 8, SUBMISSIONS, {}, None)
    lines = [
        "Intake on SQLite, FULL (this machine's disk and both its processors shared by clients and server)",
        f"bare commits, one connection: {commits:.0f} a second; bare route, 8 clients: {bare.rate:.0f} a second",
        f"{'clients':>8}{'a second':>10}{'x bare commits':>16}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}",
    ]
    lines += [
        f"{one.clients:>8}{one.rate:>10.0f}{one.rate / commits:>16.2f}"
        f"{one.at(0.5):>9.1f}{one.at(0.95):>9.1f}{one.at(0.99):>9.1f}"
        for one in rounds
    ]
    return "\n".join([*lines, "aims: >= 0.6 of bare commits at 16 clients, > 1.0 at 64; p99 <= 60 ms at 8"])


@contextmanager
def _served(folder: Path) -> Iterator[tuple[Served, dict[str, str]]]:
    url = f"sqlite:///{folder / 'heed.db'}"
    to_newest(url)
    with application(url) as app, app.app_context():
        phone = bearer(found().home.device_token)
    server = Served(url, folder / "server.log")
    server.start()
    try:
        yield server, phone
    finally:
        server.kill()


def _bare_commits(path: Path) -> float:
    """Commits a second of one connection that inserts a row of a referral's size, with the settings of ours."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in SQLITE_PRAGMAS:
        connection.execute(pragma)
    connection.execute("CREATE TABLE kept (body BLOB)")
    row = (json.dumps(coded()).encode() + AGE_FILE,)
    began = time.perf_counter()
    for _ in range(COMMITS):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO kept VALUES (?)", row)
        connection.execute("COMMIT")
    spent = time.perf_counter() - began
    connection.close()
    return COMMITS / spent


def _round(port: int, clients: int, times: int, headers: dict[str, str], part: dict[str, object] | None) -> Taken:
    """Send `times` requests from that many connections at once: new referrals, or without a body a bare route."""
    left = iter(range(times))
    turn = threading.Lock()

    def client(_number: int) -> list[float]:
        connection = http.client.HTTPConnection("localhost", port, timeout=60)
        waits = []
        while True:
            with turn:
                if next(left, None) is None:
                    break
            began = time.perf_counter()
            if part is None:
                connection.request("GET", "/api/v1/health")
            else:
                sent = json.dumps(referral(part, sealed=sealed(AGE_FILE)))
                connection.request("POST", REFERRALS, sent, {**headers, **_JSON})
            answer = connection.getresponse()
            answer.read()
            if answer.status not in (200, 201):
                raise RuntimeError(f"the server said {answer.status}")
            waits.append((time.perf_counter() - began) * 1000)
        connection.close()
        return waits

    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as threads:
        waits = sorted(wait for part in threads.map(client, range(clients)) for wait in part)
    return Taken(clients, times / (time.perf_counter() - began), tuple(waits))
