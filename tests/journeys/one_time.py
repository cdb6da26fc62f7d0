"""Codes of an authenticator app. Each works once, so they are taken from the steps beside this one before waiting."""

import time

import pyotp

_STEP_SECONDS = 30
_last: dict[str, int] = {}


def fresh_code(secret: str) -> str:
    """A code that was not used before in this run, good now: the step before this one, this one, or the next."""
    while True:
        now = int(time.time()) // _STEP_SECONDS
        step = max(now - 1, _last.get(secret, 0) + 1)
        # At the very end of a step the one before it is no longer taken.
        if step == now - 1 and time.time() % _STEP_SECONDS > _STEP_SECONDS - 4:
            step = now
        if step <= now + 1:
            _last[secret] = step
            return pyotp.TOTP(secret).at(step * _STEP_SECONDS)
        time.sleep(0.5)


def forget() -> None:
    """For a server that has taken no code yet: every copy of the demonstration has the same accounts."""
    _last.clear()
