"""How many referrals each list holds, so that it takes the same time whether a team has ten or a million: nothing is
counted beyond a thousand, which nobody reads as a number any more.

No row of sums is kept: every phone's intake and every desk's click would queue for it.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, case, func, select

from server.extensions import db
from server.models import Member, Referral
from server.services.list_conditions import FILTERS, unread_ids
from server.services.list_places import order_of
from server.services.retention.periods import WARNINGS, Periods, leaving_aged, leaving_closed

# What is "1000 or more".
MOST_COUNTED = 1_000

# Counted together in one walk along the open list, each by a column of it; the rest is asked for one by one.
_IN_THE_WALK = ("to-act", "mine", "unclaimed", "overdue", "danger", "child", "unsafe", "known")


def counts(member: Member, now: datetime, periods: Periods) -> dict[str, int]:
    """How many referrals of the member's team each filter holds: {filter: number}, `MOST_COUNTED` for more.

    Of a team with more open referrals than that, the most urgent ones are counted.
    """
    asked = {
        "messages": _counted(unread_ids(member)),
        "held": _bounded(member, Referral.shelf == "held"),
        # By its day, which an index holds: of the shelf SQLite would look at each row.
        "closed": _bounded(member, Referral.closed_at.is_not(None)),
        "leaving": _leaving(member, now + timedelta(days=WARNINGS[0]), periods),
    }
    walked = db.session.execute(_walk(member, now)).one()
    single = db.session.execute(select(*(number.label(name) for name, number in asked.items()))).one()._mapping
    found = {name: int(number) for name, number in zip(_IN_THE_WALK, walked, strict=True)}
    found |= {name: min(int(number), MOST_COUNTED) for name, number in single.items()}
    return {name: found[name] for name in FILTERS}


def _walk(member: Member, now: datetime) -> Select[Any]:
    open_ones = (
        select(
            Referral.state,
            Referral.due_at,
            Referral.claimed_by,
            Referral.danger,
            Referral.child,
            Referral.unsafe,
            Referral.new_phone,
        )
        .where(Referral.team_id == member.team_id, Referral.shelf == "open")
        .order_by(*order_of(closed=False))
        .limit(MOST_COUNTED)
        .subquery()
        .c
    )
    holds = {
        "mine": open_ones.claimed_by == member.id,
        "unclaimed": open_ones.claimed_by.is_(None),
        "overdue": open_ones.state.in_(("stored", "read")) & (open_ones.due_at < now),
        "danger": open_ones.danger,
        "child": open_ones.child,
        "unsafe": open_ones.unsafe,
        "known": ~open_ones.new_phone,
    }
    sums = [func.coalesce(func.sum(case((holds[name], 1), else_=0)), 0) for name in _IN_THE_WALK[1:]]
    return select(func.count(open_ones.due_at), *sums)


def leaving_soon(member: Member, now: datetime, periods: Periods) -> int:
    """How many leave within the days of the last warning, on any shelf; `MOST_COUNTED` for more."""
    asked = select(_leaving(member, now + timedelta(days=WARNINGS[-1]), periods))
    return min(db.session.scalar(asked) or 0, MOST_COUNTED)


def _leaving(member: Member, by: datetime, periods: Periods) -> ColumnElement[int]:
    # Apart, because each has its index: what is too old, and what was closed long ago and is not that old.
    return _bounded(member, leaving_aged(periods, by)) + _bounded(member, leaving_closed(periods, by))


def _bounded(member: Member, condition: ColumnElement[bool]) -> ScalarSelect[int]:
    return _counted(select(Referral.id).where(Referral.team_id == member.team_id, condition).limit(MOST_COUNTED))


def _counted(some: Select[str]) -> ScalarSelect[int]:
    return select(func.count()).select_from(some.subquery()).scalar_subquery()
