"""What a member changes of their own account: password, code app, recovery codes. Each leaves an event."""

from dataclasses import dataclass
from datetime import datetime

from server.models import Member
from server.services.accounts import recovery_codes
from server.services.accounts.one_time_codes import ClockIsOff, CodeDoesNotFit, check_new_code
from server.services.accounts.passkeys import passkeys_of
from server.services.accounts.passwords import (
    TooEasyToGuess,
    check_password,
    hash_password,
    password_matches,
    words_about,
)
from server.services.accounts.sessions import end_all
from server.services.accounts.sign_in import begin_try, forget_failures
from server.services.events import add_event
from server.services.transaction import writing

__all__ = [
    "ClockIsOff",
    "CodeDoesNotFit",
    "Factors",
    "PasswordWrong",
    "TooEasyToGuess",
    "change_password",
    "change_totp",
    "factors",
    "new_recovery_codes",
    "remaining_codes",
]


class PasswordWrong(ValueError):
    """The present password was not this one, or too many tries came before: as at sign-in there is a pause after
    several, up to 15 minutes."""


@dataclass(frozen=True, slots=True)
class Factors:
    """The ways a member can sign in. A password is of use only together with a code app."""

    passkeys: int
    has_password: bool
    has_code_app: bool
    recovery_codes: int


def factors(member: Member) -> Factors:
    """What is set up."""
    return Factors(
        passkeys=len(passkeys_of(member)),
        has_password=member.password_hash is not None,
        has_code_app=member.totp_secret is not None,
        recovery_codes=recovery_codes.remaining(member),
    )


def remaining_codes(member: Member) -> int:
    """How many recovery codes are left."""
    return recovery_codes.remaining(member)


def change_password(member: Member, current: str, new: str, token: str, now: datetime) -> None:
    """Set another password, and end every session but the one of `token`.

    In: the present password (of no matter when there is none), the new one. Raises PasswordWrong, TooEasyToGuess.
    A wrong one counts as a failed sign-in: a stolen session must not be a place to guess at.
    """
    check_password(new, words_about(member))
    proven, has_password = member.password_hash, member.password_hash is not None
    if has_password:
        allowed = begin_try(member.sign_in_name or "", now) is not None
        if not password_matches(proven if allowed else None, current):
            raise PasswordWrong
    password_hash = hash_password(new)
    with writing() as session:
        member = session.get_one(Member, member.id, with_for_update={"of": Member, "key_share": True})
        if not member.is_active or member.password_hash != proven:
            raise PasswordWrong
        member.password_hash = password_hash
        if has_password:
            forget_failures(member)
        ended = end_all(session, member.id, but_token=token)
        add_event(session, member, "password_changed", now, about=("member", member.id), detail={"sessions": ended})


def change_totp(member: Member, secret: str, code: str, now: datetime) -> None:
    """Take another code app in place of the one before. In: its secret, its newest code.

    Raises CodeDoesNotFit, ClockIsOff.
    """
    step = check_new_code(secret, code, now)
    with writing() as session:
        member.totp_secret, member.totp_last_step = secret, step
        add_event(session, member, "totp_changed", now, about=("member", member.id))


def new_recovery_codes(member: Member, now: datetime) -> list[str]:
    """Ten new recovery codes, to be shown once; the ones before are good for nothing from now."""
    with writing() as session:
        made = recovery_codes.make(session, member, now)
        add_event(session, member, "recovery_codes_made", now, about=("member", member.id), detail={"codes": len(made)})
        return made
