"""What each list of the inbox holds, as a condition that an index finds."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, select, union
from sqlalchemy.orm import InstrumentedAttribute

from server.models import Member, Message, Referral
from server.services.due import rank_at_least
from server.services.retention.periods import WARNINGS, Periods, leaving_aged, leaving_closed

# What of a list that has no index of its own is looked at.
MOST_FOUND = 1_000

FILTERS = (
    *("to-act", "mine", "unclaimed", "overdue", "messages"),
    *("danger", "child", "unsafe", "known", "held", "closed", "leaving"),
)


def condition_of(show: str, member: Member, now: datetime, periods: Periods) -> ColumnElement[bool]:
    """What a filter of `FILTERS` holds, for the member's own team, said so that an index finds it."""
    own = Referral.team_id == member.team_id
    still_open = and_(own, Referral.shelf == "open")
    # Only what is asked for is put together: for all of them that takes as long as asking.
    conditions: dict[str, Callable[[], ColumnElement[bool]]] = {
        "to-act": lambda: still_open,
        "mine": lambda: Referral.id.in_(_mine(member)),
        "unclaimed": lambda: and_(still_open, Referral.claimed_by.is_(None)),
        "overdue": lambda: Referral.id.in_(_late(own, now)),
        "messages": lambda: Referral.id.in_(unread_ids(member)),
        "danger": lambda: and_(still_open, Referral.danger, Referral.urgency_rank <= rank_at_least("danger_now")),
        "child": lambda: and_(still_open, Referral.child, Referral.urgency_rank <= rank_at_least("child")),
        "unsafe": lambda: and_(still_open, Referral.unsafe, Referral.urgency_rank <= rank_at_least("unsafe_tonight")),
        "known": lambda: and_(still_open, ~Referral.new_phone),
        "held": lambda: and_(own, Referral.shelf == "held"),
        # Told that each has a day, PostgreSQL begins at the last of them.
        "closed": lambda: and_(own, Referral.shelf == "closed", Referral.closed_at.is_not(None)),
        "leaving": lambda: Referral.id.in_(_leaving(own, now, periods)),
    }
    return conditions[show]()


def _mine(member: Member) -> Select[str]:
    return first_ids(Referral.claimed_by, Referral.claimed_by == member.id, Referral.shelf == "open")


def _late(own: ColumnElement[bool], now: datetime) -> CompoundSelect[str]:
    return union(
        *(
            first_ids(Referral.due_at, own, Referral.state == state, Referral.due_at < now, ~Referral.held)
            for state in ("stored", "read")
        )
    )


def unread_ids(member: Member) -> Select[str]:
    """The ids of the open ones with messages that nobody has opened yet, a thousand at most."""
    # From the messages, of which few are unread, and never from the open ones, of which there may be very many.
    ids = (
        select(Message.referral_id)
        .join(Referral, Referral.id == Message.referral_id)
        .where(
            Message.team_id == member.team_id,
            Message.direction == "to_team",
            Message.read_at.is_(None),
            Referral.team_id == member.team_id,
            Referral.shelf == "open",
        )
        .distinct()
        .limit(MOST_FOUND)
    )
    return select(ids.subquery().c.referral_id)


def _leaving(own: ColumnElement[bool], now: datetime, periods: Periods) -> CompoundSelect[str]:
    """As long as the first warning is before the deletion, on whichever shelf; soonest gone first."""
    by = now + timedelta(days=WARNINGS[0])
    # Apart, because each has its index.
    return union(
        first_ids(Referral.received_at, own, leaving_aged(periods, by)),
        first_ids(Referral.closed_at, own, leaving_closed(periods, by)),
    )


def first_ids(by: InstrumentedAttribute[Any], *conditions: ColumnElement[bool]) -> Select[str]:
    """The ids of what the conditions hold, by an index that begins with the team, in the order of a column of it.

    Of very many the first are enough: nobody reads on for so long, and nobody should wait for all to be sorted."""
    ids = select(Referral.id).where(*conditions).order_by(by).limit(MOST_FOUND)
    # SQLite takes no limit inside a union but in a table of its own.
    return select(ids.subquery().c.id)
