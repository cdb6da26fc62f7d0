"""The demonstration: whole, marked, made once, and never beside a real partnership."""

import json
import stat
from datetime import timedelta
from pathlib import Path

import pyotp
import pyrage
import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from server import clock
from server.config import Config
from server.demo import partnership as demo
from server.demo import secrets_file
from server.demo.standing import standing
from server.demo.telling import accounts
from server.extensions import db
from server.models import Member, RecoveryWrap, Team, TeamRoster, TeamWrap
from server.services.accounts.sign_in import sign_in
from server.services.installations import is_demo
from server.services.phones import devices
from server.services.transaction import writing
from tests.partnership import found
from tests.referrals import AGE_FILE
from tests.sealing.formats import from_base64url, is_signed, join_secret, vouch_key

NOW = clock.now()


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Off SQLite the secrets are written to var/ of the working folder, where a real demonstration may be."""
    monkeypatch.chdir(tmp_path)


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
            phone = devices.join(join_secret(secret), NOW).device
            team = phone.team
            # What the home team must not see can go to each of the others, sealed to their own keys.
            told_of = [(str(one.id), one.age_recipient or "-", one.vouch_key or "-") for one in phone.other_teams]
            assert [tuple(others[at : at + 3]) for at in range(0, len(others), 3)] == told_of
            assert len(told_of) == 2
            assert (version, recipient, vouching) == ("v2", team.age_recipient or "-", team.vouch_key or "-")
            assert (team.age_recipient is None) == (number == 2) == ("passphrase" not in member)


def test_its_keys_are_as_a_browser_makes_them(app: Flask) -> None:
    with app.app_context():
        told = demo.make(_config(app), NOW)["members"][0]
        member = db.session.scalars(select(Member).where(Member.sign_in_name == told["sign_in_name"])).one()
        team = member.team
        wrap = db.session.scalars(select(TeamWrap).where(TeamWrap.member_id == member.id)).one()
        identity = json.loads(pyrage.passphrase.decrypt(member.identity_wrapped, told["passphrase"]))
        assert (identity["v"], identity["anchor"]) == (2, team.vouch_key)
        own = pyrage.x25519.Identity.from_str(identity["secret"])
        assert str(own.to_public()) == member.identity_recipient
        keyring = json.loads(pyrage.decrypt(wrap.file, [own]))
        [key] = keyring["keys"]
        assert (keyring["v"], key["n"]) == (2, 1)
        assert str(pyrage.x25519.Identity.from_str(key["x25519"]).to_public()) == team.age_recipient
        assert vouch_key(from_base64url(key["ed25519"])) == team.vouch_key
        # The sheet opens the same.
        sheet = db.session.get_one(RecoveryWrap, team.id)
        paper = pyrage.x25519.Identity.from_str(told["recovery"])
        assert str(paper.to_public()) == sheet.recipient
        assert json.loads(pyrage.decrypt(sheet.file, [paper])) == keyring


def test_its_teams_know_each_other(app: Flask) -> None:
    with app.app_context():
        demo.make(_config(app), NOW)
        council, health, charity = db.session.scalars(select(Team).order_by(Team.id))
        for team, other in ((council, health), (health, council)):
            kept = db.session.scalars(select(TeamRoster).where(TeamRoster.team_id == team.id)).one()
            assert is_signed(team.vouch_key or "", f"heed roster v1\n{kept.body}", kept.signature)
            said = json.loads(kept.body)
            [partner] = said["partners"]
            assert partner == {
                "team": other.id,
                "n": 1,
                "age_recipient": other.age_recipient,
                "vouch_key": other.vouch_key,
            }
            assert [(key.n, key.age_recipient, key.signature) for key in team.keys] == [(1, team.age_recipient, "")]
        assert (charity.age_recipient, charity.keys) == (None, [])


def test_one_of_the_first_release_goes_on(app: Flask) -> None:
    """Its keys have the formats of then: no roster, no recovery sheet, and no word of one in the file of secrets."""
    config = _config(app)
    with app.app_context():
        told = demo.make(config, NOW)
        with writing() as session:
            for table in (TeamRoster, RecoveryWrap):
                session.execute(delete(table))
            session.execute(update(Member).values(identity_wrapped=AGE_FILE, drilled_at=None))
            session.execute(update(TeamWrap).values(file=AGE_FILE))
        for member in told["members"]:
            member.pop("recovery", None)
            member["invitation"] = member["invitation"].replace("#v2.", "#v1.")
        secrets_file.write(config, told)
        assert demo.make(config, NOW) == told == standing(config, NOW)
        assert accounts(told, NOW)
        later = NOW + timedelta(days=8)
        assert standing(config, later) is None
        assert demo.make(config, later) == standing(config, later)


def test_invitations_that_are_over_are_renewed(app: Flask) -> None:
    config, later = _config(app), NOW + timedelta(days=8)
    with app.app_context():
        before = demo.make(config, NOW)
        assert standing(config, later) is None
        after = demo.make(config, later)
        assert after["invitation"] == after["members"][0]["invitation"] != before["invitation"]
        secret = after["invitation"].split(".")[1]
        assert devices.join(join_secret(secret), later).token
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
