"""The numbers of each month, written anew from the rows: how many came to a team, and how they ended. It never touches
a month of which rows may be gone already: that keeps its last numbers."""

from collections import Counter
from datetime import UTC, datetime

from sqlalchemy import delete, extract, func, select, union_all
from sqlalchemy.dialects import postgresql, sqlite

from server.extensions import db
from server.models import MonthCount, Referral, Tombstone
from server.models.month_count import ARRIVED
from server.services.retention.periods import Periods
from server.services.transaction import writing

# Month and what, such as ("2026-11", "arrived").
_Numbers = dict[tuple[str, str], int]

_KEY = ["team_id", "month", "what"]
_SQLITE, _POSTGRESQL = sqlite.insert(MonthCount), postgresql.insert(MonthCount)
_SET = {
    "sqlite": _SQLITE.on_conflict_do_update(index_elements=_KEY, set_={"number": _SQLITE.excluded.number}),
    "postgresql": _POSTGRESQL.on_conflict_do_update(index_elements=_KEY, set_={"number": _POSTGRESQL.excluded.number}),
}


def sweep(now: datetime, periods: Periods) -> int:
    """Write the numbers that differ, one transaction a team. Out: how many teams had any.

    What arrives meanwhile is counted the next time: reading takes a while, and nobody should wait for it.
    """
    since = _first_whole_month(now, periods)
    counted, written = _counted(since), _written(since)
    # Nothing is held from before.
    db.session.rollback()
    changed = 0
    for team_id in sorted(counted.keys() | written.keys()):
        numbers, before = counted.get(team_id, {}), written.get(team_id, {})
        if numbers != before:
            _write(team_id, numbers, before)
            changed += 1
    return changed


def _first_whole_month(now: datetime, periods: Periods) -> datetime:
    """The first moment of the oldest month of which no tombstone is old enough to go: a tombstone is younger than the
    arrival that it tells of."""
    months = now.year * 12 + now.month - 1 - (periods.record_months - 1)
    return datetime(months // 12, months % 12 + 1, 1, tzinfo=UTC)


def _counted(since: datetime) -> dict[int, _Numbers]:
    # One statement, so that what is deleted just now is either a referral or a tombstone, never both or neither.
    rows = union_all(
        *(
            select(
                table.team_id,
                extract("year", table.received_at).label("year"),
                extract("month", table.received_at).label("month"),
                table.closed_as,
            ).where(table.received_at >= since)
            for table in (Referral, Tombstone)
        )
    ).subquery()
    asked = select(rows.c.team_id, rows.c.year, rows.c.month, rows.c.closed_as, func.count())
    found: dict[int, Counter[tuple[str, str]]] = {}
    grouped = asked.group_by(rows.c.team_id, rows.c.year, rows.c.month, rows.c.closed_as)
    for team_id, year, month, closed_as, number in db.session.execute(grouped):
        of_team, name = found.setdefault(team_id, Counter()), f"{int(year):04}-{int(month):02}"
        of_team[name, ARRIVED] += number
        if closed_as is not None:
            of_team[name, closed_as] += number
    return {team_id: dict(numbers) for team_id, numbers in found.items()}


def _written(since: datetime) -> dict[int, _Numbers]:
    found: dict[int, _Numbers] = {}
    for row in db.session.scalars(select(MonthCount).where(MonthCount.month >= f"{since:%Y-%m}")):
        found.setdefault(row.team_id, {})[row.month, row.what] = row.number
    return found


def _write(team_id: int, numbers: _Numbers, before: _Numbers) -> None:
    with writing() as session:
        connection = session.connection()
        for (month, what), number in numbers.items() - before.items():
            row = {"team_id": team_id, "month": month, "what": what, "number": number}
            connection.execute(_SET[connection.dialect.name], row)
        for month, what in before.keys() - numbers.keys():
            gone = (MonthCount.team_id == team_id, MonthCount.month == month, MonthCount.what == what)
            session.execute(delete(MonthCount).where(*gone))
