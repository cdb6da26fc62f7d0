"""Joining by invitation: as often as it says, as long as it says, and with nothing kept but hashes."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from server import clock
from server.config import Config
from server.extensions import db
from server.models import Team
from server.services import devices
from tests.partnership import RECIPIENT, Partnership

NOW = clock.now()


def test_an_invitation_is_good_for_so_many_phones(app: Flask, partnership: Partnership) -> None:
    with app.app_context():
        secret = devices.invite(partnership.home.team_id, 2, NOW)
        tokens = {devices.join(secret, NOW).token for _ in range(2)}
        assert len(tokens) == 2
        with pytest.raises(devices.InvitationRefused):
            devices.join(secret, NOW)
        for token in tokens:
            device = devices.authenticate(token)
            assert device is not None
            assert device.team_id == partnership.home.team_id


def test_an_invitation_ends_after_a_week(app: Flask, partnership: Partnership) -> None:
    with app.app_context():
        secret = devices.invite(partnership.home.team_id, 5, NOW)
        devices.join(secret, NOW + timedelta(days=6, hours=23))
        with pytest.raises(devices.InvitationRefused):
            devices.join(secret, NOW + timedelta(days=7))


def test_an_unknown_secret_or_token_is_nobody(app: Flask, partnership: Partnership) -> None:
    with app.app_context():
        with pytest.raises(devices.InvitationRefused):
            devices.join("A" * 43, NOW)
        assert devices.authenticate("") is None
        assert devices.authenticate("A" * 43) is None


def test_only_hashes_are_stored(app: Flask, partnership: Partnership) -> None:
    with app.app_context():
        secret = devices.invite(partnership.home.team_id, 5, NOW)
        token = devices.join(secret, NOW).token
        rows = db.session.execute(text("SELECT * FROM invitation")).all()
        rows += db.session.execute(text("SELECT * FROM device")).all()
    assert not any(hidden in str(rows) for hidden in (secret, token))


def test_the_link_keeps_its_secrets_in_the_fragment(app: Flask, partnership: Partnership) -> None:
    with app.app_context():
        home = db.session.get_one(Team, partnership.home.team_id)
        other = db.session.get_one(Team, partnership.other.team_id)
        assert devices.invitation_link(Config(), "s3", home) == f"http://localhost:8000/join#v1.s3.{RECIPIENT}.-"
        assert devices.invitation_link(Config(), "s3", other) == "http://localhost:8000/join#v1.s3.-.-"
