"""How often one address may try something within a minute. No address is kept: the key is an HMAC with a
secret of the day that exists in memory only, so that the numbers mean nothing tomorrow and nothing to anybody
else."""

import hmac
import secrets
import threading
from datetime import date, datetime

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

# Many phones of one hospital or council share an address: generous for them, hopeless for guessing 128 bits.
_RATES: dict[str, RateLimitItem] = {
    "join": parse("60/minute"),
    "follow-up": parse("600/minute"),
    "sign-in": parse("30/minute"),
    # Opening and finishing a link: a team that is trained together does it at the same time.
    "link": parse("60/minute"),
}

_LIMITER = FixedWindowRateLimiter(MemoryStorage())
_LOCK = threading.Lock()
_KEY: dict[date, bytes] = {}


def allow(what: str, address: str, now: datetime) -> bool:
    """Count one try and say whether it may go on. In: a word of `_RATES`; the address; the time."""
    key = hmac.digest(_key_of(now.date()), address.encode(), "sha256").hex()
    return _LIMITER.hit(_RATES[what], what, key)


def _key_of(day: date) -> bytes:
    with _LOCK:
        if day not in _KEY:
            _KEY.clear()
            _KEY[day] = secrets.token_bytes(32)
        return _KEY[day]
