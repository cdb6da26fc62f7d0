"""Keys, holders, drills and recovery sheets, good and not, by team; no person is named."""

from datetime import timedelta

import pytest

from server.models import Member, RecoveryWrap, Team
from server.services.checkup import keys
from server.services.checkup.finding import GOOD, LOOK, WRONG, Place
from server.services.transaction import writing
from tests.partnership import RECIPIENT, Partnership
from tests.services.checkup.conftest import NOW, add, give_key

HOME = Place("The home team", "The home council")


def drill(member_id: int, days: float) -> None:
    with writing() as session:
        session.get_one(Member, member_id).drilled_at = NOW - timedelta(days=days)


def sheet(team_id: int, days: float | None) -> None:
    checked = None if days is None else NOW - timedelta(days=days)
    with writing() as session:
        session.add(RecoveryWrap(team_id=team_id, recipient="age1", file=b"x", made_at=NOW, checked_at=checked))


def test_a_team_without_keys_is_wrong(teams: Partnership) -> None:
    found = keys.team_keys(NOW)
    assert (found.state, found.places) == (WRONG, (Place("The other team", "The other council"),))
    with writing() as session:
        session.get_one(Team, teams.other.team_id).age_recipient = RECIPIENT
    assert (keys.team_keys(NOW).state, keys.team_keys(NOW).places) == (GOOD, ())


def test_two_members_hold_the_keys(teams: Partnership) -> None:
    home = teams.home
    assert (keys.key_holders(NOW).state, keys.key_holders(NOW).places) == (
        WRONG,
        (Place(HOME.team, HOME.organisation, 0),),
    )
    give_key(home.team_id, home.member_id)
    assert (keys.key_holders(NOW).state, keys.key_holders(NOW).places) == (
        LOOK,
        (Place(HOME.team, HOME.organisation, 1),),
    )
    colleague = add(home.team_id, "colleague", "coordinator")
    give_key(home.team_id, colleague)
    assert keys.key_holders(NOW).state == GOOD
    # Who has left, or works with referrals no more, opens nothing.
    with writing() as session:
        session.get_one(Member, colleague).roles = ["analyst"]
    assert keys.key_holders(NOW).state == LOOK
    with writing() as session:
        session.get_one(Member, colleague).roles = ["coordinator"]
        session.get_one(Member, colleague).left_at = NOW
    assert keys.key_holders(NOW).state == LOOK
    # Nor does who was invited and never came.
    with writing() as session:
        session.get_one(Member, colleague).left_at = session.get_one(Member, colleague).joined_at = None
    assert keys.key_holders(NOW).state == LOOK


def test_every_holder_is_drilled_within_half_a_year(teams: Partnership) -> None:
    home = teams.home
    assert keys.drills(NOW).state == GOOD, "nobody holds keys"
    give_key(home.team_id, home.member_id)
    assert (keys.drills(NOW).state, keys.drills(NOW).places) == (WRONG, (Place(HOME.team, HOME.organisation, 1),))
    colleague = add(home.team_id, "colleague", "coordinator")
    give_key(home.team_id, colleague)
    drill(colleague, 180)
    assert (keys.drills(NOW).state, keys.drills(NOW).places) == (LOOK, (Place(HOME.team, HOME.organisation, 1),))
    drill(home.member_id, 1)
    assert keys.drills(NOW).state == GOOD
    drill(colleague, 180.01)
    assert keys.drills(NOW).state == LOOK
    drill(home.member_id, 181)
    assert (keys.drills(NOW).state, keys.drills(NOW).places) == (WRONG, (Place(HOME.team, HOME.organisation, 2),))


@pytest.mark.parametrize(("days", "state"), [(0, GOOD), (365, GOOD), (365.01, LOOK), (None, LOOK)])
def test_a_recovery_sheet_is_checked_within_a_year(teams: Partnership, days: float | None, state: str) -> None:
    assert (keys.recovery_sheets(NOW).state, keys.recovery_sheets(NOW).places) == (WRONG, (HOME,))
    sheet(teams.home.team_id, days)
    found = keys.recovery_sheets(NOW)
    assert (found.state, found.places) == (state, () if state == GOOD else (HOME,))
