"""Passwords and one-time codes: argon2id and TOTP. It compares and never logs, stores or returns what was
typed."""

import functools
from datetime import datetime

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

# OWASP's smallest argon2id setting: 19 MiB, two rounds, one lane (Password Storage Cheat Sheet).
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

# A code is good for its own 30 seconds and one step either side, for clocks that drift (RFC 6238, section
# 5.2).
_STEP_SECONDS = 30
_DRIFT = 1


def hash_password(password: str) -> str:
    """The argon2id hash of a password, in PHC form, to be stored."""
    return _HASHER.hash(password)


def password_matches(stored: str | None, password: str) -> bool:
    """True when the password is the stored one. `stored` None (no such account) costs the same and is
    false."""
    try:
        return _HASHER.verify(stored or _nobody(), password) and stored is not None
    except (Argon2Error, InvalidHashError):
        return False


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The time step (30 s since 1970) that a six-digit code belongs to, or None when it fits none near `now`.

    The caller must refuse a step that is not later than the last one used.
    """
    digits = code.replace(" ", "")
    if len(digits) != 6 or not digits.isascii() or not digits.isdigit():
        return None
    totp = pyotp.TOTP(secret)
    middle = int(now.timestamp()) // _STEP_SECONDS
    for step in range(middle - _DRIFT, middle + _DRIFT + 1):
        if pyotp.utils.strings_equal(digits, totp.generate_otp(step)):
            return step
    return None


@functools.cache
def _nobody() -> str:
    """What is checked when the name is unknown, so that an unknown name takes as long as a wrong password."""
    return _HASHER.hash("nobody signs in with this")
