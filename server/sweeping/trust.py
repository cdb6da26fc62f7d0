"""Whether the machine's clock may be believed. A clock that is set a year forward by mistake would have everything
deleted at once, and nothing brings that back."""

from datetime import datetime, timedelta

# Since the last sweep; what is longer is a jump, or a server that stood still.
_FAR = timedelta(days=7)
# Seconds that a clock must go on as it should before a jump is believed. Long enough for the network to set it right,
# short enough for a server that only stood still: what was due waits one hour more.
_SECONDS = 3600.0
# The same in the two clocks, but for this: one that is being set right moves by more.
_MOST_APART = 60.0


class Trust:
    """Of one sweep. It remembers when it first saw a jump."""

    def __init__(self) -> None:
        self._seen: tuple[datetime, float] | None = None

    def in_clock(self, now: datetime, last: datetime | None, ticking: float) -> bool:
        """Whether to act on this time.

        In: the machine's time, when the last sweep ended well (None: never), and seconds of a clock that nobody can
        set. A time before the last sweep is no danger: then less is due, not more.
        """
        if last is None or now - last <= _FAR:
            self._seen = None
            return True
        if self._seen is None or self._set_meanwhile(self._seen, now, ticking):
            self._seen = (now, ticking)
        return ticking - self._seen[1] >= _SECONDS

    @staticmethod
    def _set_meanwhile(seen: tuple[datetime, float], now: datetime, ticking: float) -> bool:
        return abs((now - seen[0]).total_seconds() - (ticking - seen[1])) > _MOST_APART
