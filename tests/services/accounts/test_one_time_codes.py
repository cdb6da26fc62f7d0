"""One-time codes: which step a code belongs to, and secrets that are the same each time and for one only."""

from datetime import timedelta

import pyotp
import pytest

from server.services.accounts import one_time_codes
from tests.services.accounts.conftest import NOW

SECRET = pyotp.random_base32()


def _at(seconds: int) -> str:
    return pyotp.TOTP(SECRET).at(NOW + timedelta(seconds=seconds))


def test_a_code_of_a_drifting_clock_is_taken_and_an_old_one_is_not() -> None:
    middle = int(NOW.timestamp()) // 30
    codes = [pyotp.TOTP(SECRET).generate_otp(middle + offset) for offset in (-2, -1, 0, 1, 2)]
    steps = [one_time_codes.matching_step(SECRET, code, NOW) for code in codes]
    assert steps == [None, middle - 1, middle, middle + 1, None]
    assert one_time_codes.matching_step(SECRET, f" {codes[2][:3]} {codes[2][3:]}", NOW) == middle
    assert one_time_codes.matching_step(SECRET, "٠٠٠٠٠٠", NOW) is None


def test_ten_minutes_are_the_most_that_is_looked_at() -> None:
    assert [one_time_codes.minutes_off(SECRET, _at(seconds), NOW) for seconds in (-630, -600, 600, 630)] == [
        None,
        -10,
        10,
        None,
    ]


def test_a_new_app_is_taken_by_its_first_code() -> None:
    assert one_time_codes.check_new_code(SECRET, _at(0), NOW) == int(NOW.timestamp()) // 30
    with pytest.raises(one_time_codes.ClockIsOff) as off:
        one_time_codes.check_new_code(SECRET, _at(180), NOW)
    assert off.value.minutes == 3
    with pytest.raises(one_time_codes.CodeDoesNotFit):
        one_time_codes.check_new_code(SECRET, "12345", NOW)


def test_a_secret_is_the_same_for_the_same_words_and_for_no_others() -> None:
    made = one_time_codes.derived_secret("server", "link", "one")
    assert made == one_time_codes.derived_secret("server", "link", "one")
    others = [("server", "link", "two"), ("server", "account", "one"), ("another", "link", "one")]
    assert made not in [one_time_codes.derived_secret(*words) for words in others]
    assert len(made) == 32
    assert pyotp.TOTP(made).at(NOW)
    assert one_time_codes.app_link(made, "home") == f"otpauth://totp/Heed:home?secret={made}&issuer=Heed"
