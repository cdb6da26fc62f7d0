"""Tries are counted by an address that is not kept."""

from datetime import UTC, datetime

from server.services import limits

DAY = datetime(2026, 11, 22, tzinfo=UTC)


def test_one_address_does_not_slow_another_down() -> None:
    allowed = [limits.allow("sign-in", "192.0.2.1", DAY) for _ in range(31)]
    assert allowed == [True] * 30 + [False]
    assert limits.allow("sign-in", "192.0.2.2", DAY)
    assert limits.allow("join", "192.0.2.1", DAY)


def test_no_address_is_kept() -> None:
    limits.allow("join", "192.0.2.77", DAY)
    assert "192.0.2.77" not in str(vars(limits._LIMITER.storage))
