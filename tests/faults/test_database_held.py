"""Another program keeps the database for itself, or the disk is slow: whoever waits is answered, with a receipt or with
"try again", never with a fault."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy import make_url

from tests.depth import DEPTH
from tests.faults.phones import Phones
from tests.served import Served

# Shorter, and longer, than a writer waits (server/database.py): 10 seconds.
_SHORT, _LONG = 3.0, 12.0


@contextmanager
def _held(database_url: str) -> Iterator[None]:
    """Nobody else can write while the block runs."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        file = sqlite3.connect(url.database or "", isolation_level=None)
        try:
            file.execute("BEGIN IMMEDIATE")
            yield
            file.execute("ROLLBACK")
        finally:
            file.close()
    else:
        with psycopg.connect(url.set(drivername="postgresql").render_as_string()) as connection:
            connection.execute("LOCK TABLE referral IN EXCLUSIVE MODE")
            yield
            connection.rollback()


def test_again_and_again_for_less_than_is_waited(served: Served) -> None:
    phones = Phones(served)
    served.start()
    with phones.sending() as answers:
        for _ in range(DEPTH.lockings):
            with _held(served.database_url):
                time.sleep(_SHORT)
            phones.wait_for_receipts(4)
    assert {answer.status for answer in answers} == {201}
    phones.assert_nothing_lost()


def test_for_longer_than_is_waited(served: Served) -> None:
    phones = Phones(served)
    served.start()
    phones.send_known()
    with phones.sending(3) as answers:
        phones.wait_for_receipts(4)
        with _held(served.database_url):
            began = time.monotonic()
            while time.monotonic() - began < _LONG:
                # Whoever only reads does not wait for those who write.
                assert phones.status().body["state"] == "stored"
                assert phones.health("ready").status == 200
                time.sleep(0.5)
        phones.wait_for_receipts(4)
    told = [answer for answer in answers if not answer.was_taken()]
    assert told
    assert all(answer.says_try_again() for answer in told), told
    phones.assert_nothing_lost()
