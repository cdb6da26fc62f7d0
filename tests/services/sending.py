"""Handing referrals to the intake without HTTP, for the tests of services."""

import hashlib
import secrets
import uuid
from datetime import datetime
from typing import Any

from server.extensions import db
from server.models import Team
from server.services import devices, intake
from server.services.sealed_notes import Sealed
from tests.partnership import Side
from tests.referrals import coded

CEILING = 60


def incoming(side: Side, part: dict[str, Any] | None = None, **changes: Any) -> intake.Incoming:
    """A referral from the phone of one side; `id`, `receipt` (16 bytes), `file` (a sealed note) may be
    given."""
    device = devices.authenticate(changes.get("token", side.device_token))
    assert device is not None
    team = db.session.get_one(Team, side.team_id)
    file = changes.get("file")
    return intake.Incoming(
        id=changes.get("id") or str(uuid.uuid4()),
        sender=intake.Sender(device_id=device.id, team=team, organisation=team.organisation),
        coded=part or coded(),
        receipt_sha256=hashlib.sha256(changes.get("receipt") or secrets.token_bytes(16)).hexdigest(),
        sealed=Sealed("age1recipient", file) if file else None,
    )


def send(side: Side, now: datetime, part: dict[str, Any] | None = None, **changes: Any) -> intake.Stored:
    """Store one and expect no refusal."""
    [outcome] = intake.store([incoming(side, part, **changes)], now, CEILING)
    assert isinstance(outcome, intake.Stored), outcome
    return outcome
