"""When a link or an invitation is over: at its end, and when a clock that was wrong has made it in the future."""

from datetime import datetime, timedelta

import pytest

from server import clock
from server.services.lifetimes import is_over

NOW = clock.now()
SECOND = timedelta(seconds=1)
LONG = timedelta(days=7)


@pytest.mark.parametrize(
    ("made", "lasts", "over"),
    [
        (NOW, LONG, False),
        (NOW - LONG + SECOND, LONG, False),
        (NOW - LONG, LONG, True),
        (NOW - LONG - SECOND, LONG, True),
        # Two hosts whose clocks differ by as much as they may.
        (NOW + timedelta(hours=1), LONG, False),
        (NOW + timedelta(hours=1) + SECOND, LONG, True),
        (NOW + timedelta(days=365), LONG, True),
    ],
)
def test_it_is_over_at_its_end_and_when_it_is_of_the_future(made: datetime, lasts: timedelta, *, over: bool) -> None:
    assert is_over(made, made + lasts, NOW) is over
