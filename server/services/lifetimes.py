"""When a link or an invitation is over: after its end, and when it was made in the future. That one is of a clock that
was wrong then, and would live until that time has come."""

from datetime import datetime, timedelta

# How far the clocks of two hosts of one installation may differ, and more.
_SKEW = timedelta(hours=1)


def is_over(made: datetime, ends: datetime, now: datetime) -> bool:
    """Whether what was made for a time is good no longer."""
    return now >= ends or made > now + _SKEW
