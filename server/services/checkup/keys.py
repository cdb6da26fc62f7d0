"""Whether what the teams are sent can still be opened: keys, who holds them, drills, recovery sheets. It counts people,
and names none."""

from datetime import datetime, timedelta

from sqlalchemy import select

from server.extensions import db
from server.models import RecoveryWrap
from server.services.checkup.finding import Finding, of_few, of_places
from server.services.checkup.teams import TeamNow, teams_now

# One who leaves or forgets must not take all notes with them.
LEAST_HOLDERS = 2
# The inbox asks each month (keys/state.py); whoever has not answered for half a year has words that nobody tried.
DRILLED_WITHIN = timedelta(days=180)
SHEET_WITHIN = timedelta(days=365)


def team_keys(_now: datetime) -> Finding:
    """Every team has keys: without them, notes wait on the phones."""
    return of_places("team_keys", tuple(one.place() for one in teams_now() if one.team.age_recipient is None))


def key_holders(_now: datetime) -> Finding:
    """At least two members of each team can open what it is sent."""
    few = [one for one in _with_keys() if len(one.holders) < LEAST_HOLDERS]
    return of_few("key_holders", [one.place(len(one.holders)) for one in few])


def drills(now: datetime) -> Finding:
    """Everybody who holds keys has shown within half a year that their words still open them. Wrong where nobody of a
    team has."""
    late = {one.team.id: sum(not _drilled(member.drilled_at, now) for member in one.holders) for one in _with_keys()}
    found = [(one, late[one.team.id]) for one in _with_keys() if late[one.team.id]]
    return of_places(
        "drills",
        tuple(one.place(number) for one, number in found if number == len(one.holders)),
        tuple(one.place(number) for one, number in found if number < len(one.holders)),
    )


def recovery_sheets(now: datetime) -> Finding:
    """Every team has a recovery sheet, and somebody found it where it should be within a year."""
    asked = select(RecoveryWrap.team_id, RecoveryWrap.checked_at)
    checked = {wrap.team_id: wrap.checked_at for wrap in db.session.execute(asked)}
    teams = _with_keys()
    return of_places(
        "recovery_sheets",
        tuple(one.place() for one in teams if one.team.id not in checked),
        tuple(one.place() for one in teams if one.team.id in checked and _is_old(checked[one.team.id], now)),
    )


def _with_keys() -> list[TeamNow]:
    return [one for one in teams_now() if one.team.age_recipient is not None]


def _drilled(at: datetime | None, now: datetime) -> bool:
    return at is not None and at >= now - DRILLED_WITHIN


def _is_old(at: datetime | None, now: datetime) -> bool:
    return at is None or at < now - SHEET_WITHIN
