"""Signing in: one reason for every no, a pause after failures that survives a restart, codes good once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pyotp
import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from server.extensions import db
from server.models import Event, Member, MemberSession
from server.services.accounts import account, sessions, sign_in
from server.services.transaction import writing
from tests.conftest import application
from tests.partnership import PASSWORD, Partnership, Side, found
from tests.services.accounts.conftest import NOW


def _code(side: Side, seconds: int = 0) -> str:
    return pyotp.TOTP(side.totp_secret).at(NOW + timedelta(seconds=seconds))


def test_the_right_password_and_code_open_a_session(joined: Partnership) -> None:
    token = sign_in.sign_in(" Home ", PASSWORD, _code(joined.home), NOW).token
    member = sessions.current(token, NOW)
    assert member is not None
    assert member.id == joined.home.member_id
    row = db.session.scalars(select(MemberSession)).one()
    assert row.how == "password"
    assert token not in (row.token_hash, row.csrf, row.public_id)
    event = db.session.scalars(select(Event).where(Event.kind == "signed_in")).one()
    assert event.detail == {"how": "password"}


@pytest.mark.parametrize(
    ("name", "password", "right_code"),
    [("home", "wrong", True), ("home", PASSWORD, False), ("nobody", PASSWORD, True), ("", "", False)],
)
def test_every_no_is_the_same(joined: Partnership, name: str, password: str, right_code: bool) -> None:
    code = _code(joined.home) if right_code else "000000"
    with pytest.raises(sign_in.SignInRefused) as refused:
        sign_in.sign_in(name, password, code, NOW)
    assert refused.value.reason == "refused"
    assert db.session.scalar(select(MemberSession)) is None


@pytest.mark.parametrize("typed", ["\x00", "ho\ud800me", "x" * 5000, "٠" * 6])
def test_what_nobody_types_is_no_error(engine_joined: Partnership, typed: str) -> None:
    for name, password, code in ((typed, PASSWORD, ""), ("home", typed, ""), ("home", PASSWORD, typed)):
        with pytest.raises(sign_in.SignInRefused):
            sign_in.sign_in(name, password, code, NOW)
        with pytest.raises(sign_in.SignInRefused):
            sign_in.sign_in_with_recovery_code(name, password, code, NOW)


def test_who_left_or_never_came_does_not_sign_in(joined: Partnership) -> None:
    for change in ({"joined_at": None}, {"joined_at": NOW, "left_at": NOW}):
        with writing() as session:
            for name, value in change.items():
                setattr(session.get_one(Member, joined.home.member_id), name, value)
        with pytest.raises(sign_in.SignInRefused):
            sign_in.sign_in("home", PASSWORD, _code(joined.home), NOW)


def test_a_code_is_good_once(joined: Partnership) -> None:
    sign_in.sign_in("home", PASSWORD, _code(joined.home), NOW)
    with pytest.raises(sign_in.SignInRefused):
        sign_in.sign_in("home", PASSWORD, _code(joined.home), NOW)
    sign_in.sign_in("home", PASSWORD, _code(joined.home, 60), NOW + timedelta(seconds=60))


def test_of_two_with_the_same_code_one_wins(engine_app: Flask) -> None:
    with engine_app.app_context():
        side = found().home
    together = Barrier(4)

    def attempt(_number: int) -> bool:
        with engine_app.app_context():
            together.wait(timeout=30)
            try:
                sign_in.sign_in("home", PASSWORD, _code(side), NOW)
            except sign_in.SignInRefused:
                return False
            return True

    with ThreadPoolExecutor(4) as browsers:
        assert sorted(browsers.map(attempt, range(4))) == [False, False, False, True]
    with engine_app.app_context():
        assert len(db.session.scalars(select(MemberSession)).all()) == 1


@pytest.mark.parametrize(("seconds", "minutes"), [(-600, -10), (-300, -5), (-60, -1), (60, 1), (300, 5), (600, 10)])
def test_a_wrong_clock_is_told_to_who_knows_the_password(joined: Partnership, seconds: int, minutes: int) -> None:
    code = _code(joined.home, seconds)
    with pytest.raises(sign_in.ClockIsOff) as told:
        sign_in.sign_in("home", PASSWORD, code, NOW)
    assert told.value.minutes == minutes
    with pytest.raises(sign_in.SignInRefused):
        sign_in.sign_in("home", "wrong", code, NOW)
    assert db.session.get_one(Member, joined.home.member_id).failed_sign_ins == 2


def test_an_old_code_is_no_wrong_clock(joined: Partnership) -> None:
    sign_in.sign_in("home", PASSWORD, _code(joined.home), NOW)
    with pytest.raises(sign_in.SignInRefused):
        sign_in.sign_in("home", PASSWORD, _code(joined.home), NOW + timedelta(minutes=5))
    with pytest.raises(sign_in.SignInRefused):
        sign_in.sign_in("home", PASSWORD, _code(joined.home, 660), NOW)


def test_failures_make_a_pause_that_survives_a_restart(app: Flask, database_url: str) -> None:
    with app.app_context():
        side = found().home
        for _ in range(sign_in.FREE_TRIES):
            with pytest.raises(sign_in.SignInRefused):
                sign_in.sign_in("home", "wrong", "000000", NOW)
    with application(database_url) as again, again.app_context():
        with pytest.raises(sign_in.SignInRefused):
            sign_in.sign_in("home", PASSWORD, _code(side), NOW)
        later = NOW + timedelta(seconds=31)
        assert sign_in.sign_in("home", PASSWORD, _code(side, 31), later).token
        assert db.session.get_one(Member, side.member_id).failed_sign_ins == 0


def test_the_pause_grows_to_a_quarter_of_an_hour() -> None:
    pauses = [sign_in.pause_after(failures).total_seconds() for failures in (0, 4, 5, 6, 9, 10, 1000)]
    assert pauses == [0, 0, 30, 60, 480, 900, 900]


def test_a_password_changed_meanwhile_lets_nobody_in(joined: Partnership, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its change ends all sessions; one that was just being opened with the old password must not outlive it."""
    right = sign_in.password_matches

    def changed_after(stored: str | None, password: str) -> bool:
        matches = right(stored, password)
        with writing() as session:
            session.get_one(Member, joined.home.member_id).password_hash = "another"
        return matches

    monkeypatch.setattr(sign_in, "password_matches", changed_after)
    with pytest.raises(sign_in.SignInRefused):
        sign_in.sign_in("home", PASSWORD, _code(joined.home), NOW)


def test_a_recovery_code_signs_in_once(engine_joined: Partnership) -> None:
    member = db.session.get_one(Member, engine_joined.home.member_id)
    codes = account.new_recovery_codes(member, NOW)
    token = sign_in.sign_in_with_recovery_code("home", PASSWORD, codes[3].lower(), NOW).token
    found_session = sessions.current_session(token, NOW)
    assert found_session is not None
    assert found_session.how == "recovery"
    with pytest.raises(sign_in.SignInRefused):
        sign_in.sign_in_with_recovery_code("home", PASSWORD, codes[3], NOW)
    for name, password in (("home", "wrong"), ("other", PASSWORD), ("nobody", PASSWORD)):
        with pytest.raises(sign_in.SignInRefused):
            sign_in.sign_in_with_recovery_code(name, password, codes[4], NOW)
    member = db.session.get_one(Member, engine_joined.home.member_id)
    assert (account.remaining_codes(member), member.failed_sign_ins) == (9, 2)
    assert db.session.scalars(select(Event.kind)).all().count("signed_in_recovery") == 1


def test_without_a_password_the_recovery_code_is_enough(joined: Partnership) -> None:
    member = db.session.get_one(Member, joined.home.member_id)
    code = account.new_recovery_codes(member, NOW)[0]
    with writing() as session:
        session.get_one(Member, joined.home.member_id).password_hash = None
    assert sign_in.sign_in_with_recovery_code("home", "", code, NOW).token


def test_of_two_with_the_same_recovery_code_one_wins(engine_app: Flask) -> None:
    with engine_app.app_context():
        code = account.new_recovery_codes(db.session.get_one(Member, found().home.member_id), NOW)[0]
    together = Barrier(3)

    def attempt(_number: int) -> bool:
        with engine_app.app_context():
            together.wait(timeout=30)
            try:
                sign_in.sign_in_with_recovery_code("home", PASSWORD, code, NOW)
            except sign_in.SignInRefused:
                return False
            return True

    with ThreadPoolExecutor(3) as browsers:
        assert sorted(browsers.map(attempt, range(3))) == [False, False, True]


@given(st.text(max_size=40))
def test_a_name_is_the_same_however_often_it_is_tidied(typed: str) -> None:
    name = sign_in.as_name(typed)
    assert sign_in.as_name(name) == name
    assert name.isprintable()
