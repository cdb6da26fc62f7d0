"""GET and DELETE devices/current over HTTP: a phone that is to be emptied delivers what it has, and is dead then."""

from flask import Flask

from server import clock
from server.extensions import db
from server.models import Member, Referral
from server.services.phones import devices
from tests.clients import HostClient
from tests.partnership import Partnership, device_of
from tests.phone.test_referrals import refused
from tests.referrals import REFERRALS, bearer, referral

CURRENT = "/api/v1/devices/current"


def _delete(field: HostClient, token: str) -> object:
    return field.client.delete(CURRENT, base_url=field.origin, headers=bearer(token), buffered=True)


def test_a_phone_to_be_emptied_delivers_and_is_dead_then(
    app: Flask, field: HostClient, partnership: Partnership
) -> None:
    token = partnership.home.device_token
    with app.app_context():
        member = db.session.get_one(Member, partnership.home.member_id)
        devices.ask_wipe(member, device_of(token), clock.now())
    assert field.get(CURRENT, headers=bearer(token)).json["state"] == "wipe"
    last = referral()
    assert field.post(REFERRALS, json=last, headers=bearer(token)).status_code == 201
    with app.app_context():
        assert db.session.get_one(Referral, last["id"]).held
    answer = _delete(field, token)
    assert (answer.status_code, answer.data) == (204, b"")
    for again in (
        _delete(field, token),
        field.get(CURRENT, headers=bearer(token)),
        field.post(REFERRALS, json=last, headers=bearer(token)),
    ):
        refused(again, 401, "device-revoked")


def test_a_phone_may_leave_by_itself(field: HostClient, partnership: Partnership) -> None:
    token = partnership.home.device_token
    assert field.get(CURRENT, headers=bearer(token)).json["state"] == "active"
    assert _delete(field, token).status_code == 204
    refused(field.get(CURRENT, headers=bearer(token)), 401, "device-revoked")


def test_who_never_joined_has_no_current_device(field: HostClient, partnership: Partnership) -> None:
    refused(field.get(CURRENT), 401, "device-unknown")
    refused(_delete(field, "A" * 43), 401, "device-unknown")
