"""Challenges: good for one purpose, one browser, five minutes; any bit that is changed makes it none of ours."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.services.accounts import challenges
from tests.services.accounts.conftest import NOW


def _made(**changes: str) -> bytes:
    said = {"secret": "the server's", "purpose": "sign in", "binding": "browser", **changes}
    return challenges.make(said["secret"], said["purpose"], said["binding"], NOW)


def _check(challenge: bytes, after: timedelta = timedelta(0)) -> int:
    return challenges.check(challenge, "the server's", "sign in", "browser", NOW + after)


@given(st.integers(0, 40 * 8 - 1))
def test_any_flipped_bit_is_refused(bit: int) -> None:
    challenge = bytearray(_made())
    assert _check(bytes(challenge))
    challenge[bit // 8] ^= 1 << bit % 8
    with pytest.raises(challenges.NotOurChallenge):
        _check(bytes(challenge))


@given(st.binary(max_size=80))
def test_what_was_not_made_here_is_refused(challenge: bytes) -> None:
    with pytest.raises(challenges.NotOurChallenge):
        _check(challenge)


@pytest.mark.parametrize("change", [{"secret": "another"}, {"purpose": "register"}, {"binding": "another browser"}])
def test_it_is_for_one_purpose_and_one_browser(change: dict[str, str]) -> None:
    with pytest.raises(challenges.NotOurChallenge):
        _check(_made(**change))


def test_it_is_good_for_five_minutes() -> None:
    challenge = _made()
    assert _check(challenge, timedelta(minutes=4, seconds=59))
    for after in (timedelta(minutes=5, seconds=1), timedelta(minutes=-2), timedelta(days=400)):
        with pytest.raises(challenges.ChallengeOver):
            _check(challenge, after)


def test_each_is_later_than_the_one_before() -> None:
    made = [_check(_made()) for _ in range(50)]
    assert made == sorted(set(made))
    assert made[0] // 1000 == int(NOW.timestamp())
