"""A server that dies in the middle of a request: what may be asked twice goes to the next one, nothing else does, and
what was acknowledged is there once."""

import json
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import NullPool, create_engine, text

from tests.balanced.fleet import JSON, Answer, Fleet
from tests.balanced.nginx import Balancer
from tests.referrals import REFERRALS, coded, referral
from tests.served import Served, free_port

_PHONES = 6
_REFERRALS = 240


class Dying:
    """A server that takes a whole request in and is gone before it answers."""

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        while True:
            try:
                asked, _ = self._listening.accept()
            except OSError:
                return
            with asked, asked.makefile("rb") as lines:
                length = 0
                while (line := lines.readline().strip()) != b"":
                    name, _, value = line.partition(b":")
                    length = int(value) if name.lower() == b"content-length" else length
                lines.read(length)

    def end(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()


@pytest.fixture
def dying() -> Iterator[Dying]:
    server = Dying()
    yield server
    server.end()


def test_only_what_is_harmless_twice_is_asked_twice(fleet: Fleet, dying: Dying, tmp_path: Path) -> None:
    """A phone that joins would use an invitation up twice; a code is good once; the rest of the inbox has forms."""
    phone, alive = fleet.phone(), fleet.servers[0].port
    draft = coded()

    def met(method: str, path: str, body: Any = None, host: str = "") -> Answer:
        """The answer to the first request that meets the dying server first."""
        for at in range(60):
            fresh = referral(draft) if path == REFERRALS else body
            # Each time a balancer that does not know yet who is dying.
            fleet.balancer.end()
            fleet.balancer = Balancer(tmp_path / f"balancer{path.count('/')}{method}{at}", fleet.balancer.port)
            fleet.balancer.start([dying.port, alive])
            sent = json.dumps(fresh).encode() if fresh is not None else b""
            answer = fleet.ask(method, path, sent, phone, host=host)
            if answer.by[0] == dying.port:
                return answer
        raise AssertionError("nginx never asked the dying server first")

    for path in ("/", "/api/v1/content"):
        assert (met("GET", path).status, met("GET", path).by) == (200, [dying.port, alive])
    sent = met("POST", REFERRALS)
    assert (sent.status, sent.by) == (201, [dying.port, alive])
    message = met("POST", "/api/v1/follow-up/messages", {})
    assert (message.status, message.by) == (401, [dying.port, alive])
    for path, host in (("/api/v1/devices", ""), ("/sign-in", "inbox."), ("/api/v1/referrals/", "")):
        answer = met("POST", path, {}, host)
        assert (answer.status, answer.by) == (502, [dying.port]), path


def test_what_was_never_handed_over_goes_to_another(fleet: Fleet, tmp_path: Path) -> None:
    """A host that is switched off takes nothing in: every kind of request may go on, once it is known."""
    fleet.balancer.end()
    fleet.balancer.start([free_port(), *fleet.ports])
    answers = [fleet.ask("POST", "/api/v1/devices", b"{}", JSON) for _ in range(24)]
    answers += [fleet.ask("POST", "/sign-in", host="inbox.") for _ in range(24)]
    assert {answer.status for answer in answers} == {422, 400}
    assert max(len(answer.by) for answer in answers) == 2


def test_a_server_is_killed_while_phones_send(fleet: Fleet) -> None:
    phone, part = fleet.phone(), coded()
    bodies = [referral(part) for _ in range(_REFERRALS)]
    answered: list[str] = []
    half = threading.Event()

    def send(body: dict[str, Any]) -> int:
        status = fleet.ask("POST", REFERRALS, json.dumps(body).encode(), phone).status
        if status in (200, 201):
            answered.append(body["id"])
        if len(answered) > len(bodies) // 3:
            half.set()
        return status

    with ThreadPoolExecutor(_PHONES) as phones:
        sending = [phones.submit(send, body) for body in bodies]
        assert half.wait(timeout=60)
        fleet.servers[2].kill()
        # 200: the dying server had stored it and could not say so; the next one knew it again.
        assert {each.result() for each in sending} <= {200, 201}
    engine = create_engine(fleet.database_url, poolclass=NullPool)
    with engine.connect() as connection:
        stored = connection.scalars(text("SELECT id FROM referral")).all()
        arrivals = connection.scalars(text("SELECT referral_id FROM event WHERE kind = 'stored'")).all()
    assert sorted(stored) == sorted(arrivals) == sorted(answered)


def test_a_process_that_dies_is_started_anew_and_its_neighbour_serves_on(fleet: Fleet) -> None:
    host = fleet.servers[2]
    before = _workers(host)
    assert len(before) == 2
    os.kill(before[0], signal.SIGKILL)
    assert {fleet.ask("GET", "/api/v1/health").status for _ in range(24)} == {200}
    for _ in range(300):
        now = _workers(host)
        if len(now) == 2 and before[0] not in now:
            break
        time.sleep(0.2)
    assert len(now) == 2
    assert before[1] in now
    # While the new one begins to listen, the host may refuse: its balancer asks another one then.
    for _ in range(100):
        if _answers(host):
            break
        time.sleep(0.2)
    assert _answers(host)


def _answers(host: Served) -> bool:
    """Whether it answers twelve times in a row, which both of its processes have a part in."""
    try:
        return {host.ask("GET", "/api/v1/health")[0] for _ in range(12)} == {200}
    except ConnectionRefusedError:
        return False


def _workers(host: Served) -> list[int]:
    """The processes of a host that answer requests: what it started, but for its clock."""
    assert host.process is not None
    started = Path(f"/proc/{host.process.pid}/task/{host.process.pid}/children").read_text().split()
    return [int(pid) for pid in started if b"granian" in Path(f"/proc/{pid}/cmdline").read_bytes()]
