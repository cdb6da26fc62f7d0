"""Hours, numbers, readers, administrators and the rota, good and not, on both engines; no person is named."""

from datetime import date, timedelta
from typing import Any

import pytest

from server.models import Member, RotaTurn, Team
from server.services.checkup import people
from server.services.checkup.finding import GOOD, LOOK, WRONG, Place
from server.services.transaction import writing
from tests.partnership import Partnership
from tests.services.checkup.conftest import NOW, add

HOME, OTHER = Place("The home team", "The home council"), Place("The other team", "The other council")
TODAY = date(2026, 11, 23)


def change(team_id: int, **changes: Any) -> None:
    with writing() as session:
        for name, value in changes.items():
            setattr(session.get_one(Team, team_id), name, value)


def turn(team_id: int, member_id: int, day: date) -> None:
    with writing() as session:
        session.add(RotaTurn(team_id=team_id, member_id=member_id, day=day))


def test_every_team_says_its_hours(teams: Partnership) -> None:
    assert people.hours(NOW).state == GOOD
    change(teams.other.team_id, hours=[])
    assert (people.hours(NOW).state, people.hours(NOW).places) == (WRONG, (OTHER,))


@pytest.mark.parametrize("number", ["", "999", "+44141", "by mail"])
def test_every_team_can_be_rung(teams: Partnership, number: str) -> None:
    assert people.urgent_numbers(NOW).state == GOOD
    change(teams.home.team_id, urgent_number=number)
    assert (people.urgent_numbers(NOW).state, people.urgent_numbers(NOW).places) == (WRONG, (HOME,))


def test_every_team_has_two_readers(teams: Partnership) -> None:
    one = (Place(HOME.team, HOME.organisation, 1), Place(OTHER.team, OTHER.organisation, 1))
    assert (people.readers(NOW).state, people.readers(NOW).places) == (LOOK, one)
    for side in (teams.home, teams.other):
        add(side.team_id, f"reader-{side.team_id}", "coordinator")
        add(side.team_id, f"analyst-{side.team_id}", "analyst")
    assert people.readers(NOW).state == GOOD
    with writing() as session:
        for member in session.query(Member).filter_by(team_id=teams.home.team_id):
            member.left_at = NOW
    assert (people.readers(NOW).state, people.readers(NOW).places) == (
        WRONG,
        (Place(HOME.team, HOME.organisation, 0),),
    )


def test_every_organisation_has_two_administrators(teams: Partnership) -> None:
    one = (Place("", HOME.organisation, 1), Place("", OTHER.organisation, 1))
    assert (people.administrators(NOW).state, people.administrators(NOW).places) == (LOOK, one)
    for side in (teams.home, teams.other):
        add(side.team_id, f"second-{side.team_id}", "administrator")
    assert people.administrators(NOW).state == GOOD
    with writing() as session:
        for member in session.query(Member).filter_by(team_id=teams.other.team_id):
            member.roles = ["lead"]
    found = people.administrators(NOW)
    assert (found.state, found.places) == (WRONG, (Place("", OTHER.organisation, 0),))


def test_a_rota_has_somebody_today(teams: Partnership) -> None:
    home = teams.home
    assert (people.rota(NOW).state, people.rota(NOW).found) == (GOOD, "none")
    turn(home.team_id, home.member_id, TODAY + timedelta(days=14))
    assert (people.rota(NOW).state, people.rota(NOW).places) == (WRONG, (HOME,))
    analyst = add(home.team_id, "analyst", "analyst")
    turn(home.team_id, analyst, TODAY)
    assert people.rota(NOW).state == WRONG, "who is named does not read"
    turn(home.team_id, home.member_id, TODAY)
    assert (people.rota(NOW).state, people.rota(NOW).found) == (GOOD, "good")


def test_a_rota_that_ran_out_is_noticed_and_a_day_off_is_none(teams: Partnership) -> None:
    home = teams.home
    turn(home.team_id, home.member_id, TODAY - timedelta(days=14))
    assert people.rota(NOW).state == WRONG
    change(home.team_id, hours=[{"days": [2], "opens": "08:00", "closes": "18:00"}])
    assert people.rota(NOW).state == GOOD
    change(home.team_id, hours=[{"days": [1], "opens": "08:00", "closes": "18:00"}])
    assert people.rota(NOW + timedelta(days=7)).found == "none", "long given up"
