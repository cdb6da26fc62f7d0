"""GET and DELETE follow-up over HTTP: with the receipt's secret, and with nothing else."""

import pytest
from flask import Flask

from server import clock
from server.extensions import db
from server.models import Member
from server.services import triage
from tests.clients import HostClient
from tests.partnership import Partnership
from tests.phone.test_referrals import refused
from tests.referrals import REFERRALS, bearer, receipt_header, referral, sealed

FOLLOW_UP = "/api/v1/follow-up"
SECRET = b"sixteen bytes ok"


def test_who_holds_the_receipt_sees_the_state(field: HostClient, partnership: Partnership) -> None:
    body = referral(receipt=SECRET, sealed=sealed())
    stored = field.post(REFERRALS, json=body, headers=bearer(partnership.home.device_token)).json
    answer = field.get(FOLLOW_UP, headers=receipt_header(SECRET))
    assert answer.status_code == 200
    assert answer.json == {
        "id": body["id"],
        "reference": stored["reference"],
        "state": "stored",
        "due_at": stored["due_at"],
        "note": "stored",
        "note_sha256": stored["sealed_sha256"],
        "messages": [],
        "received": 0,
        "received_read": 0,
    }


def test_a_receipt_of_nothing_is_404(field: HostClient, partnership: Partnership) -> None:
    refused(field.get(FOLLOW_UP, headers=receipt_header(bytes(16))), 404, "receipt-unknown")


@pytest.mark.parametrize("header", ["", "Receipt", "Receipt !!!!", "Receipt AAAA", "Receipt é"])
def test_without_a_receipt_it_is_401(field: HostClient, partnership: Partnership, header: str) -> None:
    refused(field.get(FOLLOW_UP, headers={"Authorization": header}), 401, "receipt-missing")


def test_the_token_of_a_phone_is_no_receipt(field: HostClient, partnership: Partnership) -> None:
    refused(field.get(FOLLOW_UP, headers=bearer(partnership.home.device_token)), 401, "receipt-missing")


def test_it_is_taken_back_until_somebody_has_read_it(field: HostClient, partnership: Partnership) -> None:
    body = referral(receipt=SECRET, sealed=sealed())
    field.post(REFERRALS, json=body, headers=bearer(partnership.home.device_token))
    for _ in range(2):  # The answer may be lost, and the phone asks again.
        answer = field.delete(FOLLOW_UP, headers=receipt_header(SECRET))
        assert (answer.status_code, answer.data) == (204, b"")
    told = field.get(FOLLOW_UP, headers=receipt_header(SECRET)).json
    assert (told["state"], told["closed_as"], told["note"]) == ("closed", "withdrawn", "none")
    assert "note_sha256" not in told
    again = field.post(REFERRALS, json=body, headers=bearer(partnership.home.device_token))
    refused(again, 409, "withdrawn")


def test_what_somebody_has_read_is_not_taken_back(app: Flask, field: HostClient, partnership: Partnership) -> None:
    body = referral(receipt=SECRET, sealed=sealed())
    field.post(REFERRALS, json=body, headers=bearer(partnership.home.device_token))
    with app.app_context():
        triage.opened(db.session.get_one(Member, partnership.home.member_id), body["id"], clock.now())
    refused(field.delete(FOLLOW_UP, headers=receipt_header(SECRET)), 409, "already-read")
    assert field.get(FOLLOW_UP, headers=receipt_header(SECRET)).json["note"] == "stored"


def test_nothing_is_taken_back_without_the_receipt(field: HostClient, partnership: Partnership) -> None:
    refused(field.delete(FOLLOW_UP, headers=receipt_header(bytes(16))), 404, "receipt-unknown")
    refused(field.delete(FOLLOW_UP, headers=bearer(partnership.home.device_token)), 401, "receipt-missing")
