"""Signing in with a password and a code. One reason for every no, and a pause after failures that a restart does
not end."""

import unicodedata
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.extensions import db
from server.models import Member
from server.services.accounts import recovery_codes
from server.services.accounts.one_time_codes import ClockIsOff, matching_step, minutes_off, spend_step
from server.services.accounts.passwords import password_matches
from server.services.accounts.sessions import SignedIn, open_session
from server.services.transaction import writing

__all__ = [
    "ClockIsOff",
    "SignInRefused",
    "SignedIn",
    "as_name",
    "begin_try",
    "pause_after",
    "sign_in",
    "sign_in_with_recovery_code",
]

# Five tries are free; then each failure doubles the pause, up to 15 minutes: slow for a guesser, short for a
# person.
FREE_TRIES = 5
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(minutes=15)


class SignInRefused(Exception):
    """Name, password or code were not accepted, or too many failures came before: `reason` is always
    "refused".

    One reason for all, because a telling reason would say which names exist. The page should add that after
    several failures there is a pause of up to 15 minutes.
    """

    def __init__(self, reason: str = "refused") -> None:
        super().__init__(reason)
        self.reason = reason


def sign_in(name: str, password: str, code: str, now: datetime, replaces: str = "") -> SignedIn:
    """Open a session for the member of this sign-in name.

    In: what was typed, the time, the token that this browser had before. Out: a new token. Raises SignInRefused,
    the same for every cause, and ClockIsOff when the password was right and the code is of a clock up to ten
    minutes off. The failure is written down before the password is looked at, so that many tries at once are not
    free.
    """
    member_id = begin_try(name, now)
    member = db.session.get(Member, member_id) if member_id is not None else None
    stored = member.password_hash if member else None
    if not password_matches(stored, password):
        raise SignInRefused
    if member is None or member.totp_secret is None:
        raise SignInRefused
    step = matching_step(member.totp_secret, code, now)
    if step is None:
        off = minutes_off(member.totp_secret, code, now, member.totp_last_step)
        raise SignInRefused if off is None else ClockIsOff(off)
    with writing() as session:
        if not spend_step(session, member.id, step):
            raise SignInRefused
        return _let_in(session, member.id, "password", stored, now, replaces)


def sign_in_with_recovery_code(name: str, password: str, code: str, now: datetime, replaces: str = "") -> SignedIn:
    """Open a session with one of the ten codes, which is used up; the password too, when the account has one.

    Raises SignInRefused, the same for every cause; failures count with those of `sign_in`.
    """
    member_id = begin_try(name, now)
    member = db.session.get(Member, member_id) if member_id is not None else None
    stored = member.password_hash if member else None
    right = password_matches(stored, password)
    if member is None or not (right or stored is None):
        raise SignInRefused
    with writing() as session:
        if not recovery_codes.spend(session, member.id, code, now):
            raise SignInRefused
        return _let_in(session, member.id, "recovery", stored, now, replaces)


def begin_try(name: str, now: datetime) -> int | None:
    """Count a failure in advance. Out: the member's id, or None when nobody may sign in by this name, or the pause
    is not over."""
    with writing() as session:
        asked = select(Member).where(Member.sign_in_name == as_name(name))
        member = session.scalar(asked.with_for_update(of=Member, key_share=True))
        if member is None or not member.is_active:
            return None
        if member.failed_at is not None and now < member.failed_at + pause_after(member.failed_sign_ins):
            return None
        member.failed_sign_ins += 1
        member.failed_at = now
        return member.id


def forget_failures(member: Member) -> None:
    """Somebody proved who they are: the next slip costs no pause."""
    member.failed_sign_ins, member.failed_at = 0, None


def pause_after(failures: int) -> timedelta:
    """How long the next try has to wait after so many failures in a row."""
    if failures < FREE_TRIES:
        return timedelta(0)
    doublings = min(failures - FREE_TRIES, 10)
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)


def as_name(typed: str) -> str:
    """A sign-in name as it is kept: capitals and ways of writing a letter do not matter. Nothing for what cannot be
    one."""
    folded = unicodedata.normalize("NFKC", typed).casefold()
    name = unicodedata.normalize("NFKC", folded).strip()
    return name if name.isprintable() else ""


def _let_in(session: Session, member_id: int, how: str, proven: str | None, now: datetime, replaces: str) -> SignedIn:
    """Open the session, unless the account ended or its password changed since it was compared (`proven`)."""
    member = session.get_one(Member, member_id, with_for_update={"of": Member, "key_share": True})
    if not member.is_active or member.password_hash != proven:
        raise SignInRefused
    forget_failures(member)
    return open_session(session, member, how, now, replaces)
