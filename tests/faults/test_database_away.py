"""PostgreSQL ends, gently or not, and comes back: nothing that was acknowledged is lost, everybody is told to try
again, and the server needs no restart."""

import random
import time
from functools import partial

from server.database import TRUSTED
from tests.depth import DEPTH
from tests.faults.conftest import Serve
from tests.faults.phones import Answer, Phones, wait_for
from tests.postgres import Instance


def test_it_is_ended_and_started_again(own_postgres: Instance, own_url: str, serve: Serve) -> None:
    served = serve(own_url)
    phones = Phones(served)
    served.start()
    phones.send_known()
    assert phones.health("ready").status == 200
    own_postgres.stop()
    for _ in range(5):
        assert phones.send().says_try_again()
    assert phones.health().says_try_again()
    assert phones.health("ready").says_try_again()
    assert phones.status().says_try_again()
    # A restart of the server would not bring the database back.
    assert phones.health("live").status == 200
    process = served.process
    own_postgres.start()
    assert phones.health("ready").status == 200
    assert phones.status().body["state"] == "stored"
    assert phones.send().status == 201
    phones.assert_nothing_lost()
    assert process is not None
    assert process.poll() is None


def test_nobody_notices_a_restart_while_nobody_asks(own_postgres: Instance, own_url: str, serve: Serve) -> None:
    """The connections that the server kept are dead, and it finds that out before it uses one."""
    served = serve(own_url)
    phones = Phones(served)
    served.start()
    phones.send_known()
    _restart_while_nobody_asks(own_postgres)
    assert phones.send().status == 201
    _restart_while_nobody_asks(own_postgres)
    assert phones.status().body["state"] == "stored"
    phones.assert_nothing_lost()


def test_it_is_killed_while_phones_send(own_postgres: Instance, own_url: str, serve: Serve) -> None:
    served = serve(own_url)
    phones = Phones(served)
    served.start()
    draw = random.Random(20261123)
    for _ in range(DEPTH.database_kills):
        with phones.sending() as answers:
            phones.wait_for_receipts(draw.randrange(10, 60))
            own_postgres.kill()
            wait_for(partial(_some_were_refused, answers))
            own_postgres.start()
            phones.wait_for_receipts(4)
        told = [answer for answer in answers if not answer.was_taken()]
        assert all(answer.says_try_again() for answer in told), told
    phones.assert_nothing_lost()


def _restart_while_nobody_asks(postgres: Instance) -> None:
    postgres.stop()
    time.sleep(TRUSTED)
    postgres.start()


def _some_were_refused(answers: list[Answer]) -> bool:
    return not all(answer.was_taken() for answer in answers)
