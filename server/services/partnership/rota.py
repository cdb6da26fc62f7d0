"""Who of a team reads on which day. A day of reading without anybody must be seen before it comes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select

from server.extensions import db
from server.models import Member, RotaTurn, Team
from server.services.accounts.members import members_of
from server.services.accounts.roles import may
from server.services.events import add_event
from server.services.partnership.hours import times_of, today
from server.services.transaction import writing

DAYS = 14


class TurnRefused(ValueError):
    """A turn is on a day that is not on the page, or for somebody who does not read for the team (any more): show the
    rota as it is now, and let them choose again."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the rota. `is_gap`: the team says that it reads on this day, and nobody does."""

    day: date
    times: tuple[tuple[str, str], ...]
    readers: tuple[Member, ...]

    @property
    def is_gap(self) -> bool:
        """Whether somebody should read and nobody is named."""
        return bool(self.times) and not self.readers


def who_may_read(team: Team) -> list[Member]:
    """The members who can take a turn: active, and with a role that works with referrals; by the name of their role."""
    return [member for member in members_of(team) if may(member, "work_referrals")]


def days_of(team: Team, now: datetime, count: int = DAYS) -> list[Day]:
    """Today and the days after it, with their hours and readers."""
    first = today(now)
    readers = {member.id: member for member in who_may_read(team)}
    asked = select(RotaTurn.day, RotaTurn.member_id).where(
        RotaTurn.team_id == team.id, RotaTurn.day >= first, RotaTurn.day < first + timedelta(days=count)
    )
    turns: dict[date, set[int]] = {}
    for on, member_id in db.session.execute(asked):
        turns.setdefault(on, set()).add(member_id)
    return [
        Day(
            day=on,
            times=tuple(times_of(team.hours, on.isoweekday())),
            readers=tuple(member for number, member in readers.items() if number in turns.get(on, ())),
        )
        for on in (first + timedelta(days=number) for number in range(count))
    ]


def readers_today(team: Team, now: datetime) -> list[Member]:
    """Who reads today."""
    return list(days_of(team, now, 1)[0].readers)


def change_rota(actor: Member, team: Team, turns: Mapping[date, set[int]], now: datetime) -> None:
    """Put the whole page of days in place of what stood there; a day that is not in `turns` has nobody.

    In: the ids of members by day. Raises TurnRefused.
    """
    first = today(now)
    past = first + timedelta(days=DAYS)
    with writing() as session:
        readers = {member.id for member in who_may_read(team)}
        for on, ids in turns.items():
            if not first <= on < past or not ids <= readers:
                raise TurnRefused
        window = (RotaTurn.team_id == team.id, RotaTurn.day >= first, RotaTurn.day < past)
        wanted = {(on, reader) for on, ids in turns.items() for reader in ids}
        stood = {(turn.day, turn.member_id) for turn in session.scalars(select(RotaTurn).where(*window))}
        if wanted == stood:
            return
        session.execute(delete(RotaTurn).where(*window))
        session.add_all(RotaTurn(team_id=team.id, day=on, member_id=reader) for on, reader in sorted(wanted))
        detail = {"turns": len(wanted), "days": len({on for on, _ in wanted})}
        add_event(session, actor, "rota_changed", now, about=("team", team.id), detail=detail)
