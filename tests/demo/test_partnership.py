"""The demonstration: whole, marked, made once, and never beside a real partnership."""

import base64
import json
import stat
from datetime import timedelta
from pathlib import Path

import pyotp
import pyrage
import pytest
from flask import Flask
from sqlalchemy import select

from server import clock
from server.config import Config
from server.demo import partnership as demo
from server.demo import secrets_file
from server.demo.standing import standing
from server.extensions import db
from server.models import Member, Team, TeamWrap
from server.services.accounts.sign_in import sign_in
from server.services.installations import is_demo
from server.services.phones import devices
from tests.partnership import found

NOW = clock.now()


def _config(app: Flask) -> Config:
    config: Config = app.config["HEED"]
    return config


def test_it_is_whole_and_made_once(app: Flask) -> None:
    config = _config(app)
    with app.app_context():
        assert standing(config, NOW) is None
        told = demo.make(config, NOW)
        assert demo.make(config, NOW) == told == standing(config, NOW)
        assert is_demo(db.session())
        assert len(told["members"]) == len(db.session.scalars(select(Team)).all()) == 3
    file = secrets_file.path(config)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert json.loads(file.read_text("utf-8")) == told


def test_its_secrets_open_everything(app: Flask) -> None:
    with app.app_context():
        told = demo.make(_config(app), NOW)
        for number, member in enumerate(told["members"]):
            code = pyotp.TOTP(member["totp_secret"]).at(NOW)
            assert sign_in(member["sign_in_name"], member["password"], code, NOW).token
            version, secret, recipient, vouching, *others = member["invitation"].split("#")[1].split(".")
            phone = devices.join(secret, NOW).device
            team = phone.team
            # What the home team must not see can go to each of the others, sealed to their own keys.
            told_of = [(str(one.id), one.age_recipient or "-", one.vouch_key or "-") for one in phone.other_teams]
            assert [tuple(others[at : at + 3]) for at in range(0, len(others), 3)] == told_of
            assert len(told_of) == 2
            assert (version, recipient, vouching) == ("v1", team.age_recipient or "-", team.vouch_key or "-")
            assert (team.age_recipient is None) == (number == 2) == ("passphrase" not in member)


def test_its_keys_are_as_a_browser_makes_them(app: Flask) -> None:
    with app.app_context():
        told = demo.make(_config(app), NOW)["members"][0]
        member = db.session.scalars(select(Member).where(Member.sign_in_name == told["sign_in_name"])).one()
        wrap = db.session.scalars(select(TeamWrap).where(TeamWrap.member_id == member.id)).one()
        identity = pyrage.passphrase.decrypt(member.identity_wrapped, told["passphrase"]).decode()
        own = pyrage.x25519.Identity.from_str(identity)
        assert str(own.to_public()) == member.identity_recipient
        inside = json.loads(pyrage.decrypt(wrap.file, [own]))
        team = pyrage.x25519.Identity.from_str(inside["x25519"])
        assert (inside["v"], str(team.to_public())) == (1, member.team.age_recipient)
        assert len(base64.urlsafe_b64decode(inside["ed25519"] + "=")) == 32


def test_invitations_that_are_over_are_renewed(app: Flask) -> None:
    config, later = _config(app), NOW + timedelta(days=8)
    with app.app_context():
        before = demo.make(config, NOW)
        assert standing(config, later) is None
        after = demo.make(config, later)
        assert after["invitation"] == after["members"][0]["invitation"] != before["invitation"]
        secret = after["invitation"].split(".")[1]
        assert devices.join(secret, later).token
        assert standing(config, later) == after


def test_it_is_never_put_beside_a_real_partnership(app: Flask) -> None:
    with app.app_context():
        found()
        with pytest.raises(demo.NotADemo):
            demo.make(_config(app), NOW)
        assert not is_demo(db.session())
    assert not secrets_file.path(_config(app)).exists()


def test_without_its_file_nobody_can_sign_in(app: Flask) -> None:
    with app.app_context():
        demo.make(_config(app), NOW)
        Path(secrets_file.path(_config(app))).unlink()
        with pytest.raises(demo.SecretsGone, match=r"demo\.json"):
            demo.make(_config(app), NOW)
