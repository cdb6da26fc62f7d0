"""Signed-in browsers: a row on the server each, which can be listed and ended. It fails closed."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session

from server.extensions import db
from server.models import Member, MemberSession
from server.services.events import add_event
from server.services.secrets import hash_secret, new_secret
from server.services.transaction import writing

IDLE = timedelta(minutes=15)
LONGEST = timedelta(hours=8)
# Ways to sign in are changed only by somebody who signed in not long ago: a screen left open is not enough.
FRESH = timedelta(minutes=30)

# A request every few seconds need not be a write every few seconds.
SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """`token` goes into the cookie and nowhere else; it is never shown in a `repr`."""

    token: str = field(repr=False)
    member_id: int


def open_session(session: Session, member: Member, how: str, now: datetime, replaces: str = "") -> SignedIn:
    """Sign a browser in, in the open transaction. Leaves an event.

    In: how they proved who they are (passkey, password, recovery, link); `replaces`: the token this browser had
    before, whose session ends, so that nobody can plant one. Out: a new token.
    """
    token = new_secret()
    former = MemberSession.token_hash == _hashed(replaces)
    session.execute(delete(MemberSession).where(or_(are_over(now), former)))
    session.add(
        MemberSession(
            token_hash=hash_secret(token),
            member_id=member.id,
            public_id=secrets.token_urlsafe(12),
            how=how,
            csrf=new_secret(),
            created_at=now,
            seen_at=now,
            ends_at=now + LONGEST,
        )
    )
    kind = "signed_in_recovery" if how == "recovery" else "signed_in"
    add_event(session, member, kind, now, detail={"how": how})
    return SignedIn(token=token, member_id=member.id)


def current_session(token: str, now: datetime) -> MemberSession | None:
    """The living session of this token with its member, or None when it is unknown, idle too long or over, or when
    its member may not sign in any more."""
    found = db.session.get(MemberSession, _hashed(token))
    if found is None or not _lives(found, now) or not found.member.is_active:
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


def is_fresh(member_session: MemberSession, now: datetime) -> bool:
    """Whether they signed in within the last 30 minutes."""
    return now < member_session.created_at + FRESH


def sign_out(token: str) -> None:
    """End the session of this token. An unknown token is no error: the outcome is the same."""
    with writing() as session:
        session.execute(delete(MemberSession).where(MemberSession.token_hash == _hashed(token)))


def set_locale(token: str, locale: str) -> None:
    """Keep the language of this session. The caller has checked that the locale is offered."""
    with writing() as session:
        change = update(MemberSession).where(MemberSession.token_hash == _hashed(token))
        session.execute(change.values(locale=locale))


def sessions_of(member: Member, now: datetime) -> list[MemberSession]:
    """The member's living sessions, the newest first."""
    asked = select(MemberSession).where(MemberSession.member_id == member.id)
    newest_first = asked.order_by(MemberSession.created_at.desc(), MemberSession.public_id)
    return [found for found in db.session.scalars(newest_first) if _lives(found, now)]


def end_session(member: Member, public_id: str, now: datetime) -> None:
    """End one of the member's own sessions. One that is over already, or another's, is no error: nothing happens."""
    with writing() as session:
        own = delete(MemberSession).where(MemberSession.member_id == member.id, MemberSession.public_id == public_id)
        if session.execute(own.returning(MemberSession.public_id)).first() is not None:
            add_event(session, member, "session_ended", now, about=("session", public_id))


def end_other_sessions(member: Member, token: str, now: datetime) -> int:
    """End all of the member's sessions but the one of this token. Out: how many."""
    with writing() as session:
        ended = end_all(session, member.id, but_token=token)
        if ended:
            add_event(session, member, "sessions_ended", now, detail={"sessions": ended})
        return ended


def end_all(session: Session, member_id: int, but_token: str = "") -> int:
    """End the member's sessions in the open transaction, the one of `but_token` kept. Out: how many."""
    theirs = delete(MemberSession).where(
        MemberSession.member_id == member_id, MemberSession.token_hash != _hashed(but_token)
    )
    return len(session.execute(theirs.returning(MemberSession.public_id)).all())


def are_over(now: datetime) -> ColumnElement[bool]:
    """Which sessions open nothing any more, for a statement: all of which `_lives` says no."""
    gone_idle = or_(MemberSession.seen_at <= now - IDLE, MemberSession.seen_at >= now + IDLE)
    return or_(MemberSession.ends_at <= now, gone_idle)


def _lives(found: MemberSession, now: datetime) -> bool:
    # One that was used in the future is of a clock that was wrong then, and would live until that time has come.
    return now < found.ends_at and found.seen_at - IDLE < now < found.seen_at + IDLE


def _hashed(token: str) -> str:
    """The hash of a token; of what can be none (a cookie is anybody's text) a word that no hash is."""
    return hash_secret(token) if token and token.isascii() else "none"
