"""Keeping a referral longer than usual: by its team, for a reason from a list, and never beyond the furthest day."""

from datetime import datetime, timedelta

from server.models import Member
from server.services.events import add_event
from server.services.own_referral import own_referral
from server.services.retention.periods import Periods, furthest, leaves_at
from server.services.transaction import writing
from server.services.triage import SomeoneChangedThis

DAYS = (14, 30, 90)
REASONS = ("proceedings", "police_work", "protection", "person_asked", "complaint")


class UnknownReason(ValueError):
    """A referral can be kept longer only for one of `REASONS`."""


class UnknownPeriod(ValueError):
    """A referral can be kept longer only for one of `DAYS`."""


class AtFurthest(Exception):
    """It would not be kept any longer by this: it stays that long already, or may not stay longer."""


def keep_longer(
    member: Member, referral_id: str, version: int, days: int, reason: str, now: datetime, periods: Periods
) -> None:
    """Keep a referral, open or closed, so many days from now, and no longer than it may stay at all. Leaves an event.

    Raises NotThisTeam, SomeoneChangedThis, UnknownReason, UnknownPeriod, AtFurthest.
    """
    if reason not in REASONS:
        raise UnknownReason(reason)
    if days not in DAYS:
        raise UnknownPeriod(days)
    with writing() as session:
        # Locked, as by what deletes it: one of the two comes first.
        referral = own_referral(session, member, referral_id, lock=True)
        if referral.version != version:
            raise SomeoneChangedThis(referral_id)
        until = min(now + timedelta(days=days), furthest(referral, periods))
        if until <= leaves_at(referral, periods):
            raise AtFurthest(referral_id)
        referral.kept_until, referral.kept_because = until, reason
        # The team is told again before the new day.
        referral.warned_days = None
        referral.version += 1
        add_event(session, member, "kept_longer", now, referral_id, detail={"reason": reason, "days": days})
