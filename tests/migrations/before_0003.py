"""A small partnership as the release with accounts stored it: what the third step must bring along."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from tests.migrations.stepping import put

_AT = datetime(2026, 11, 21, 9, 30, 15, tzinfo=UTC)
RECIPIENT = "age1x4m286hd4jt8rh3hafvh7m8t7aus6v3qm0d90suntmlvtvzqq4jq3yknlk"
VOUCH = "A" * 43
ACTED_BY_NOBODY, ACTED, CLOSED = (f"3f2b8c1e-7a41-4c9e-9f51-0d2a6b7c8d9{end}" for end in "abc")


def rows() -> dict[str, list[dict[str, Any]]]:
    """Every table that the step touches with rows, parents first. The second team never made keys; of the third only
    one half is there, which nothing can be sealed and vouched with."""
    law = {"kind": "council", "nation": "GB-SCT", "first_responder": "yes", "duty_to_notify": "yes"}
    team = {"areas": [], "ages": ["adult"], "kinds": [], "subjects": ["person"], "hours": []}
    team["urgent_number"] = "+441414960100"
    member = {"totp_last_step": 7, "failed_sign_ins": 0, "roles": ["lead"], "joined_at": _AT}
    return {
        "organisation": [{"id": 1, "name": "One", "is_host": True, **law}],
        "team": [
            {"id": 1, "organisation_id": 1, "name": "A", "age_recipient": RECIPIENT, "vouch_key": VOUCH, **team},
            {"id": 2, "organisation_id": 1, "name": "B", "age_recipient": None, "vouch_key": None, **team},
            {"id": 3, "organisation_id": 1, "name": "C", "age_recipient": RECIPIENT, "vouch_key": None, **team},
        ],
        "invitation": [
            {
                "id": 1,
                "team_id": 1,
                "secret_hash": "i" * 64,
                "uses": 5,
                "uses_left": 3,
                "created_at": _AT,
                "ends_at": _AT,
            }
        ],
        "member": [
            {
                "id": 1,
                "team_id": 1,
                "sign_in_name": "one",
                "display_name": "Lead, A",
                "handle": b"1",
                "identity_recipient": RECIPIENT,
                "identity_wrapped": b"age",
                **member,
            },
            {"id": 2, "team_id": 2, "sign_in_name": "two", "display_name": "Lead, B", "handle": b"2", **member},
        ],
        "member_session": [
            {
                "token_hash": "t" * 64,
                "member_id": 1,
                "public_id": "p",
                "how": "passkey",
                "csrf": "c",
                "created_at": _AT,
                "seen_at": _AT,
                "ends_at": _AT,
            }
        ],
        "passkey": [
            {
                "id": 1,
                "member_id": 1,
                "credential_id": b"credential",
                "public_key": b"key",
                "sign_count": 4,
                "backed_up": False,
                "added_at": _AT,
                "last_challenge_ms": 5,
            }
        ],
        "team_wrap": [{"team_id": 1, "member_id": 1, "file": b"age"}],
        "referral": [
            _referral(ACTED_BY_NOBODY, 1, state="acted", claimed_by=None, acted_at=_AT),
            _referral(ACTED, 2, state="acted", claimed_by=1, acted_at=_AT),
            _referral(CLOSED, 3, state="closed", claimed_by=None, acted_at=_AT),
        ],
    }


def fill(connection: Connection) -> dict[str, int]:
    """Insert all of it. Out: how many rows each table got."""
    return put(connection, rows())


def _referral(number: str, place: int, **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "reference": f"HD-AAAA-BBB{place}",
        "team_id": 1,
        "coded": "{}",
        "coded_sha256": "a" * 64,
        "receipt_sha256": str(place) * 64,
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
        "version": 2,
        "new_phone": False,
        "held": False,
        **more,
    }
