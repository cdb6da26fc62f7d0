"""How long a referral is kept, as one rule: for the countdown that people see, and for what is deleted.

A closed one goes so many days after it was closed, any other so many days after it came, whichever is first; a
coordinator may keep it longer, never beyond `furthest`. Source of the usual days: pathways, 2.4, our own proposal.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_

from server.config import Config
from server.models import Referral

# Days before the deletion at which the team is told, the first warning first.
WARNINGS = (14, 3)
# Nothing is kept longer than so many times the usual: Heed is no system of record.
_MOST_TIMES = 2


@dataclass(frozen=True, slots=True)
class Periods:
    """Days after closing, days after arrival, months of the record."""

    closed_days: int = 30
    most_days: int = 90
    record_months: int = 12


def periods_of(config: Config) -> Periods:
    """What the settings say."""
    return Periods(config.keep_closed_days, config.keep_days, config.keep_record_months)


def leaves_at(referral: Referral, periods: Periods) -> datetime:
    """When the referral is deleted."""
    usual = referral.received_at + timedelta(days=periods.most_days)
    if referral.closed_at is not None:
        usual = min(usual, referral.closed_at + timedelta(days=periods.closed_days))
    return max(usual, referral.kept_until or usual)


def furthest(referral: Referral, periods: Periods) -> datetime:
    """The last moment to which it may be kept."""
    return referral.received_at + timedelta(days=_MOST_TIMES * periods.most_days)


def leaving(periods: Periods, by: datetime) -> ColumnElement[bool]:
    """What is to be deleted by a moment: the same rule as `leaves_at`, for the database."""
    return or_(leaving_aged(periods, by), leaving_closed(periods, by))


def leaving_aged(periods: Periods, by: datetime) -> ColumnElement[bool]:
    """Of `leaving`: what came too long ago."""
    return and_(Referral.received_at <= by - timedelta(days=periods.most_days), _not_kept(by))


def leaving_closed(periods: Periods, by: datetime) -> ColumnElement[bool]:
    """Of `leaving`: what came later, and was closed too long ago."""
    return and_(
        Referral.closed_at <= by - timedelta(days=periods.closed_days),
        Referral.received_at > by - timedelta(days=periods.most_days),
        _not_kept(by),
    )


def _not_kept(by: datetime) -> ColumnElement[bool]:
    return or_(Referral.kept_until.is_(None), Referral.kept_until <= by)
