"""The table of roles holds for every deed in the same way: whom it reaches follows from the table alone."""

import pytest

from server.extensions import db
from server.models import Member, Team
from server.services.accounts import roles
from server.services.accounts.roles import ADMINISTRATOR, COORDINATOR, ORGANISATION, PARTNERSHIP, Deed
from server.services.transaction import writing
from tests.partnership import Partnership

DEED = "count_the_bridges"


def _member(number: int, of_host: bool, *its_roles: str) -> Member:
    with writing() as session:
        member = session.get_one(Member, number)
        member.roles = list(its_roles)
        member.team.organisation.is_host = of_host
    return db.session.get_one(Member, number)


def _reaches(member: Member, team_id: int) -> bool:
    try:
        return roles.team_in_reach(member, DEED, team_id) == db.session.get_one(Team, team_id)
    except roles.OutOfReach:
        return False


@pytest.mark.parametrize("of_host", [True, False])
def test_only_members_of_the_host_reach_the_whole_partnership(
    joined: Partnership, monkeypatch: pytest.MonkeyPatch, of_host: bool
) -> None:
    monkeypatch.setitem(roles.DEEDS, DEED, Deed({ADMINISTRATOR: PARTNERSHIP}))
    member = _member(joined.home.member_id, of_host, ADMINISTRATOR)
    assert roles.may(member, DEED) is of_host
    assert _reaches(member, joined.home.team_id) is of_host
    assert _reaches(member, joined.other.team_id) is of_host


@pytest.mark.parametrize("of_host", [True, False])
def test_a_role_that_reaches_less_counts_for_itself(
    joined: Partnership, monkeypatch: pytest.MonkeyPatch, of_host: bool
) -> None:
    monkeypatch.setitem(roles.DEEDS, DEED, Deed({ADMINISTRATOR: PARTNERSHIP, COORDINATOR: ORGANISATION}))
    member = _member(joined.home.member_id, of_host, ADMINISTRATOR, COORDINATOR)
    assert roles.may(member, DEED)
    assert _reaches(member, joined.home.team_id)
    assert _reaches(member, joined.other.team_id) is of_host


def test_a_role_outside_the_table_may_nothing(joined: Partnership) -> None:
    member = _member(joined.home.member_id, True, "role-of-tomorrow")
    assert [deed for deed in roles.DEEDS if roles.may(member, deed)] == []
    with pytest.raises(KeyError):
        roles.may(member, "deed-of-tomorrow")
