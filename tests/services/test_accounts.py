"""Signing in: one reason for every no, a pause after failures that survives a restart, codes good once."""

from datetime import timedelta

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select

from server import clock
from server.extensions import db
from server.models import Event, Member, MemberSession
from server.services import accounts
from server.services.passwords import matching_step
from tests.conftest import application
from tests.partnership import PASSWORD, Partnership

NOW = clock.now()


def _code(partnership: Partnership, seconds: int = 0) -> str:
    return pyotp.TOTP(partnership.home.totp_secret).at(NOW + timedelta(seconds=seconds))


def test_the_right_password_and_code_open_a_session(app: Flask, partnership: Partnership) -> None:
    with app.app_context():
        token = accounts.sign_in("home", PASSWORD, _code(partnership), NOW).token
        member = accounts.current(token, NOW)
        assert member is not None
        assert member.id == partnership.home.member_id
        row = db.session.scalars(select(MemberSession)).one()
        assert token not in (row.token_hash, row.csrf)
        assert [event.kind for event in db.session.scalars(select(Event))] == ["signed_in"]


@pytest.mark.parametrize(
    ("name", "password", "right_code"),
    [("home", "wrong", True), ("home", PASSWORD, False), ("nobody", PASSWORD, True), ("", "", False)],
)
def test_every_no_is_the_same(app: Flask, partnership: Partnership, name: str, password: str, right_code: bool) -> None:
    code = _code(partnership) if right_code else "000000"
    with app.app_context():
        with pytest.raises(accounts.SignInRefused) as refused:
            accounts.sign_in(name, password, code, NOW)
        assert refused.value.reason == "refused"
        assert db.session.scalar(select(MemberSession)) is None


def test_a_code_is_good_once(app: Flask, partnership: Partnership) -> None:
    with app.app_context():
        accounts.sign_in("home", PASSWORD, _code(partnership), NOW)
        with pytest.raises(accounts.SignInRefused):
            accounts.sign_in("home", PASSWORD, _code(partnership), NOW)
        later = NOW + timedelta(seconds=60)
        accounts.sign_in("home", PASSWORD, _code(partnership, 60), later)


def test_a_code_of_a_drifting_clock_is_taken_and_an_old_one_is_not() -> None:
    secret = pyotp.random_base32()
    middle = int(NOW.timestamp()) // 30
    codes = [pyotp.TOTP(secret).generate_otp(middle + offset) for offset in (-2, -1, 0, 1, 2)]
    steps = [matching_step(secret, code, NOW) for code in codes]
    assert steps == [None, middle - 1, middle, middle + 1, None]
    assert matching_step(secret, "٠٠٠٠٠٠", NOW) is None


def test_failures_make_a_pause_that_survives_a_restart(app: Flask, partnership: Partnership, sqlite_url: str) -> None:
    with app.app_context():
        for _ in range(accounts.FREE_TRIES):
            with pytest.raises(accounts.SignInRefused):
                accounts.sign_in("home", "wrong", "000000", NOW)
    with application(sqlite_url) as again, again.app_context():
        with pytest.raises(accounts.SignInRefused):
            accounts.sign_in("home", PASSWORD, _code(partnership), NOW)
        later = NOW + timedelta(seconds=31)
        assert accounts.sign_in("home", PASSWORD, _code(partnership, 31), later).token
        assert db.session.get_one(Member, partnership.home.member_id).failed_sign_ins == 0


def test_the_pause_grows_to_a_quarter_of_an_hour() -> None:
    pauses = [accounts.pause_after(failures).total_seconds() for failures in (0, 4, 5, 6, 9, 10, 1000)]
    assert pauses == [0, 0, 30, 60, 480, 900, 900]


def test_a_session_ends_when_idle_and_when_its_day_is_over(app: Flask, partnership: Partnership) -> None:
    with app.app_context():
        token = accounts.sign_in("home", PASSWORD, _code(partnership), NOW).token
        assert accounts.current(token, NOW + timedelta(minutes=14)) is not None
        assert accounts.current(token, NOW + timedelta(minutes=28)) is not None
        assert accounts.current(token, NOW + timedelta(minutes=43)) is None
        at = NOW
        token = accounts.sign_in("home", PASSWORD, _code(partnership, 60), NOW + timedelta(seconds=60)).token
        while at < NOW + timedelta(hours=8):
            assert accounts.current(token, at) is not None
            at += timedelta(minutes=10)
        assert accounts.current(token, at + timedelta(minutes=1)) is None


def test_signing_out_ends_it_at_once(app: Flask, partnership: Partnership) -> None:
    with app.app_context():
        token = accounts.sign_in("home", PASSWORD, _code(partnership), NOW).token
        accounts.set_locale(token, "ar")
        found = accounts.current_session(token, NOW)
        assert found is not None
        assert found.locale == "ar"
        accounts.sign_out(token)
        assert accounts.current(token, NOW) is None
        accounts.sign_out(token)
