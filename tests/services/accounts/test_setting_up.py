"""Setting up: one link for the first administrator, none once there is one, and never beside a demonstration."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from server.extensions import db
from server.models import Installation, Member
from server.services.accounts import enrolment, links, members, setting_up
from server.services.partnership.organisations import NewOrganisation
from server.services.partnership.teams import NewTeam
from server.services.transaction import writing
from tests.services.accounts.conftest import NOW, People

ORGANISATION = NewOrganisation("Clyde Valley Council", "council", "GB-SCT")
TEAM = NewTeam("Social work", "+441414960101")


def test_a_second_link_ends_the_first_and_goes_on_where_it_stopped(
    engine_app: Flask, kinds: Callable[[], list[str]]
) -> None:
    with engine_app.app_context():
        first = setting_up.first_link(NOW)
        assert kinds() == []
        enrolment.keep_organisation(first, ORGANISATION, TEAM, NOW)
        enrolment.keep_name(first, "first", "", NOW)
        second = setting_up.first_link(NOW)
        with pytest.raises(links.LinkEnded):
            links.find(first, NOW)
        assert enrolment.step_of(links.find(second, NOW)) == "name"
        assert db.session.scalar(select(Member)) is None
        assert kinds() == ["organisation_added", "team_added", "link_made"]
        enrolment.keep_name(second, "first", "", NOW)


def test_with_an_administrator_there_is_no_first_link(people: People) -> None:
    with pytest.raises(setting_up.AlreadySetUp):
        setting_up.first_link(NOW)
    for administrator in (people.administrator, people.stranger):
        with writing() as session:
            session.get_one(Member, administrator.id).left_at = NOW
    assert setting_up.first_link(NOW)


def test_the_operator_gives_a_way_back(people: People, kinds: Callable[[], list[str]]) -> None:
    earlier = members.way_back(people.lead, people.coordinator, NOW)
    secret = setting_up.way_back(" HOME", NOW)
    with pytest.raises(links.LinkEnded):
        links.find(earlier, NOW)
    assert enrolment.holder(links.find(secret, NOW)).id == people.coordinator.id
    assert kinds()[-1] == "way_back_made"
    with pytest.raises(setting_up.NobodyOfThisName):
        setting_up.way_back("nobody", NOW)
    members.leave(people.lead, people.coordinator, None, NOW)
    for name in ("home", ""):
        with pytest.raises(setting_up.NobodyOfThisName):
            setting_up.way_back(name, NOW)


def test_a_demonstration_has_no_real_account(people: People) -> None:
    with writing() as session:
        session.add(Installation(id=1, is_demo=True, made_at=NOW))
    with pytest.raises(setting_up.IsADemo):
        setting_up.first_link(NOW)
    with pytest.raises(setting_up.IsADemo):
        setting_up.way_back("home", NOW)
