"""Phones that send to a server in trouble, as the app does: what gets no receipt is kept, and sent again."""

import http.client
import json
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.conftest import application
from tests.faults.arrived import assert_all_there
from tests.partnership import found
from tests.referrals import AGE_FILE, REFERRALS, bearer, coded, receipt_header, referral, sealed
from tests.served import Served

_RECEIPT = b"sixteen bytes..."


def wait_for(what: Callable[[], bool]) -> None:
    """Wait until this is so; a minute is a bound for what hangs, never a measure."""
    deadline = time.monotonic() + 60
    while not what():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


@dataclass(frozen=True)
class Answer:
    """What the server said. Status 0: nothing, the connection ended."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = None

    def was_taken(self) -> bool:
        """Whether this is a receipt: the referral may leave the phone."""
        return self.status in (200, 201)

    def says_try_again(self) -> bool:
        """Whether this is a "keep it and try again" that a phone understands."""
        return (
            self.status == 503
            and self.headers.get("retry-after", "").isdigit()
            and self.headers.get("content-type") == "application/problem+json"
            and self.body["code"] in ("busy", "database-away")
        )


class Phones:
    """Phones of one team. `everything` are the bodies that were ever sent, `acknowledged` the ids that got a
    receipt."""

    def __init__(self, served: Served) -> None:
        self._served = served
        with application(served.database_url) as app, app.app_context():
            self._phone = bearer(found().home.device_token)
        self._part = coded()
        self._draw = random.Random(20261123)
        self.everything: dict[str, dict[str, Any]] = {}
        self.acknowledged: set[str] = set()

    def new(self, **more: Any) -> dict[str, Any]:
        """A referral that nobody has sent yet."""
        body = referral(self._part, sealed=sealed(AGE_FILE + self._draw.randbytes(self._draw.randrange(2_000))), **more)
        self.everything[body["id"]] = body
        return body

    def send(self, body: dict[str, Any] | None = None) -> Answer:
        """Send one, a new one where none is given."""
        body = body or self.new()
        answer = self.ask("POST", REFERRALS, body, self._phone)
        if answer.was_taken():
            assert answer.body["id"] == body["id"]
            self.acknowledged.add(body["id"])
        return answer

    def send_known(self) -> None:
        """Send the one whose status is asked for later."""
        assert self.send(self.new(receipt=_RECEIPT)).status == 201

    def status(self) -> Answer:
        """What became of the known one: a worker looks for news, which only reads."""
        return self.ask("GET", "/api/v1/follow-up", None, receipt_header(_RECEIPT))

    def health(self, which: str = "") -> Answer:
        """`live`, `ready`, or whether all is well."""
        return self.ask("GET", f"/api/v1/health{which and '/'}{which}")

    def ask(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Answer:
        """One request on a connection of its own."""
        port = self._served.port
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=40)
        sent = {"Host": f"localhost:{port}", "Content-Type": "application/json", **(headers or {})}
        try:
            connection.request(method, path, None if body is None else json.dumps(body), sent)
            answer = connection.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()}
            text = answer.read()
            return Answer(answer.status, told, json.loads(text) if "json" in told.get("content-type", "") else None)
        except (OSError, http.client.HTTPException):
            return Answer(0)
        finally:
            connection.close()

    @contextmanager
    def sending(self, number: int = 4) -> Iterator[list[Answer]]:
        """So many phones send one after the other while the block runs. Out: the answers so far."""
        over = threading.Event()
        answers: list[Answer] = []

        def work() -> None:
            body = self.new()
            while not over.is_set():
                answer = self.send(body)
                answers.append(answer)
                if answer.was_taken():
                    body = self.new()
                else:
                    over.wait(0.5)

        threads = [threading.Thread(target=work) for _ in range(number)]
        for thread in threads:
            thread.start()
        try:
            yield answers
        finally:
            over.set()
            for thread in threads:
                thread.join(timeout=60)

    def wait_for_receipts(self, more: int) -> None:
        """Wait until so many more referrals are acknowledged than now."""
        enough = len(self.acknowledged) + more
        wait_for(lambda: len(self.acknowledged) >= enough)

    def send_all_again(self) -> None:
        """After the trouble: what has no receipt goes out again, what has one is answered as before."""
        for referral_id, body in self.everything.items():
            had = referral_id in self.acknowledged
            answer = self.send(body)
            assert answer.status == (200 if had else answer.status)
            assert answer.status in (200, 201)

    def assert_nothing_lost(self) -> None:
        """What was acknowledged is there; and, once all was sent again, everything, once."""
        url = self._served.database_url
        assert_all_there(url, self.everything, self.acknowledged)
        self.send_all_again()
        assert_all_there(url, self.everything, set(self.everything))
