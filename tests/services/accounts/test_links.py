"""Links: good once, for their time, and not after somebody ended them; who may not end one is told nothing."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from server.config import Config
from server.extensions import db
from server.models import AccountLink, Member
from server.services.accounts import enrolment, links, members
from server.services.accounts.roles import OutOfReach
from server.services.transaction import writing
from tests.partnership import Partnership
from tests.services.accounts.conftest import NOW, People


def _made(kind: str = "member", **more: Any) -> str:
    with writing() as session:
        return links.make_link(session, kind, NOW, **more)


def _newest() -> AccountLink:
    return db.session.scalars(select(AccountLink).order_by(AccountLink.id.desc()).limit(1)).one()


@pytest.mark.parametrize(("kind", "hours"), [("setup", 24), ("way_back", 24), ("member", 168), ("organisation", 168)])
def test_a_link_lasts_as_long_as_its_kind(joined: Partnership, kind: str, hours: int) -> None:
    secret = _made(kind)
    assert len(secret) == 43
    almost = NOW + timedelta(hours=hours) - timedelta(seconds=1)
    assert links.find(secret, almost).kind == kind
    with pytest.raises(links.LinkOver):
        links.find(secret, NOW + timedelta(hours=hours))


def test_a_link_of_a_clock_that_was_ahead_opens_nothing(joined: Partnership) -> None:
    secret = _made("way_back")
    assert links.find(secret, NOW - timedelta(minutes=30)).kind == "way_back"
    with pytest.raises(links.LinkOver):
        links.find(secret, NOW - timedelta(days=300))


def test_why_a_link_opens_nothing_is_told(engine_joined: Partnership) -> None:
    secret = _made(team_id=engine_joined.home.team_id)
    for wrong in ("", "x", secret[:-1], "\x00", "é" * 43, "\ud800"):
        with pytest.raises(links.LinkUnknown):
            links.find(wrong, NOW)
    with writing() as session:
        links.find_locked(session, secret, NOW).used_at = NOW
    with pytest.raises(links.LinkUsed):
        links.find(secret, NOW)
    secret = _made()
    with writing() as session:
        links.end(session, links.find_locked(session, secret, NOW), NOW)
    with pytest.raises(links.LinkEnded):
        links.find(secret, NOW)


def test_the_secret_stands_in_the_fragment_only(joined: Partnership) -> None:
    secret = _made()
    config = Config(inbox_origin="https://inbox.heed.example")
    assert links.link_url(config, secret) == f"https://inbox.heed.example/welcome#{secret}"
    row = _newest()
    assert secret not in str({column.key: getattr(row, column.key) for column in AccountLink.__mapper__.columns})


def test_a_team_sees_what_is_open(people: People) -> None:
    team = people.lead.team
    first = members.invite(people.lead, team, "Coordinator", ["coordinator"], NOW)
    members.invite(people.lead, team, "Analyst", ["analyst"], NOW)
    members.invite(people.stranger, people.stranger.team, "Elsewhere", ["lead"], NOW)
    assert [link.display_name for link in links.open_links(team)] == ["Analyst", "Coordinator"]
    links.end_link(people.administrator, links.find(first, NOW).id, NOW)
    assert [link.display_name for link in links.open_links(team)] == ["Analyst"]
    with pytest.raises(links.LinkEnded):
        links.find(first, NOW)


def test_who_does_not_reach_a_link_cannot_end_it(people: People) -> None:
    secret = members.invite(people.lead, people.lead.team, "Coordinator", ["coordinator"], NOW)
    setup, partner = _made("setup"), _made("organisation", organisation_id=people.lead.team.organisation_id)
    member_link, setup_link, partner_link = (links.find(each, NOW).id for each in (secret, setup, partner))
    for actor in (people.coordinator, people.stranger):
        for link_id in (member_link, setup_link, partner_link, 999):
            with pytest.raises(OutOfReach):
                links.end_link(actor, link_id, NOW)
    with pytest.raises(OutOfReach):
        links.end_link(people.administrator, setup_link, NOW)
    links.end_link(people.administrator, partner_link, NOW)
    assert links.find(secret, NOW)


def test_ending_it_frees_the_name_that_its_holder_chose(people: People) -> None:
    secret = members.invite(people.lead, people.lead.team, "Coordinator", ["coordinator"], NOW)
    enrolment.keep_name(secret, "newcomer", "", NOW)
    links.end_link(people.lead, links.find(secret, NOW).id, NOW)
    assert db.session.scalar(select(Member).where(Member.sign_in_name == "newcomer")) is None


def test_ending_a_way_back_leaves_the_member_alone(people: People) -> None:
    secret = members.way_back(people.lead, people.coordinator, NOW)
    links.end_link(people.lead, links.find(secret, NOW).id, NOW)
    assert db.session.get_one(Member, people.coordinator.id).is_active
