"""A small partnership as the first release stored it: what the second step must bring along."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from tests.migrations.stepping import put

_AT = datetime(2026, 11, 20, 9, 30, 15, tzinfo=UTC)
_ID = "3f2b8c1e-7a41-4c9e-9f51-0d2a6b7c8d9e"


def rows() -> dict[str, list[dict[str, Any]]]:
    """Every table with a row or two, parents first."""
    team = {"areas": ["S12000049"], "urgent_number": "+441414960100", "age_recipient": None, "vouch_key": None}
    member = {"password_hash": "hash", "totp_secret": "SECRET", "totp_last_step": 7, "failed_sign_ins": 0}
    law = {"kind": "council", "nation": "GB-SCT", "first_responder": "yes", "duty_to_notify": "yes"}
    return {
        "organisation": [{"id": 1, "name": "One", **law}, {"id": 2, "name": "Two", **law}],
        "team": [
            {"id": 1, "organisation_id": 1, "name": "A", "reading_hours": "Monday to Friday, 08:00 to 18:00", **team},
            {"id": 2, "organisation_id": 2, "name": "B", "reading_hours": "When we can", **team},
        ],
        "invitation": [
            {"id": 1, "team_id": 1, "secret_hash": "i" * 64, "uses_left": 3, "created_at": _AT, "ends_at": _AT}
        ],
        "member": [
            {"id": 1, "team_id": 1, "sign_in_name": "one", "display_name": "Coordinator, One", **member},
            {"id": 2, "team_id": 2, "sign_in_name": "two", "display_name": "Coordinator, Two", **member},
        ],
        "device": [
            {"id": number, "team_id": 1, "invitation_id": 1, "token_hash": str(number) * 64, "joined_at": _AT}
            for number in (1, 2)
        ],
        "member_session": [
            {
                "token_hash": "t" * 64,
                "member_id": 1,
                "csrf": "c",
                "created_at": _AT,
                "seen_at": _AT,
                "ends_at": _AT,
            }
        ],
        "team_wrap": [{"team_id": 1, "member_id": 1, "file": b"age"}],
        "referral": [
            {
                "id": _ID,
                "reference": "HD-AAAA-BBBB",
                "team_id": 1,
                "device_id": 1,
                "coded": "{}",
                "coded_sha256": "a" * 64,
                "receipt_sha256": "b" * 64,
                "checklist_hash": "c" * 64,
                "pathway_hash": "d" * 64,
                "subject": "person",
                "age": "adult",
                "kinds": [],
                "area": "S12000049",
                "concern": "some",
                "could_be": "strong",
                "rescored": "same",
                "urgency_rank": 1,
                "urgent_because": [],
                "received_at": _AT,
                "due_at": _AT,
                "state": "acted",
                "claimed_by": 1,
                "version": 2,
            }
        ],
        "event": [
            {"id": 1, "organisation_id": 1, "referral_id": _ID, "kind": "stored", "member_id": None, "at": _AT},
            {"id": 2, "organisation_id": 2, "referral_id": None, "kind": "signed_in", "member_id": 2, "at": _AT},
            {"id": 3, "organisation_id": 1, "referral_id": _ID, "kind": "claimed", "member_id": 1, "at": _AT},
        ],
        "sealed_note": [{"referral_id": _ID, "recipient": "age1", "file": b"age", "sha256": "e" * 64, "replaced": 0}],
    }


def fill(connection: Connection) -> dict[str, int]:
    """Insert all of it. Out: how many rows each table got."""
    return put(connection, rows())
