"""POST devices over HTTP."""

from flask import Flask

from server import clock
from server.services import devices
from tests.clients import HostClient
from tests.partnership import RECIPIENT, Partnership
from tests.phone.test_referrals import refused
from tests.referrals import REFERRALS, bearer, referral

DEVICES = "/api/v1/devices"


def test_a_phone_joins_and_can_send(app: Flask, field: HostClient, partnership: Partnership) -> None:
    with app.app_context():
        secret = devices.invite(partnership.home.team_id, 1, clock.now())
    answer = field.post(DEVICES, json={"invitation": secret})
    assert answer.status_code == 201
    joined = answer.json
    token = joined.pop("device_token")
    assert joined == {
        "organisation": {
            "name": "The home council",
            "kind": "council",
            "nation": "GB-SCT",
            "first_responder": "yes",
            "duty_to_notify": "yes",
        },
        "team": {
            "id": partnership.home.team_id,
            "name": "The home team",
            "areas": ["S12000049"],
            "reading_hours": "Monday to Friday, 08:00 to 18:00",
            "urgent_number": "+441414960100",
            "age_recipient": RECIPIENT,
        },
    }
    assert field.post(REFERRALS, json=referral(), headers=bearer(token)).status_code == 201
    refused(field.post(DEVICES, json={"invitation": secret}), 403, "invitation-not-valid")


def test_what_is_no_secret_is_422(field: HostClient, partnership: Partnership) -> None:
    for given in ({}, {"invitation": ""}, {"invitation": "a b" * 20}, {"invitation": 5}):
        refused(field.post(DEVICES, json=given), 422, "wrong-shape")


def test_guessing_is_slowed_down(field: HostClient, partnership: Partnership) -> None:
    codes = [field.post(DEVICES, json={"invitation": "A" * 43}).status_code for _ in range(70)]
    assert codes[0] == 403
    assert codes[-1] == 429
