"""GET follow-up over HTTP: with the receipt's secret, and with nothing else."""

import pytest

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
    }


def test_a_receipt_of_nothing_is_404(field: HostClient, partnership: Partnership) -> None:
    refused(field.get(FOLLOW_UP, headers=receipt_header(bytes(16))), 404, "receipt-unknown")


@pytest.mark.parametrize("header", ["", "Receipt", "Receipt !!!!", "Receipt AAAA", "Receipt é"])
def test_without_a_receipt_it_is_401(field: HostClient, partnership: Partnership, header: str) -> None:
    refused(field.get(FOLLOW_UP, headers={"Authorization": header}), 401, "receipt-missing")


def test_the_token_of_a_phone_is_no_receipt(field: HostClient, partnership: Partnership) -> None:
    refused(field.get(FOLLOW_UP, headers=bearer(partnership.home.device_token)), 401, "receipt-missing")
