"""Signing in and out of the inbox: password, one-time code, sessions on the server. It fails closed."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update

from server.extensions import db
from server.models import Event, Member, MemberSession
from server.services.passwords import matching_step, password_matches
from server.services.secrets import hash_secret, new_secret
from server.services.transaction import writing

IDLE = timedelta(minutes=15)
LONGEST = timedelta(hours=8)

# Five tries are free; then each failure doubles the pause, up to 15 minutes: slow for a guesser, short for a
# person.
FREE_TRIES = 5
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(minutes=15)

# A request every few seconds need not be a write every few seconds.
SEEN_EVERY = timedelta(minutes=1)


class SignInRefused(Exception):
    """Name, password or code were not accepted, or too many failures came before: `reason` is always
    "refused".

    One reason for all, because a telling reason would say which names exist. The page should add that after
    several failures there is a pause of up to 15 minutes.
    """

    def __init__(self, reason: str = "refused") -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class SignedIn:
    """`token` goes into the cookie and nowhere else; it is never shown in a `repr`."""

    token: str = field(repr=False)
    member_id: int


def sign_in(name: str, password: str, code: str, now: datetime) -> SignedIn:
    """Open a session for the member of this sign-in name.

    In: what was typed, and the time. Out: a new token. Raises SignInRefused, the same for every cause. The
    failure is written down before the password is looked at, so that many tries at once are not free.
    """
    member_id = _begin_try(name, now)
    member = db.session.get(Member, member_id) if member_id is not None else None
    right = password_matches(member.password_hash if member else None, password)
    step = matching_step(member.totp_secret, code, now) if member else None
    if member is None or not right or step is None:
        raise SignInRefused
    return _open_session(member.id, step, now)


def pause_after(failures: int) -> timedelta:
    """How long the next try has to wait after so many failures in a row."""
    if failures < FREE_TRIES:
        return timedelta(0)
    doublings = min(failures - FREE_TRIES, 10)
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)


def current_session(token: str, now: datetime) -> MemberSession | None:
    """The living session of this token with its member, or None when it is unknown, idle too long or over."""
    found = db.session.get(MemberSession, hash_secret(token))
    if found is None or found.ends_at <= now or found.seen_at + IDLE <= now:
        return None
    if found.seen_at + SEEN_EVERY <= now:
        key = found.token_hash
        with writing() as session:
            session.execute(update(MemberSession).where(MemberSession.token_hash == key).values(seen_at=now))
        return db.session.get(MemberSession, key)
    return found


def current(token: str, now: datetime) -> Member | None:
    """The member who is signed in with this token, or None."""
    found = current_session(token, now)
    return found.member if found else None


def sign_out(token: str) -> None:
    """End the session of this token. An unknown token is no error: the outcome is the same."""
    with writing() as session:
        session.execute(delete(MemberSession).where(MemberSession.token_hash == hash_secret(token)))


def set_locale(token: str, locale: str) -> None:
    """Keep the language of this session. The caller has checked that the locale is offered."""
    with writing() as session:
        change = update(MemberSession).where(MemberSession.token_hash == hash_secret(token))
        session.execute(change.values(locale=locale))


def _begin_try(name: str, now: datetime) -> int | None:
    """Count a failure in advance. Out: the member's id, or None when there is none or the pause is not
    over."""
    with writing() as session:
        member = session.scalar(select(Member).where(Member.sign_in_name == name).with_for_update(of=Member))
        if member is None:
            return None
        if member.failed_at is not None and now < member.failed_at + pause_after(member.failed_sign_ins):
            return None
        member.failed_sign_ins += 1
        member.failed_at = now
        return member.id


def _open_session(member_id: int, step: int, now: datetime) -> SignedIn:
    token = new_secret()
    with writing() as session:
        fresh = session.execute(
            update(Member)
            .where(Member.id == member_id, Member.totp_last_step < step)
            .values(totp_last_step=step, failed_sign_ins=0, failed_at=None)
            .returning(Member.id)
        )
        if fresh.first() is None:
            raise SignInRefused
        over = or_(MemberSession.ends_at <= now, MemberSession.seen_at <= now - IDLE)
        session.execute(delete(MemberSession).where(over))
        session.add(
            MemberSession(
                token_hash=hash_secret(token),
                member_id=member_id,
                csrf=new_secret(),
                created_at=now,
                seen_at=now,
                ends_at=now + LONGEST,
            )
        )
        member = session.get_one(Member, member_id)
        session.add(Event(organisation_id=member.team.organisation_id, kind="signed_in", member_id=member_id, at=now))
    return SignedIn(token=token, member_id=member_id)
