"""What an organisation got month by month: its own teams together, the last month first, on either engine."""

from flask import Flask

from server.extensions import db
from server.models import MonthCount, Team
from server.services.months import MOST_MONTHS, Month, months_of
from server.services.transaction import writing
from tests.partnership import found


def _write(*rows: tuple[int, str, str, int]) -> None:
    with writing() as session:
        session.add_all(MonthCount(team_id=team, month=month, what=what, number=n) for team, month, what, n in rows)


def test_teams_of_one_organisation_are_added_up(engine_app: Flask) -> None:
    with engine_app.app_context():
        sides = found()
        home = db.session.get_one(Team, sides.home.team_id)
        assert months_of(home.organisation) == []
        with writing() as session:
            night = Team(organisation=home.organisation, name="Night desk", areas=[], urgent_number="+441414960105")
            session.add(night)
            session.flush()
            second = night.id
        _write(
            (home.id, "2026-10", "arrived", 3),
            (second, "2026-10", "arrived", 4),
            (home.id, "2026-10", "duplicate", 1),
            (home.id, "2026-10", "acted_support", 1),
            (second, "2026-10", "acted_support", 1),
            (home.id, "2026-10", "acted_police", 0),
            (home.id, "2026-11", "arrived", 1),
            (sides.other.team_id, "2026-12", "arrived", 9),
        )
        assert months_of(home.organisation) == [
            Month("2026-11", 1, {}),
            Month("2026-10", 7, {"acted_support": 2, "duplicate": 1}),
        ]
        assert list(months_of(home.organisation)[1].ended) == ["acted_support", "duplicate"]


def test_two_years_are_enough(engine_app: Flask) -> None:
    with engine_app.app_context():
        sides = found()
        months = [f"{2020 + at // 12}-{at % 12 + 1:02}" for at in range(MOST_MONTHS + 3)]
        _write(*((sides.home.team_id, month, "arrived", 1) for month in months))
        shown = months_of(db.session.get_one(Team, sides.home.team_id).organisation)
        assert [one.month for one in shown] == months[:2:-1]
