"""Every server brings a clock along, and one of them works: what is due is done once, and when the host of that one
dies, another's takes over."""

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sqlalchemy import Engine, NullPool, create_engine, text

from tests.balanced.fleet import Fleet, OneOfSeveral
from tests.referrals import REFERRALS, coded, referral

_REFERRALS = 200
_WORKS_HERE = "the clock of this installation runs here"
_HOLDERS = """SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"""


def test_one_clock_of_three_sweeps_and_another_takes_over(fleet: Fleet) -> None:
    phone, part = fleet.phone(), coded()
    engine = create_engine(fleet.database_url, poolclass=NullPool)
    first = _send(fleet, part, phone)
    for server in fleet.servers:
        server.kill()
    _make_due(engine)
    for server in fleet.servers:
        server.log.unlink()
    fleet.balancer.end()
    fleet.start()
    _wait(lambda: _nothing_is_due(engine), fleet)
    _each_once(engine, first)
    assert _number(engine, _HOLDERS) == 1
    working = [server for server in fleet.servers if _works(server)]
    assert len(working) == 1

    second = _send(fleet, part, phone)
    working[0].kill()
    _make_due(engine)
    _wait(lambda: _nothing_is_due(engine), fleet)
    _each_once(engine, first | second)
    assert _number(engine, _HOLDERS) == 1
    assert len([server for server in fleet.servers if _works(server)]) == 2


def _works(server: OneOfSeveral) -> bool:
    return _WORKS_HERE in server.log.read_text("utf-8", "replace")


def _send(fleet: Fleet, part: dict[str, Any], phone: dict[str, str]) -> set[str]:
    """Store referrals through the balancer. Out: their ids."""
    bodies = [referral(part) for _ in range(_REFERRALS)]
    with ThreadPoolExecutor(6) as phones:
        sent = phones.map(lambda body: fleet.ask("POST", REFERRALS, json.dumps(body).encode(), phone), bodies)
        assert {answer.status for answer in sent} == {201}
    return {body["id"] for body in bodies}


def _make_due(engine: Engine) -> None:
    with engine.begin() as connection:
        ids = sorted(connection.scalars(text("SELECT id FROM referral WHERE past_due_at IS NULL")))
        connection.execute(text("UPDATE referral SET due_at = now() - interval '1 hour' WHERE past_due_at IS NULL"))
        long_ago = text("UPDATE referral SET received_at = now() - interval '100 days' WHERE id = ANY(:ids)")
        connection.execute(long_ago, {"ids": ids[::2]})


def _nothing_is_due(engine: Engine) -> bool:
    late = "SELECT count(*) FROM referral WHERE past_due_at IS NULL OR received_at < now() - interval '99 days'"
    return _number(engine, late) == 0


def _each_once(engine: Engine, everything: set[str]) -> None:
    """Half of it is marked, half is a tombstone; every mark and every deletion left one event."""
    with engine.connect() as connection:
        kept = set(connection.scalars(text("SELECT id FROM referral")))
        gone = list(connection.scalars(text("SELECT id FROM tombstone")))
        marked = list(connection.scalars(text("SELECT referral_id FROM event WHERE kind = 'past_due'")))
        deleted = list(connection.scalars(text("SELECT referral_id FROM event WHERE kind = 'deleted'")))
    assert kept | set(gone) == everything
    assert len(gone) == len(everything) // 2
    assert sorted(deleted) == sorted(gone)
    assert len(marked) == len(set(marked))
    assert kept <= set(marked) <= everything


def _number(engine: Engine, question: str) -> int:
    with engine.connect() as connection:
        return int(connection.scalar(text(question)) or 0)


def _wait(done: Callable[[], bool], fleet: Fleet) -> None:
    """Long enough for the next minute's sweep on a busy machine; the length itself is not what is tested."""
    for _ in range(600):
        if done():
            return
        time.sleep(0.3)
    raise AssertionError("\n".join(server.log.read_text("utf-8", "replace")[-2000:] for server in fleet.servers))
