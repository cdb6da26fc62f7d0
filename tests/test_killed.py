"""The server's process group is killed between and during submissions: what was acknowledged is there,
once."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.conftest import application
from tests.depth import DEPTH
from tests.faults.arrived import assert_all_there
from tests.partnership import found
from tests.referrals import AGE_FILE, REFERRALS, bearer, coded, referral, sealed
from tests.served import Served

_PHONES = 4


def test_every_acknowledged_referral_is_there_once(served: Served, engine_url: str) -> None:
    with application(engine_url) as app, app.app_context():
        phone = bearer(found().home.device_token)
    draw = random.Random(20261122)
    part = coded()
    everything: dict[str, dict[str, Any]] = {}
    acknowledged: set[str] = set()
    for point in range(DEPTH.kill_points):
        served.start()
        bodies = [
            referral(part, sealed=sealed(AGE_FILE + bytes(draw.randrange(9)))) for _ in range(DEPTH.kill_submissions)
        ]
        everything |= {body["id"]: body for body in bodies}
        # Every third time the phones are done first: killed between submissions, right after an answer.
        after = len(bodies) if point % 3 == 0 else draw.randrange(1, len(bodies) - _PHONES)
        acknowledged |= _send_and_kill(served, bodies, phone, after)
        assert_all_there(engine_url, everything, acknowledged)
    served.start()
    for body in everything.values():
        status, _ = served.ask("POST", REFERRALS, body, phone)
        assert status == (200 if body["id"] in acknowledged else status)
        assert status in (200, 201)
    assert_all_there(engine_url, everything, set(everything))


def _send_and_kill(served: Served, bodies: list[dict[str, Any]], phone: dict[str, str], after: int) -> set[str]:
    """Send from several phones at once and kill the server at the answer number `after`."""
    answered: set[str] = set()
    enough = threading.Event()

    def send(body: dict[str, Any]) -> None:
        try:
            status, receipt = served.ask("POST", REFERRALS, body, phone)
        except OSError:
            return
        assert status == 201, receipt
        answered.add(body["id"])
        if len(answered) >= after:
            enough.set()

    with ThreadPoolExecutor(_PHONES) as phones:
        sending = [phones.submit(send, body) for body in bodies]
        assert enough.wait(timeout=60), served.log.read_text("utf-8", "replace")
        served.kill()
    for each in sending:
        each.result()
    return answered
