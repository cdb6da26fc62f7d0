"""Whether somebody is there for what is sent: hours, a number to ring, readers, administrators, the rota. It counts
people, and names none."""

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta

from sqlalchemy import select

from server.extensions import db
from server.models import RotaTurn
from server.services.accounts.administrators import active_administrators
from server.services.checkup.finding import GOOD, Finding, Place, of_few, of_places
from server.services.checkup.teams import teams_now
from server.services.partnership.hours import times_of, today
from server.services.partnership.numbers import NumberRefused, as_e164
from server.services.partnership.organisations import organisations
from server.services.partnership.rota import DAYS

LEAST_READERS = 2
LEAST_ADMINISTRATORS = 2


def hours(_now: datetime) -> Finding:
    """Every team says when it reads: phones tell it before anything is sent."""
    return of_places("hours", tuple(one.place() for one in teams_now() if not one.team.hours))


def urgent_numbers(_now: datetime) -> Finding:
    """Every team has a number that can be rung for what cannot wait."""
    return of_places(
        "urgent_numbers",
        tuple(
            one.place() for one in teams_now() if not _can_be_rung(one.team.urgent_number, one.team.organisation.nation)
        ),
    )


def readers(_now: datetime) -> Finding:
    """Every team has at least two members who work with referrals, so that one may be ill."""
    few = [one for one in teams_now() if len(one.readers) < LEAST_READERS]
    return of_few("readers", [one.place(len(one.readers)) for one in few])


def administrators(_now: datetime) -> Finding:
    """Every organisation has more than one administrator, so that one can give another a way back."""
    counted = Counter(member.team.organisation_id for member in active_administrators(db.session()))
    few = [one for one in organisations() if counted[one.id] < LEAST_ADMINISTRATORS]
    return of_few("administrators", [Place("", one.name, counted[one.id]) for one in few])


def rota(now: datetime) -> Finding:
    """Where a team keeps a rota and reads today, somebody is on it. A team keeps one when there was or is a turn within
    two weeks."""
    first = today(now)
    near = RotaTurn.day.between(first - timedelta(days=DAYS), first + timedelta(days=DAYS))
    turns: dict[int, dict[date, set[int]]] = defaultdict(lambda: defaultdict(set))
    asked = select(RotaTurn.team_id, RotaTurn.day, RotaTurn.member_id).where(near)
    for team_id, day, member_id in db.session.execute(asked):
        turns[team_id][day].add(member_id)
    if not turns:
        return Finding("rota", GOOD, "none")
    return of_places(
        "rota",
        tuple(
            one.place()
            for one in teams_now()
            if one.team.id in turns
            and times_of(one.team.hours, first.isoweekday())
            and not turns[one.team.id][first] & {member.id for member in one.readers}
        ),
    )


def _can_be_rung(number: str, nation: str) -> bool:
    try:
        return bool(as_e164(number, nation))
    except NumberRefused:
        return False
