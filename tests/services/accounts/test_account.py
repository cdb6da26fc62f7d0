"""One's own account: a new password ends all other sessions, and a stolen session is no place to guess at."""

from collections.abc import Callable
from datetime import timedelta

import pyotp
import pytest

from server.extensions import db
from server.models import Member
from server.services.accounts import account, sessions, sign_in
from server.services.transaction import writing
from tests.partnership import PASSWORD, Partnership
from tests.services.accounts.conftest import NOW, member_of

NEW = "lantern orbit teaspoon"


def _open(member_id: int) -> str:
    with writing() as session:
        return sessions.open_session(session, session.get_one(Member, member_id), "passkey", NOW).token


def test_a_new_password_ends_every_other_session(engine_joined: Partnership, kinds: Callable[[], list[str]]) -> None:
    side = engine_joined.home
    own, other = _open(side.member_id), _open(side.member_id)
    account.change_password(member_of(side.member_id), PASSWORD, NEW, own, NOW)
    assert sessions.current(own, NOW) is not None
    assert sessions.current(other, NOW) is None
    code = pyotp.TOTP(side.totp_secret).at(NOW)
    with pytest.raises(sign_in.SignInRefused):
        sign_in.sign_in("home", PASSWORD, code, NOW)
    assert sign_in.sign_in("home", NEW, code, NOW).token
    assert kinds().count("password_changed") == 1


def test_a_wrong_password_counts_as_a_failed_sign_in(joined: Partnership) -> None:
    side = joined.home
    token, other = _open(side.member_id), _open(side.member_id)
    for _ in range(sign_in.FREE_TRIES):
        with pytest.raises(account.PasswordWrong):
            account.change_password(member_of(side.member_id), "wrong", NEW, token, NOW)
    with pytest.raises(account.PasswordWrong):
        account.change_password(member_of(side.member_id), PASSWORD, NEW, token, NOW)
    assert sessions.current(other, NOW) is not None
    account.change_password(member_of(side.member_id), PASSWORD, NEW, token, NOW + timedelta(seconds=31))
    assert member_of(side.member_id).failed_sign_ins == 0


def test_an_easy_password_is_refused_and_costs_no_try(joined: Partnership) -> None:
    with pytest.raises(account.TooEasyToGuess):
        account.change_password(member_of(joined.home.member_id), PASSWORD, "home home 1", "", NOW)
    assert member_of(joined.home.member_id).failed_sign_ins == 0


def test_who_has_no_password_can_set_one(joined: Partnership) -> None:
    with writing() as session:
        session.get_one(Member, joined.home.member_id).password_hash = None
    account.change_password(member_of(joined.home.member_id), "", NEW, "", NOW)
    assert account.factors(member_of(joined.home.member_id)) == account.Factors(0, True, True, 0)


def test_another_code_app_is_taken_with_its_first_code(joined: Partnership, kinds: Callable[[], list[str]]) -> None:
    secret = pyotp.random_base32()
    member = member_of(joined.home.member_id)
    with pytest.raises(account.CodeDoesNotFit):
        account.change_totp(member, secret, "000", NOW)
    with pytest.raises(account.ClockIsOff):
        account.change_totp(member, secret, pyotp.TOTP(secret).at(NOW + timedelta(minutes=5)), NOW)
    account.change_totp(member, secret, pyotp.TOTP(secret).at(NOW), NOW)
    assert db.session.get_one(Member, member.id).totp_secret == secret
    with pytest.raises(sign_in.SignInRefused):
        sign_in.sign_in("home", PASSWORD, pyotp.TOTP(secret).at(NOW), NOW)
    later = NOW + timedelta(seconds=60)
    assert sign_in.sign_in("home", PASSWORD, pyotp.TOTP(secret).at(later), later).token
    assert kinds().count("totp_changed") == 1


def test_the_ways_to_sign_in_are_told(joined: Partnership) -> None:
    account.new_recovery_codes(member_of(joined.home.member_id), NOW)
    assert account.factors(member_of(joined.home.member_id)) == account.Factors(0, True, True, 10)
    assert account.remaining_codes(member_of(joined.home.member_id)) == 10
