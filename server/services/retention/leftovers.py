"""What nobody can use any more and nothing else takes away: sessions that are over, links that open nothing."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from server.models import AccountLink, MemberSession
from server.services.accounts import links
from server.services.accounts.sessions import are_over
from server.services.transaction import writing

# So long a late click is told why a link opens nothing.
LINKS_TOLD = timedelta(days=30)


def clear(now: datetime) -> int:
    """Delete sessions that are over, with the half of a key that may lie in them, and links that open nothing since 30
    days, with an account that somebody named by one and never finished. Out: how many rows. Leaves no event: nothing
    changes for anybody."""
    with writing() as session:
        sessions = session.execute(delete(MemberSession).where(are_over(now)).returning(MemberSession.public_id)).all()
        told = now - LINKS_TOLD
        spent = or_(AccountLink.used_at <= told, AccountLink.ended_at <= told)
        gone = session.execute(delete(AccountLink).where(spent).returning(AccountLink.id)).all()
        return len(sessions) + len(gone) + _clear_unused(session, told, now)


def _clear_unused(session: Session, told: datetime, now: datetime) -> int:
    unused = select(AccountLink).where(
        AccountLink.ends_at <= told, AccountLink.used_at.is_(None), AccountLink.ended_at.is_(None)
    )
    # Whoever holds one is at work on it: the next time is soon enough.
    found = session.scalars(unused.with_for_update(of=AccountLink, skip_locked=True)).all()
    for link in found:
        links.end(session, link, now)
        session.delete(link)
    return len(found)
