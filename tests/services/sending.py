"""Handing referrals to the intake without HTTP, for the tests of services."""

import hashlib
import secrets
import uuid
from datetime import datetime
from typing import Any

from server.services import intake
from server.services.phones.senders import phone_of, sender_of
from server.services.sealed_notes import Sealed
from tests.partnership import Side
from tests.referrals import coded

CEILING = 60


def incoming(side: Side, part: dict[str, Any] | None = None, **changes: Any) -> intake.Incoming:
    """A referral from the phone of one side; `id`, `receipt` (16 bytes), `file` (a sealed note), `token` (of another
    phone) and `to` (the number of another team) may be given."""
    phone = phone_of(changes.get("token", side.device_token))
    file = changes.get("file")
    return intake.Incoming(
        id=changes.get("id") or str(uuid.uuid4()),
        sender=sender_of(phone, changes.get("to")),
        coded=part or coded(),
        receipt_sha256=hashlib.sha256(changes.get("receipt") or secrets.token_bytes(16)).hexdigest(),
        sealed=Sealed("age1recipient", file) if file else None,
    )


def send(side: Side, now: datetime, part: dict[str, Any] | None = None, **changes: Any) -> intake.Stored:
    """Store one and expect no refusal."""
    [outcome] = intake.store([incoming(side, part, **changes)], now, CEILING)
    assert isinstance(outcome, intake.Stored), outcome
    return outcome
