"""Clients of a bench: so many at once, each on a connection of its own, each request timed from its first byte to the
last of its answer."""

import http.client
import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tests.load.processes import processor_seconds, serving
from tests.referrals import AGE_FILE, REFERRALS, coded, definition, referral, sealed
from tests.served import Served

# As long as a note of two paragraphs is once it is sealed.
NOTE = AGE_FILE + bytes(1_200)

# Method, path, body, headers.
Request = tuple[str, str, bytes | None, dict[str, str]]


@dataclass(frozen=True)
class Round:
    """How one number of clients fared: requests a second, `waits` in milliseconds (sorted), milliseconds of processor
    time that the server used for each request."""

    clients: int
    rate: float
    waits: tuple[float, ...]
    cpu_ms: float

    def at(self, share: float) -> float:
        """The wait that this share of all did not exceed."""
        return self.waits[min(len(self.waits) - 1, int(len(self.waits) * share))]


def submissions(phone: dict[str, str], times: int) -> list[Request]:
    """So many referrals, each with every sign of the first look answered and a sealed note, written out before the
    clock runs."""
    _, checklist = definition("checklist", "first-look")
    answers = {sign: ("yes", "no", "dont_know")[at % 3] for at, sign in enumerate(checklist["indicators"])}
    part = coded(answers)
    headers = {**phone, "Content-Type": "application/json"}
    return [
        ("POST", REFERRALS, json.dumps(referral(part, sealed=sealed(NOTE))).encode(), headers) for _ in range(times)
    ]


def sent(server: Served, clients: int, requests: list[Request]) -> Round:
    """Send all of them. Raises RuntimeError when one is answered with anything but success."""
    pids = serving(server.process.pid) if server.process else []
    left: Iterator[Request] = iter(requests)
    turn = threading.Lock()

    def client(_number: int) -> list[float]:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        waits: list[float] = []
        try:
            while True:
                with turn:
                    request = next(left, None)
                if request is None:
                    return waits
                waits.append(_timed(connection, request))
        finally:
            connection.close()

    used, began = processor_seconds(pids), time.perf_counter()
    with ThreadPoolExecutor(clients) as threads:
        waits = sorted(wait for part in threads.map(client, range(clients)) for wait in part)
    spent, used = time.perf_counter() - began, processor_seconds(pids) - used
    return Round(clients, len(requests) / spent, tuple(waits), used / len(requests) * 1000)


def _timed(connection: http.client.HTTPConnection, request: Request) -> float:
    method, path, body, headers = request
    began = time.perf_counter()
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    answer.read()
    if answer.status not in (200, 201):
        raise RuntimeError(f"{method} {path} was answered with {answer.status}")
    return (time.perf_counter() - began) * 1000
