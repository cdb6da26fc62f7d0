"""One-time codes of an app (TOTP, RFC 6238): which step a code belongs to, and that each is used once only."""

import base64
import hmac
from datetime import datetime

import pyotp
from sqlalchemy import update
from sqlalchemy.orm import Session

from server.models import Member

# A code is good for its own 30 seconds and one step either side, for clocks that drift (RFC 6238, section
# 5.2).
_STEP_SECONDS = 30
_DRIFT = 1
# So far off we still recognise a code, only to say that a clock is wrong: ten minutes.
_FAR_OFF = 20
_SECRET_BYTES = 20


class CodeDoesNotFit(ValueError):
    """The code is not one of this app's for this time: scan the picture again and type the newest code."""


class ClockIsOff(Exception):
    """The code is right for another time: `minutes` too early (below zero) or too late. Set the phone's clock by
    itself ("automatic time"), then type the newest code."""

    def __init__(self, minutes: int) -> None:
        super().__init__(f"the clock that made this code is {minutes} minutes off; set it to automatic time")
        self.minutes = minutes


def derived_secret(config_secret: str, *of: str) -> str:
    """A secret for codes, base32, the same each time for the same words: nothing has to be stored before it is
    confirmed. One of the words must be secret itself."""
    made = hmac.digest(config_secret.encode(), "\n".join(("one-time codes", *of)).encode(), "sha256")
    return base64.b32encode(made[:_SECRET_BYTES]).decode()


def app_link(secret: str, sign_in_name: str) -> str:
    """What the QR for the app says (otpauth://…)."""
    return pyotp.TOTP(secret).provisioning_uri(name=sign_in_name, issuer_name="Heed")


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """The time step (30 s since 1970) that a six-digit code belongs to, or None when it fits none near `now`.

    The caller must refuse a step that is not later than the last one used.
    """
    return _step_near(secret, code, now, _DRIFT)


def minutes_off(secret: str, code: str, now: datetime, last_step: int = 0) -> int | None:
    """By how many minutes the clock that made the code is wrong, at most ten, or None when it fits nowhere there.

    A step up to `last_step` is an old code, not a wrong clock. Ask only when the password was right.
    """
    step = _step_near(secret, code, now, _FAR_OFF)
    if step is None or step <= last_step:
        return None
    seconds = (step - int(now.timestamp()) // _STEP_SECONDS) * _STEP_SECONDS
    return (seconds + 30) // 60 if seconds > 0 else -((30 - seconds) // 60)


def check_new_code(secret: str, code: str, now: datetime) -> int:
    """The step of the first code of a new app, to be kept as used. Raises CodeDoesNotFit, ClockIsOff."""
    step = matching_step(secret, code, now)
    if step is not None:
        return step
    off = minutes_off(secret, code, now)
    if off is not None:
        raise ClockIsOff(off)
    raise CodeDoesNotFit("the code does not belong to this picture; scan it again and type the newest code")


def spend_step(session: Session, member_id: int, step: int) -> bool:
    """Mark a step as used, in the open transaction. False when it or a later one was used before: of two who use
    the same code at the same time one wins."""
    unused = update(Member).where(Member.id == member_id, Member.totp_last_step < step)
    return session.execute(unused.values(totp_last_step=step).returning(Member.id)).first() is not None


def _step_near(secret: str, code: str, now: datetime, reach: int) -> int | None:
    digits = code.replace(" ", "")
    if len(digits) != 6 or not digits.isascii() or not digits.isdigit():
        return None
    totp = pyotp.TOTP(secret)
    middle = int(now.timestamp()) // _STEP_SECONDS
    for step in sorted(range(middle - reach, middle + reach + 1), key=lambda near: abs(near - middle)):
        if pyotp.utils.strings_equal(digits, totp.generate_otp(step)):
            return step
    return None
