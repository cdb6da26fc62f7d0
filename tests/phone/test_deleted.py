"""What a phone hears over HTTP of a referral that was deleted on time, and that nothing of it comes back; on both
engines."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from server import clock
from server.extensions import db
from server.models.base import Base
from server.services.retention import deleting
from server.services.retention.periods import Periods
from tests.clients import HostClient, field_client
from tests.partnership import Partnership, found
from tests.phone.test_following import FOLLOW_UP
from tests.phone.test_messages import MESSAGES, message
from tests.phone.test_referrals import refused
from tests.referrals import AGE_FILE, REFERRALS, bearer, receipt_header, referral, sealed

SECRET = b"sixteen bytes ok"
RECEIPT = receipt_header(SECRET)
OTHER_RECEIPT = b"another sixteen!"


@pytest.fixture
def sides(engine_app: Flask) -> Partnership:
    with engine_app.app_context():
        return found()


@pytest.fixture
def phone(engine_app: Flask) -> HostClient:
    return field_client(engine_app)


@pytest.fixture
def body() -> dict[str, Any]:
    return referral(receipt=SECRET, sealed=sealed())


@pytest.fixture
def receipt(phone: HostClient, sides: Partnership, body: dict[str, Any]) -> dict[str, Any]:
    """The receipt of a referral that is stored with its note and a message."""
    stored = phone.post(REFERRALS, json=body, headers=bearer(sides.home.device_token))
    assert stored.status_code == 201
    assert phone.post(MESSAGES, json=message(), headers=RECEIPT).status_code == 201
    return dict(stored.json)


def delete(app: Flask) -> datetime:
    """Delete it, as the sweep does when it has lain here for 90 days. Out: when that was."""
    now = clock.now() + timedelta(days=91)
    with app.app_context():
        assert deleting.sweep(now, Periods()) == 1
    return now


def rows(app: Flask) -> dict[str, int]:
    """How many rows there are of everything."""
    with app.app_context():
        return {
            table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


def day(moment: str) -> str:
    """The beginning of the day of a moment on the wire."""
    return f"{moment[:10]}T00:00:00Z"


def test_it_is_told_that_it_is_over(engine_app: Flask, phone: HostClient, receipt: dict[str, Any]) -> None:
    delete(engine_app)
    left = rows(engine_app)
    answer = phone.get(FOLLOW_UP, headers=RECEIPT)
    assert answer.status_code == 200
    # Nobody ever closed it, and which messages were read is not known any more: neither is said.
    assert answer.json == {
        "id": receipt["id"],
        "reference": receipt["reference"],
        "state": "closed",
        "due_at": day(receipt["received_at"]),
        "note": "none",
        "messages": [],
    }
    assert rows(engine_app) == left


def test_a_message_about_it_is_refused(engine_app: Flask, phone: HostClient, receipt: dict[str, Any]) -> None:
    delete(engine_app)
    left = rows(engine_app)
    # Also the very one that was stored: it is not any more.
    for seq in (1, 2, 7):
        refused(phone.post(MESSAGES, json=message(seq), headers=RECEIPT), 409, "closed")
    assert rows(engine_app) == left


def test_it_cannot_be_taken_back_any_more(engine_app: Flask, phone: HostClient, receipt: dict[str, Any]) -> None:
    delete(engine_app)
    left = rows(engine_app)
    refused(phone.delete(FOLLOW_UP, headers=RECEIPT), 404, "receipt-unknown")
    assert rows(engine_app) == left


def test_what_was_taken_back_before_stays_taken_back(
    engine_app: Flask, phone: HostClient, receipt: dict[str, Any]
) -> None:
    assert phone.delete(FOLLOW_UP, headers=RECEIPT).status_code == 204
    delete(engine_app)
    left = rows(engine_app)
    assert phone.delete(FOLLOW_UP, headers=RECEIPT).status_code == 204
    told = phone.get(FOLLOW_UP, headers=RECEIPT).json
    assert (told["state"], told["closed_as"]) == ("closed", "withdrawn")
    assert rows(engine_app) == left


def test_sent_again_it_is_acknowledged_and_not_stored(
    engine_app: Flask, phone: HostClient, sides: Partnership, body: dict[str, Any], receipt: dict[str, Any]
) -> None:
    deleted = delete(engine_app)
    left = rows(engine_app)
    again = phone.post(REFERRALS, json=body, headers=bearer(sides.home.device_token))
    assert again.status_code == 200
    # The hashes by which the phone lets go of it; the hours are gone, and nobody will read it any more.
    assert again.json == {**receipt, "received_at": day(receipt["received_at"]), "due_at": day(deleted.isoformat())}
    late = {**body, "sealed": sealed(AGE_FILE + b"late")}
    assert phone.post(REFERRALS, json=late, headers=bearer(sides.home.device_token)).status_code == 200
    assert rows(engine_app) == left


def test_to_others_its_id_and_its_receipt_are_taken(
    engine_app: Flask, phone: HostClient, sides: Partnership, body: dict[str, Any], receipt: dict[str, Any]
) -> None:
    delete(engine_app)
    left = rows(engine_app)
    strange = [
        referral(body["coded"], id=body["id"], receipt=OTHER_RECEIPT, sealed=body["sealed"]),
        referral(body["coded"], receipt=SECRET, sealed=body["sealed"]),
    ]
    for each in strange:
        for side in (sides.home, sides.other):
            answer = phone.post(REFERRALS, json=each, headers=bearer(side.device_token))
            refused(answer, 409, "other-content")
            assert receipt["reference"] not in answer.text
    assert phone.get(FOLLOW_UP, headers=receipt_header(OTHER_RECEIPT)).status_code == 404
    assert rows(engine_app) == left
