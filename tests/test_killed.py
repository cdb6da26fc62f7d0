"""The server's process group is killed between and during submissions: what was acknowledged is there,
once."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sqlalchemy import select

from server.extensions import db
from server.models import Event, Referral, SealedNote
from server.screening.canonical import canonical_json
from tests.conftest import application
from tests.depth import DEPTH
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


def assert_all_there(engine_url: str, everything: dict[str, dict[str, Any]], acknowledged: set[str]) -> None:
    """What was acknowledged is stored byte for byte, with its note and one event of arrival; nothing else
    is."""
    with application(engine_url) as app, app.app_context():
        rows = {row.id: row for row in db.session.scalars(select(Referral))}
        notes = {row.referral_id: row.file for row in db.session.scalars(select(SealedNote))}
        arrivals = list(db.session.scalars(select(Event.referral_id).where(Event.kind == "stored")))
    assert acknowledged <= set(rows) <= set(everything)
    assert sorted(arrivals) == sorted(rows)
    for referral_id, row in rows.items():
        assert row.coded.encode() == canonical_json(everything[referral_id]["coded"])
        assert sealed(notes[referral_id]) == everything[referral_id]["sealed"]
