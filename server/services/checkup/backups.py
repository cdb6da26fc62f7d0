"""Whether a backup could be put back tomorrow: sealed to somebody, made lately, tried lately. The server sees no backup
and no key; it goes by what was written down when it was done."""

from datetime import datetime, timedelta

from server.config import Config
from server.models import Member, Milestone
from server.models.milestone import BACKUP_MADE, BACKUP_PUT_BACK
from server.services.checkup.finding import GOOD, LOOK, WRONG, Finding
from server.services.events import add_event
from server.services.milestones import last
from server.services.transaction import writing

MADE_WITHIN = timedelta(days=2)
# A week without one is no missed night any more.
MADE_AT_LEAST = timedelta(days=7)
PUT_BACK_WITHIN = timedelta(days=180)
PUT_BACK_AT_LEAST = timedelta(days=365)


def recipient(config: Config, _now: datetime) -> Finding:
    """It is set whom backups are sealed to."""
    return Finding("recipient", *((GOOD, "good") if config.backup_recipient else (WRONG, "wrong")))


def backup_made(now: datetime) -> Finding:
    """`heed backup` went well not long ago."""
    return _lately("backup_made", BACKUP_MADE, now, MADE_WITHIN, MADE_AT_LEAST)


def backup_put_back(now: datetime) -> Finding:
    """Somebody put a backup back on another machine within half a year: one that nobody ever opened is a hope."""
    return _lately("backup_put_back", BACKUP_PUT_BACK, now, PUT_BACK_WITHIN, PUT_BACK_AT_LEAST)


def backup_was_put_back(actor: Member, now: datetime) -> None:
    """An administrator says that it was done today: the other machine cannot tell this one. Leaves an event.

    Whether the actor may is for the route to have asked.
    """
    with writing() as session:
        # First, because it keeps another administrator of this organisation waiting: two would make two rows.
        add_event(session, actor, "backup_put_back", now)
        session.merge(Milestone(name=BACKUP_PUT_BACK, at=now))


def _lately(about: str, name: str, now: datetime, good: timedelta, at_least: timedelta) -> Finding:
    at = last(name)
    if at is None:
        return Finding(about, WRONG, "never")
    if now - at <= good:
        return Finding(about, GOOD, "good", {"at": at})
    return Finding(about, LOOK if now - at <= at_least else WRONG, "late", {"at": at})
