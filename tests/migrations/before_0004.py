"""Referrals as the release with keys stored them, each with a note, a message, a hand-over and its events: what the
fourth step must bring along."""

from typing import Any

from sqlalchemy import Connection

from tests.migrations import before_0003
from tests.migrations.before_0003 import _AT, RECIPIENT
from tests.migrations.stepping import put

OPEN, HELD, CLOSED = before_0003.ACTED_BY_NOBODY, before_0003.ACTED, before_0003.CLOSED
_BECAUSE = {OPEN: ["danger_now", "child"], HELD: ["unsafe_tonight"], CLOSED: []}
# What the step before has made of these tables, or their columns that went.
_KEPT = ("organisation", "team", "member", "referral")


def rows() -> dict[str, list[dict[str, Any]]]:
    """Every table that the step touches with rows, parents first."""
    before = before_0003.rows()
    made = {name: before[name] for name in _KEPT}
    for referral in made["referral"]:
        referral["urgent_because"] = _BECAUSE[referral["id"]]
        referral["held"] = referral["id"] == HELD
    ids = [referral["id"] for referral in made["referral"]]
    made["sealed_note"] = [
        {"referral_id": each, "recipient": RECIPIENT, "file": b"age", "sha256": "e" * 64, "replaced": 0} for each in ids
    ]
    message = {"team_id": 1, "direction": "to_team", "seq": 1, "file": b"age", "sha256": "f" * 64, "mac": "a" * 64}
    made["message"] = [{"id": n, "referral_id": each, "at": _AT, **message} for n, each in enumerate(ids, 1)]
    transfer = {"from_team_id": 1, "to_team_id": 2, "purpose": "protect", "ground": "danger", "state": "offered"}
    made["transfer"] = [
        {"id": n, "referral_id": each, "offered_by": 1, "offered_at": _AT, "version": 1, **transfer}
        for n, each in enumerate(ids, 1)
    ]
    event = {"organisation_id": 1, "kind": "stored", "detail": {}, "at": _AT}
    made["event"] = [
        {"id": n, "seq": n, "referral_id": each, "hash": str(n) * 64, **event} for n, each in enumerate(ids, 1)
    ]
    made["audit_head"] = [{"organisation_id": 1, "seq": 3, "hash": "3" * 64}]
    return made


def fill(connection: Connection) -> dict[str, int]:
    """Insert all of it. Out: how many rows each table got."""
    return put(connection, rows())
