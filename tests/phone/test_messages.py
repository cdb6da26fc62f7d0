"""POST follow-up/messages over HTTP: what is taken in, what is refused and how, and what goes back to the phone."""

import base64
from typing import Any

import pytest
from flask import Flask

from server import clock
from server.extensions import db
from server.models import Member, Message
from server.phone.schemas import MOST_SEALED_BYTES
from server.services import triage
from server.services.messages import at_desk
from server.services.messages.from_phone import CEILING
from tests.clients import HostClient
from tests.partnership import RECIPIENT, Partnership
from tests.phone.test_referrals import refused
from tests.referrals import AGE_FILE, REFERRALS, bearer, receipt_header, referral, sealed

FOLLOW_UP = "/api/v1/follow-up"
MESSAGES = f"{FOLLOW_UP}/messages"
RECEIPT = receipt_header(b"sixteen bytes ok")
MAC = "a" * 64


def message(seq: int = 1, file: bytes = AGE_FILE, **changes: Any) -> dict[str, Any]:
    return {"seq": seq, "recipient": RECIPIENT, "file": base64.b64encode(file).decode(), "mac": MAC, **changes}


@pytest.fixture
def referral_id(field: HostClient, partnership: Partnership) -> str:
    body = referral(receipt=b"sixteen bytes ok", sealed=sealed())
    field.post(REFERRALS, json=body, headers=bearer(partnership.home.device_token))
    return str(body["id"])


def test_a_message_is_stored_once_and_acknowledged_with_its_hash(field: HostClient, referral_id: str) -> None:
    first = field.post(MESSAGES, json=message(), headers=RECEIPT)
    again = field.post(MESSAGES, json=message(), headers=RECEIPT)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json == again.json
    assert first.json["seq"] == 1
    assert len(first.json["sha256"]) == 64
    assert field.get(FOLLOW_UP, headers=RECEIPT).json["received"] == 1


def test_each_refusal_has_its_own_code(
    app: Flask, field: HostClient, partnership: Partnership, referral_id: str
) -> None:
    refused(field.post(MESSAGES, json=message(2), headers=RECEIPT), 409, "out-of-order")
    field.post(MESSAGES, json=message(), headers=RECEIPT)
    refused(field.post(MESSAGES, json=message(file=AGE_FILE + b"x"), headers=RECEIPT), 409, "other-content")
    for seq in range(2, CEILING + 1):
        field.post(MESSAGES, json=message(seq), headers=RECEIPT)
    slow = field.post(MESSAGES, json=message(CEILING + 1), headers=RECEIPT)
    refused(slow, 429, "too-many")
    assert slow.headers["Retry-After"] == "600"
    with app.app_context():
        member = db.session.get_one(Member, partnership.home.member_id)
        triage.close(member, referral_id, 1, "duplicate", clock.now())
    refused(field.post(MESSAGES, json=message(CEILING + 1), headers=RECEIPT), 409, "closed")


@pytest.mark.parametrize(
    ("pointer", "body"),
    [
        ("#/seq", message(0)),
        ("#/seq", {**message(), "seq": True}),
        ("#/seq", {**message(), "seq": "1"}),
        ("#/seq", message(2**31)),
        ("#/mac", message(mac="a" * 63)),
        ("#/mac", message(mac="A" * 64)),
        ("#/mac", message(mac="a" * 64 + "\n")),
        ("#/recipient", message(recipient="age1short")),
        ("#/file", message(file=b"not sealed")),
        ("#/file", message(file=AGE_FILE + b"x" * MOST_SEALED_BYTES)),
        ("#/file", {**message(), "file": None}),
        ("#", {**message(), "text": "words"}),
    ],
)
def test_what_has_another_shape_is_not_taken_in(
    app: Flask, field: HostClient, referral_id: str, pointer: str, body: dict[str, Any]
) -> None:
    answer = field.post(MESSAGES, json=body, headers=RECEIPT)
    refused(answer, 422, "wrong-shape")
    assert [fault["pointer"] for fault in answer.json["errors"]] == [pointer]
    assert "words" not in answer.text
    with app.app_context():
        assert db.session.query(Message).count() == 0


@pytest.mark.parametrize("header", [{}, receipt_header(bytes(15)), {"Authorization": "Receipt !"}])
def test_without_a_receipt_it_is_401(field: HostClient, referral_id: str, header: dict[str, str]) -> None:
    refused(field.post(MESSAGES, json=message(), headers=header), 401, "receipt-missing")


def test_a_receipt_of_nothing_is_404(field: HostClient, referral_id: str) -> None:
    refused(field.post(MESSAGES, json=message(), headers=receipt_header(bytes(16))), 404, "receipt-unknown")


def test_the_token_of_a_phone_is_no_receipt(field: HostClient, partnership: Partnership, referral_id: str) -> None:
    answer = field.post(MESSAGES, json=message(), headers=bearer(partnership.home.device_token))
    refused(answer, 401, "receipt-missing")


def test_answers_go_out_as_they_lie_there(
    app: Flask, field: HostClient, partnership: Partnership, referral_id: str
) -> None:
    field.post(MESSAGES, json=message(), headers=RECEIPT)
    with app.app_context():
        member = db.session.get_one(Member, partnership.home.member_id)
        now = clock.now()
        at_desk.fetched(member, referral_id, now)
        at_desk.write(member, referral_id, "to_phone", 1, AGE_FILE + b"answer", MAC, now)
        at_desk.write(member, referral_id, "internal", 1, AGE_FILE + b"note", "", now)
    told = field.get(FOLLOW_UP, headers=RECEIPT).json
    assert told["messages"] == [
        {
            "seq": 1,
            "file": base64.b64encode(AGE_FILE + b"answer").decode(),
            "mac": MAC,
            "at": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        }
    ]
    assert (told["received"], told["received_read"]) == (1, 1)
