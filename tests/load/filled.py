"""A team with very many referrals, put straight into the tables: for what should take as long with a million of them as
with ten thousand."""

import json
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, insert

from server.database import WRITES, engine_for
from server.models import Referral
from server.services.references import reference_of
from tests.load.machines import Machine
from tests.referrals import coded, definition

_BATCH = 5_000
# Of ten referrals one is open; of those, one in fifty is held.
_OPEN_EVERY, _HELD_EVERY = 10, 50


def fill(on: Machine, more: int, now: datetime) -> None:
    """Give the home team so many more referrals, which came in the last sixty days. The same each time."""
    chance = random.Random(more)
    engine = engine_for(on.url)
    text = json.dumps(coded(_answers()))
    try:
        for count in _batches(more):
            rows = [_row(chance, on.partnership.home.team_id, text, now) for _ in range(count)]
            with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
                connection.execute(insert(Referral), rows)
        _settle(engine)
    finally:
        engine.dispose()


def _answers() -> dict[str, str]:
    _, checklist = definition("checklist", "first-look")
    return {sign: ("yes", "no", "dont_know")[at % 3] for at, sign in enumerate(checklist["indicators"])}


def _batches(more: int) -> Iterator[int]:
    while more > 0:
        yield min(more, _BATCH)
        more -= _BATCH


def _row(chance: random.Random, team_id: int, text: str, now: datetime) -> dict[str, Any]:
    number = str(UUID(int=chance.getrandbits(128), version=4))
    received = (now - timedelta(minutes=chance.randrange(60 * 24 * 60))).replace(second=0, microsecond=0)
    is_open = chance.randrange(_OPEN_EVERY) == 0
    danger, child, unsafe = (chance.randrange(share) == 0 for share in (50, 10, 20))
    # As services/due.py lifts them.
    rank = 0 if danger or unsafe else chance.randrange(3 if child else 5)
    return {
        "id": number,
        "reference": reference_of(number),
        "team_id": team_id,
        "device_id": None,
        "new_phone": chance.randrange(20) == 0,
        "held": is_open and chance.randrange(_HELD_EVERY) == 0,
        "coded": text,
        "coded_sha256": "0" * 64,
        "receipt_sha256": f"{chance.getrandbits(256):064x}",
        "checklist_hash": "",
        "pathway_hash": "",
        "subject": "person",
        "age": "adult",
        "kinds": [],
        "area": "S12000049",
        "concern": "some",
        "could_be": "strong",
        "rescored": "same",
        "urgency_rank": rank,
        "urgent_because": [],
        "danger": danger,
        "child": child,
        "unsafe": unsafe,
        "received_at": received,
        "due_at": received + timedelta(hours=chance.choice((1, 8, 24, 120))),
        "state": chance.choice(("stored", "read")) if is_open else "closed",
        "closed_at": None if is_open else received + timedelta(days=1),
        "closed_as": None if is_open else "duplicate",
        "version": 1,
    }


def _settle(engine: Engine) -> None:
    """What PostgreSQL does by itself after a while: the planner's figures of what lies where. SQLite has none in use
    either."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
