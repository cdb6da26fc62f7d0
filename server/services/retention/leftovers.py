"""What nobody can use any more and nothing else takes away: sessions that are over, links that open nothing."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_

from server.models import AccountLink, MemberSession
from server.services.accounts.sessions import are_over
from server.services.transaction import writing

# So long a late click is told why a link opens nothing.
LINKS_TOLD = timedelta(days=30)


def clear(now: datetime) -> int:
    """Delete sessions that are over, with the half of a key that may lie in them, and links that were used or ended 30
    days ago. Out: how many rows. Leaves no event: nothing changes for anybody."""
    with writing() as session:
        sessions = session.execute(delete(MemberSession).where(are_over(now)).returning(MemberSession.public_id)).all()
        told = now - LINKS_TOLD
        spent = or_(AccountLink.used_at <= told, AccountLink.ended_at <= told)
        links = session.execute(delete(AccountLink).where(spent).returning(AccountLink.id)).all()
        return len(sessions) + len(links)
