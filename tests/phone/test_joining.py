"""POST devices over HTTP."""

import re
from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from server import clock
from server.extensions import db
from server.models import Invitation, Member, Team
from server.services.phones import devices, invitations
from tests import inviting
from tests.clients import HostClient
from tests.partnership import RECIPIENT, Partnership
from tests.phone.test_referrals import refused
from tests.referrals import REFERRALS, bearer, referral

DEVICES = "/api/v1/devices"


def test_a_phone_joins_and_can_send(app: Flask, field: HostClient, partnership: Partnership) -> None:
    with app.app_context():
        other = db.session.get_one(Team, partnership.other.team_id)
        home = db.session.get_one(Team, partnership.home.team_id)
        home.conflicts.append(other.organisation)
        db.session.commit()
        secret = inviting.invite(partnership.home.team_id, 1, clock.now(), other_teams=[other])
    answer = field.post(DEVICES, json={"invitation": secret})
    assert answer.status_code == 201
    joined = answer.json
    token, phone = joined.pop("device_token"), joined["phone"]
    assert re.fullmatch("[0-9A-HJKMNP-TV-Z]{4}", phone)
    hours = {
        "hours": [{"days": [1, 2, 3, 4, 5], "opens": "08:00", "closes": "18:00"}],
        "reading_hours": "Monday to Friday, 08:00 to 18:00",
        "urgent_number": "+441414960100",
    }
    told = {
        "phone": phone,
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
            "age_recipient": RECIPIENT,
            "keys": [],
            "conflicts": ["The other council"],
            **hours,
        },
        "other_teams": [
            {
                "id": partnership.other.team_id,
                "name": "The other team",
                "organisation_name": "The other council",
                "areas": ["S12000049"],
                "keys": [],
                "conflicts": [],
                **hours,
            }
        ],
    }
    assert joined == told
    assert field.get(f"{DEVICES}/current", headers=bearer(token)).json == {"state": "active", **told}
    assert field.post(REFERRALS, json=referral(), headers=bearer(token)).status_code == 201


def test_each_refusal_has_its_own_code(app: Flask, field: HostClient, partnership: Partnership) -> None:
    with app.app_context():
        now = clock.now()
        over, used_up, ended = (
            inviting.invite(partnership.home.team_id, 1, now - timedelta(days=ago)) for ago in (7, 6, 0)
        )
        devices.join(used_up, now - timedelta(days=1))
        member = db.session.get_one(Member, partnership.home.member_id)
        invitations.end(member, db.session.scalars(select(Invitation).order_by(Invitation.id.desc())).first(), now)
    for secret, code in (("A" * 43, "unknown"), (over, "over"), (used_up, "used-up"), (ended, "ended")):
        refused(field.post(DEVICES, json={"invitation": secret}), 403, f"invitation-{code}")


def test_what_is_no_secret_is_422(field: HostClient, partnership: Partnership) -> None:
    for given in ({}, {"invitation": ""}, {"invitation": "a b" * 20}, {"invitation": 5}):
        refused(field.post(DEVICES, json=given), 422, "wrong-shape")


def test_guessing_is_slowed_down(field: HostClient, partnership: Partnership) -> None:
    codes = [field.post(DEVICES, json={"invitation": "A" * 43}).status_code for _ in range(70)]
    assert codes[0] == 403
    assert codes[-1] == 429
