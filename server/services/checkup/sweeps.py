"""Whether the sweeps ran that delete on time and tell of what is late, and whether anything is overdue all the same."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from server.config import Config
from server.extensions import db
from server.models import Referral
from server.services.checkup.finding import GOOD, LOOK, WRONG, Finding
from server.services.milestones import last
from server.services.retention.periods import leaving, periods_of

# How long ago each may have run at most. Deadlines are by the minute: somebody may wait for a call.
SWEEPS = {
    "deadlines": timedelta(minutes=10),
    "notices": timedelta(hours=3),
    "retention": timedelta(hours=3),
    "counts": timedelta(hours=3),
}
# A machine that restarts may miss a turn or two; whoever misses so many does not run.
_TURNS = 3
_OVERDUE = timedelta(days=1)


def sweep(name: str, now: datetime) -> Finding:
    """The sweep of this name ran not long ago."""
    about, limit = f"sweep_{name}", SWEEPS[name]
    at = last(f"sweep:{name}")
    if at is None:
        return Finding(about, WRONG, "never")
    if now - at <= limit:
        return Finding(about, GOOD, "good", {"at": at})
    return Finding(about, LOOK if now - at <= _TURNS * limit else WRONG, "late", {"at": at})


def overdue(config: Config, now: datetime) -> Finding:
    """Nothing lies here a day after it should have been deleted."""
    late = leaving(periods_of(config), now - _OVERDUE)
    number = db.session.scalar(select(func.count()).select_from(Referral).where(late)) or 0
    return Finding("overdue", WRONG if number else GOOD, "wrong" if number else "good", {"num": number})
