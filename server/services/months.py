"""What an organisation's teams got month by month, and how it ended. It reads only; the sweep of counts writes."""

from dataclasses import dataclass, field

from sqlalchemy import func, select

from server.extensions import db
from server.models import MonthCount, Organisation, Team
from server.models.month_count import ARRIVED

# Two years: what a yearly report compares.
MOST_MONTHS = 24


@dataclass(slots=True)
class Month:
    """`month` is of the arrival, as 2026-11; `ended` counts by outcome, the most first."""

    month: str
    arrived: int = 0
    ended: dict[str, int] = field(default_factory=dict)


def months_of(organisation: Organisation) -> list[Month]:
    """The months in which something came to any of its teams, the last one first, at most `MOST_MONTHS`."""
    total = func.sum(MonthCount.number)
    rows = db.session.execute(
        select(MonthCount.month, MonthCount.what, total)
        .join(Team, Team.id == MonthCount.team_id)
        .where(Team.organisation_id == organisation.id)
        .group_by(MonthCount.month, MonthCount.what)
        .having(total > 0)
        .order_by(MonthCount.month.desc(), total.desc(), MonthCount.what)
    )
    months: dict[str, Month] = {}
    for name, what, number in rows:
        month = months.setdefault(name, Month(name))
        if what == ARRIVED:
            month.arrived = int(number)
        else:
            month.ended[what] = int(number)
    return list(months.values())[:MOST_MONTHS]
