"""Organisations come into being with what law says of their kind, once, and their first administrator by a link."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from server.extensions import db
from server.models import AccountLink, Organisation
from server.screening.organisation_kinds import NationUnknown
from server.services.accounts import links
from server.services.accounts.roles import OutOfReach
from server.services.partnership import organisations
from server.services.partnership.organisations import (
    HasBegun,
    KindUnknown,
    NameRefused,
    NameTaken,
    NewOrganisation,
    add_partner,
    found_organisation,
    law_of,
    new_first_link,
    partners,
    teams_of,
)
from server.services.partnership.teams import NewTeam, found_team
from server.services.transaction import writing
from tests.partnership import Partnership, found
from tests.services.partnership.gathering import NOW, colleague, events, member_of

CHARITY = NewOrganisation("Riverside charity", "charity", "GB-SCT")


@pytest.fixture
def sides(engine_app: Flask) -> Iterator[Partnership]:
    with engine_app.app_context():
        yield found()


def named(name: str) -> Organisation:
    return db.session.scalars(select(Organisation).where(Organisation.name == name)).one()


def test_law_comes_from_the_list_and_not_from_whoever_typed(sides: Partnership) -> None:
    with writing() as session:
        made = found_organisation(session, NewOrganisation("A trust", "health_board", "GB-NIR"), is_host=False)
        assert (made.first_responder, made.duty_to_notify, made.is_host) == ("yes", "unknown", False)
        charity = found_organisation(session, CHARITY, is_host=True)
        assert (charity.first_responder, charity.duty_to_notify, charity.is_host) == ("no", "no", True)
        assert law_of(made).name == "Health and social care trust"  # type: ignore[union-attr]


def test_what_the_list_does_not_know_has_no_law(sides: Partnership) -> None:
    assert law_of(Organisation(kind="guild", nation="GB-SCT")) is None
    assert law_of(Organisation(kind="council", nation="FR")) is None


@pytest.mark.parametrize(
    ("new", "refusal"),
    [
        (NewOrganisation(" x ", "charity", "GB-SCT"), NameRefused),
        (NewOrganisation("x" * 121, "charity", "GB-SCT"), NameRefused),
        (NewOrganisation("a\u202eb c", "charity", "GB-SCT"), NameRefused),
        (NewOrganisation("A guild", "guild", "GB-SCT"), KindUnknown),
        (NewOrganisation("A charity", "charity_first_responder", "US"), KindUnknown),
        (NewOrganisation("A charity", "charity", "GB"), NationUnknown),
        (NewOrganisation("THE  home council", "council", "GB-SCT"), NameTaken),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(
    sides: Partnership, new: NewOrganisation, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        add_partner(member_of(sides.home), new, NOW)
    assert len(organisations.organisations()) == 2
    assert events("organisation_added") == []


def test_a_partner_is_added_with_a_link_for_its_first_administrator(sides: Partnership) -> None:
    actor = member_of(sides.home)
    secret = add_partner(actor, CHARITY, NOW)
    made = named("Riverside charity")
    link = links.find(secret, NOW)
    assert (link.kind, link.organisation_id, link.team_id, link.roles) == (
        "organisation",
        made.id,
        None,
        ["administrator", "lead"],
    )
    about = (actor.team.organisation_id, actor.id, "organisation", str(made.id), {})
    assert events("organisation_added") == [about]


def test_the_list_of_partners_says_who_has_begun(sides: Partnership) -> None:
    add_partner(member_of(sides.home), CHARITY, NOW)
    assert [(one.organisation.name, one.teams, one.has_begun) for one in partners()] == [
        ("Riverside charity", 0, False),
        ("The home council", 1, True),
        ("The other council", 1, True),
    ]


def test_a_new_first_link_ends_the_one_before(sides: Partnership) -> None:
    actor = member_of(sides.home)
    first = add_partner(actor, CHARITY, NOW)
    number = named("Riverside charity").id
    organisation, second = new_first_link(actor, number, NOW)
    assert organisation.id == number
    with pytest.raises(links.LinkEnded):
        links.find(first, NOW)
    assert links.find(second, NOW).organisation_id == number
    assert [event[2:4] for event in events("link_made")] == [("organisation", str(number))]


def test_a_new_first_link_goes_on_with_the_team_that_was_founded(sides: Partnership) -> None:
    actor = member_of(sides.home)
    add_partner(actor, CHARITY, NOW)
    organisation = named("Riverside charity")
    with writing() as session:
        team = found_team(session, organisation, NewTeam("Support", "0141 496 0103"))
        session.scalars(select(AccountLink)).one().team_id = team.id
        number = team.id
    _, second = new_first_link(actor, organisation.id, NOW)
    assert links.find(second, NOW).team_id == number


def test_who_has_begun_gets_no_new_first_link(sides: Partnership) -> None:
    actor = member_of(sides.home)
    with pytest.raises(HasBegun):
        new_first_link(actor, member_of(sides.other).team.organisation_id, NOW)
    with pytest.raises(OutOfReach):
        new_first_link(actor, 4711, NOW)
    assert events("link_made") == []


def test_teams_of_an_organisation_are_its_own(sides: Partnership) -> None:
    home = member_of(sides.home).team.organisation
    colleague(sides.other, "somebody")
    assert [team.id for team in teams_of(home)] == [sides.home.team_id]
