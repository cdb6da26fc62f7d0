"""What a passkey has to sign: made without storing anything, so that asking for one costs nothing and fills nothing.

8 bytes of time (ms since 1970), then an HMAC-SHA256 over what it is for, for which browser, and that time.
"""

import hmac
import threading
from datetime import datetime, timedelta

LASTS = timedelta(minutes=5)
# How far the clocks of two hosts of one installation may differ.
_SKEW = timedelta(minutes=1)
_TIME_BYTES = 8
_LOCK = threading.Lock()
_LAST = {"second": 0, "number": 0}


class ChallengeOver(Exception):
    """The challenge is older than five minutes: ask for a new one."""


class NotOurChallenge(Exception):
    """The challenge was made for something else, for another browser, or not by this server."""


def make(secret: str, purpose: str, binding: str, now: datetime) -> bytes:
    """A challenge of 40 bytes. In: the server's secret, what it is for, what this browser is bound to."""
    stamp = _next_ms(now).to_bytes(_TIME_BYTES, "big")
    return stamp + _proof(secret, purpose, binding, stamp)


def check(challenge: bytes, secret: str, purpose: str, binding: str, now: datetime) -> int:
    """When a challenge was made, in ms since 1970. Raises NotOurChallenge, ChallengeOver."""
    stamp, proof = challenge[:_TIME_BYTES], challenge[_TIME_BYTES:]
    if not hmac.compare_digest(proof, _proof(secret, purpose, binding, stamp)):
        raise NotOurChallenge
    made = int.from_bytes(stamp, "big")
    if not -_SKEW < now - datetime.fromtimestamp(made / 1000, now.tzinfo) < LASTS:
        raise ChallengeOver
    return made


def _proof(secret: str, purpose: str, binding: str, stamp: bytes) -> bytes:
    said = "\n".join((purpose, binding)).encode("utf-8", "surrogatepass")
    return hmac.digest(secret.encode(), said + b"\n" + stamp, "sha256")


def _next_ms(now: datetime) -> int:
    """The clock counts in seconds; within one, challenges are numbered, so that each is later than the one before."""
    second = int(now.timestamp())
    with _LOCK:
        _LAST["number"] = _LAST["number"] + 1 if _LAST["second"] == second else 0
        _LAST["second"] = second
        return second * 1000 + _LAST["number"]
