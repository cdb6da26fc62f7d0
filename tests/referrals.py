"""Referrals as phones send them, made from the content of this release."""

import base64
import copy
import hashlib
import secrets
import uuid
from typing import Any

from server.screening.definitions import shipped
from server.screening.screen import screen
from tests.partnership import RECIPIENT

AGE_FILE = b"age-encryption.org/v1\n-> X25519 not-to-be-opened\nAAAA\n--- AAAA\n"
REFERRALS = "/api/v1/referrals"


def definition(kind: str, name: str) -> tuple[str, dict[str, Any]]:
    """A shipped definition and its hash."""
    return next((key, found) for key, found in shipped().items() if (found["kind"], found["id"]) == (kind, name))


def coded(answers: dict[str, str] | None = None, **facts: str) -> dict[str, Any]:
    """A coded part for the first look, screened as the phone would, for an organisation that may refer."""
    checklist_hash, checklist = definition("checklist", "first-look")
    pathway_hash, pathway = definition("pathway", "scotland")
    asked = {"subject": "person", "age": "adult", "danger": "none", "contact": "in_person", **facts}
    given = answers if answers is not None else {next(iter(checklist["indicators"])): "yes"}
    result = screen(checklist, pathway, given, {**asked, "org_fro": "yes", "org_duty": "yes"})
    return {
        "v": 1,
        "checklist": {"id": "first-look", "version": checklist["version"], "hash": checklist_hash},
        "pathway": {"id": "scotland", "version": pathway["version"], "hash": pathway_hash},
        "answers": {
            sign: {"answer": answer, **({"known": ["seen"]} if answer == "yes" else {})}
            for sign, answer in given.items()
        },
        "facts": asked,
        "result": {key: result[key] for key in ("concern", "could_be", "flags")},
        "actions": [[action["action"], action["urgency"]] for action in result["actions"]],
        "area": "S12000049",
        "setting": "any",
        "day": "2026-11-22",
        "part_of_day": "afternoon",
        "reach": "app",
        "language": "en",
    }


def referral(part: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    """A whole body with a new id and a new receipt. `receipt` takes the 16 secret bytes."""
    receipt = changes.pop("receipt", secrets.token_bytes(16))
    return {
        "id": str(uuid.uuid4()),
        "coded": copy.deepcopy(part) if part is not None else coded(),
        "receipt_sha256": hashlib.sha256(receipt).hexdigest(),
        **changes,
    }


def sealed(file: bytes = AGE_FILE) -> dict[str, str]:
    """A sealed note as it stands on the wire."""
    return {"recipient": RECIPIENT, "file": base64.b64encode(file).decode()}


def bearer(token: str) -> dict[str, str]:
    """The header of a phone."""
    return {"Authorization": f"Bearer {token}"}


def receipt_header(secret: bytes) -> dict[str, str]:
    """The header of who holds a receipt."""
    return {"Authorization": f"Receipt {base64.urlsafe_b64encode(secret).decode().rstrip('=')}"}
