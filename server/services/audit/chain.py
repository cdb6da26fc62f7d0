"""How events hang on each other: the hash of each covers what it says and the hash of the one before it.

What closing a referral cuts away is never hashed: of what a phone did, the day only, so that the hour can go.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

# What phones do. Closing a referral cuts the hour of these to the day (services/triage.py).
BY_PHONES = frozenset({"stored", "note_stored", "note_replaced", "message_received", "withdrawn"})

# What the first event of an organisation hangs on.
START = "0" * 64


def link(before: str, row: Mapping[str, Any]) -> str:
    """The sha256, in hex, of an event.

    In: the hash of the event before it (`START` for the first), and the event's columns, `at` in UTC.
    """
    at = row["at"].date() if row["kind"] in BY_PHONES else row["at"]
    told = [
        before,
        row["organisation_id"],
        row["seq"],
        row["kind"],
        row["member_id"],
        row["referral_id"],
        row["about_kind"],
        row["about_id"],
        row["detail"],
        at.isoformat(),
    ]
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
