"""People of a team: invited by a link that is shown once, given roles, and a way back."""

import re

import pytest
from flask import Flask
from sqlalchemy import select, update

from server import clock
from server.extensions import db
from server.models import AccountLink, Member
from server.services.accounts import links
from server.services.transaction import writing
from server.translating.catalogues import locales
from tests.inbox.colleagues import (
    NOBODY,
    TOO_LARGE,
    add_colleague,
    as_member,
    browser_of,
    kinds_of_events,
    second_team,
    signed_in,
    statuses,
)
from tests.inbox.conftest import Browser
from tests.partnership import Partnership

POSTS = ("roles", "way-back", "leave")


def invite(partnership: Partnership) -> str:
    return f"/teams/{partnership.home.team_id}/people/invite"


def link_in(page: str) -> str:
    found = re.findall(r'value="(http://inbox\.localhost:8000/welcome#[\w-]{43})"', page)
    assert len(found) == 1
    return str(found[0])


def newest_link(app: Flask) -> AccountLink:
    with app.app_context():
        link = db.session.scalars(select(AccountLink).order_by(AccountLink.id.desc())).first()
        assert link
        db.session.expunge_all()
        return link


def test_an_invitation_is_shown_once(app: Flask, coordinator: Browser, partnership: Partnership) -> None:
    page = coordinator.submit(
        invite(partnership), invite(partnership), display_name="  Coordinator,  north ", roles=["coordinator", "lead"]
    )
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    secret = link_in(page.text).partition("#")[2]
    assert 'data-copy="link"' in page.text
    with app.app_context():
        link = links.find(secret, clock.now())
        assert (link.kind, link.team_id) == ("member", partnership.home.team_id)
        assert link.display_name == "Coordinator, north"
        assert link.roles == ["coordinator", "lead"]
    shown = coordinator.get("/team", follow_redirects=True).text
    assert secret not in shown
    assert "Coordinator, north" in shown
    assert "Has not used the link yet" in shown
    assert kinds_of_events(app) == ["link_made"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"display_name": "", "roles": ["coordinator"]}, "Say in 2 to 120 letters how colleagues see them."),
        ({"display_name": " x ", "roles": ["coordinator"]}, "Say in 2 to 120 letters"),
        ({"display_name": "x" * 121, "roles": ["coordinator"]}, "Say in 2 to 120 letters"),
        ({"display_name": "Kept words", "roles": []}, "Tick at least one role."),
        ({"display_name": "Kept words", "roles": ["queen"]}, "Tick at least one role."),
    ],
)
def test_a_bad_invitation_is_kept_and_explained(
    app: Flask, coordinator: Browser, partnership: Partnership, typed: dict[str, object], sentence: str
) -> None:
    page = coordinator.submit(invite(partnership), invite(partnership), **typed)
    assert page.status_code == 422
    assert sentence in page.text
    if typed["display_name"] == "Kept words":
        assert 'value="Kept words"' in page.text
    assert "/welcome#" not in page.text
    assert kinds_of_events(app) == []


def test_a_lead_gives_no_administrator(app: Flask, partnership: Partnership) -> None:
    lead = browser_of(app, partnership.home.team_id, "lead")
    page = lead.get(invite(partnership)).text
    assert 'value="coordinator"' in page
    assert 'value="administrator"' not in page
    sent = lead.submit(invite(partnership), invite(partnership), display_name="Boss", roles=["administrator"])
    assert sent.status_code == 422
    assert kinds_of_events(app) == []


def test_a_link_can_be_withdrawn(app: Flask, coordinator: Browser, partnership: Partnership) -> None:
    made = coordinator.submit(invite(partnership), invite(partnership), display_name="North", roles=["coordinator"])
    secret = link_in(made.text).partition("#")[2]
    number = newest_link(app).id
    page = f"/teams/{partnership.home.team_id}"
    assert f'action="/links/{number}/end"' in coordinator.get(page).text
    answer = coordinator.submit(f"/links/{number}/end", page, team=str(partnership.home.team_id))
    assert answer.location == f"{page}?done=link-ended"
    assert "The link opens nothing any more." in coordinator.get(answer.location).text
    with app.app_context(), pytest.raises(links.LinkEnded):
        links.find(secret, clock.now())
    assert kinds_of_events(app) == ["link_made", "link_ended"]


def test_a_link_that_is_over_says_so(app: Flask, coordinator: Browser, partnership: Partnership) -> None:
    coordinator.submit(invite(partnership), invite(partnership), display_name="North", roles=["coordinator"])
    with app.app_context(), writing() as session:
        session.execute(update(AccountLink).values(ends_at=clock.now()))
    assert "Its time is over: make a new one." in coordinator.get(f"/teams/{partnership.home.team_id}").text


@pytest.mark.parametrize("team", ["", "x", "-1", str(TOO_LARGE), str(NOBODY)])
def test_ending_a_link_leads_nowhere_strange(
    coordinator: Browser, partnership: Partnership, app: Flask, team: str
) -> None:
    coordinator.submit(invite(partnership), invite(partnership), display_name="North", roles=["coordinator"])
    answer = coordinator.submit(f"/links/{newest_link(app).id}/end", "/roles", team=team)
    assert answer.status_code == 303
    assert re.fullmatch(r"/teams/\d+\?done=link-ended", answer.location)


def test_another_teams_links_are_not_there(
    app: Flask, coordinator: Browser, outsider: Browser, partnership: Partnership
) -> None:
    coordinator.submit(invite(partnership), invite(partnership), display_name="North", roles=["coordinator"])
    number = newest_link(app).id
    assert statuses(outsider, [f"/links/{number}/end", f"/links/{NOBODY}/end"], "POST") == {404}
    assert newest_link(app).ended_at is None
    reader = browser_of(app, partnership.home.team_id, "coordinator")
    assert statuses(reader, [f"/links/{number}/end"], "POST") == {403}


def test_a_persons_page_shows_their_roles(app: Flask, coordinator: Browser, partnership: Partnership) -> None:
    side = add_colleague(app, partnership.home.team_id, "second", "coordinator", "analyst")
    page = coordinator.get(f"/people/{side.member_id}").text
    assert set(re.findall(r'name="roles" value="(\w+)" checked', page)) == {"coordinator", "analyst"}
    for locale in locales():
        coordinator.submit("/language", "/roles", language=locale.tag, back="/roles")
        for more in ("", "/way-back", "/leave"):
            assert coordinator.get(f"/people/{side.member_id}{more}").status_code == 200
        assert coordinator.get(invite(partnership)).status_code == 200


def test_roles_are_changed_and_sign_them_out(app: Flask, coordinator: Browser, partnership: Partnership) -> None:
    side = add_colleague(app, partnership.home.team_id, "second", "coordinator")
    theirs = signed_in(app, side)
    page = f"/people/{side.member_id}"
    assert coordinator.get(f"{page}/roles").location == page
    answer = coordinator.submit(f"{page}/roles", page, roles=["analyst", "lead"])
    assert answer.location == f"{page}?done=roles"
    assert "The roles are saved." in coordinator.get(answer.location).text
    assert as_member(app, side).roles == ["lead", "analyst"]
    assert theirs.get("/").location.startswith("/sign-in")
    assert kinds_of_events(app) == ["roles_changed"]


def test_no_role_at_all_is_refused(app: Flask, coordinator: Browser, partnership: Partnership) -> None:
    side = add_colleague(app, partnership.home.team_id, "second", "coordinator")
    page = f"/people/{side.member_id}"
    for roles in ([], ["queen"]):
        answer = coordinator.submit(f"{page}/roles", page, roles=roles)
        assert answer.status_code == 422
        assert "Tick at least one role." in answer.text
    assert as_member(app, side).roles == ["coordinator"]


def test_the_last_administrator_stays_one(app: Flask, coordinator: Browser, partnership: Partnership) -> None:
    page = f"/people/{partnership.home.member_id}"
    answer = coordinator.submit(f"{page}/roles", page, roles=["lead"])
    assert answer.status_code == 422
    assert "They are the only administrator." in answer.text
    left = coordinator.submit(f"{page}/leave", f"{page}/leave", hand_to="")
    assert left.status_code == 422
    assert "They are the only administrator." in left.text
    assert as_member(app, partnership.home).is_active


def test_changing_ones_own_roles_leads_to_the_door(app: Flask, coordinator: Browser, partnership: Partnership) -> None:
    page = f"/people/{partnership.home.member_id}"
    assert "Changing your own roles signs you out." in coordinator.get(page).text
    answer = coordinator.submit(f"{page}/roles", page, roles=["lead", "administrator", "analyst"])
    assert answer.location == "/sign-in"


def test_a_lead_keeps_an_administrators_role_where_it_is(app: Flask, partnership: Partnership) -> None:
    lead = browser_of(app, partnership.home.team_id, "lead")
    side = add_colleague(app, partnership.home.team_id, "boss", "administrator", "coordinator")
    page = f"/people/{side.member_id}"
    shown = lead.get(page).text
    assert 'value="administrator"' not in shown
    assert f"{page}/leave" not in shown
    assert f"{page}/way-back" not in shown
    assert lead.submit(f"{page}/roles", page, roles=[]).status_code == 303
    assert as_member(app, side).roles == ["administrator"]
    assert lead.submit(f"{page}/roles", page, roles=["administrator"]).status_code == 422
    back = lead.submit(f"{page}/way-back", page)
    gone = lead.submit(f"{page}/leave", page, hand_to="")
    assert (back.status_code, gone.status_code) == (422, 422)
    assert "You may not give or take these roles." in back.text
    assert "/welcome#" not in back.text
    assert as_member(app, side).is_active


def test_a_way_back_is_shown_once(app: Flask, coordinator: Browser, partnership: Partnership) -> None:
    side = add_colleague(app, partnership.home.team_id, "second", "coordinator")
    path = f"/people/{side.member_id}/way-back"
    page = coordinator.submit(path, path)
    assert page.status_code == 200
    with app.app_context():
        link = links.find(link_in(page.text).partition("#")[2], clock.now())
        assert (link.kind, link.member_id) == ("way_back", side.member_id)
    shown = coordinator.get("/team", follow_redirects=True).text
    assert "A way back in" in shown
    assert kinds_of_events(app) == ["way_back_made"]


def test_nobody_makes_a_way_back_for_themselves(coordinator: Browser, partnership: Partnership) -> None:
    page = f"/people/{partnership.home.member_id}"
    assert f"{page}/way-back" not in coordinator.get(page).text
    assert coordinator.submit(f"{page}/way-back", page).status_code == 422


def test_another_teams_people_are_not_there(app: Flask, coordinator: Browser, partnership: Partnership) -> None:
    numbers = (partnership.other.member_id, NOBODY)
    pages = [f"/people/{number}{more}" for number in numbers for more in ("", "/roles", "/way-back", "/leave")]
    posts = [f"/people/{number}/{more}" for number in numbers for more in POSTS]
    invites = [f"/teams/{number}/people/invite" for number in (partnership.other.team_id, NOBODY)]
    typed = {"display_name": "Spy", "roles": ["coordinator"], "hand_to": ""}
    assert statuses(coordinator, [*pages, *invites, f"/people/{TOO_LARGE}"], "GET") == {404}
    assert statuses(coordinator, [*posts, *invites], "POST", **typed) == {404}
    lead = browser_of(app, partnership.home.team_id, "lead")
    side = add_colleague(app, second_team(app, partnership.home), "second", "coordinator")
    theirs = [f"/people/{side.member_id}{more}" for more in ("", "/way-back", "/leave")]
    assert statuses(lead, theirs, "GET") == {404}
    assert statuses(lead, [f"/people/{side.member_id}/{more}" for more in POSTS], "POST", **typed) == {404}
    assert as_member(app, partnership.other).is_active


def test_who_has_not_come_yet_has_no_page(app: Flask, coordinator: Browser, partnership: Partnership) -> None:
    side = add_colleague(app, partnership.home.team_id, "not yet", "coordinator")
    with app.app_context(), writing() as session:
        session.get_one(Member, side.member_id).joined_at = None
    assert statuses(coordinator, [f"/people/{side.member_id}"], "GET") == {404}
    assert statuses(coordinator, [f"/people/{side.member_id}/{more}" for more in POSTS], "POST") == {404}


@pytest.mark.parametrize("role", ["coordinator", "analyst"])
def test_who_does_not_lead_manages_nobody(app: Flask, partnership: Partnership, role: str) -> None:
    browser = browser_of(app, partnership.home.team_id, role)
    number = partnership.home.member_id
    pages = [f"/people/{number}", f"/people/{number}/way-back", f"/people/{number}/leave", invite(partnership)]
    posts = [*(f"/people/{number}/{more}" for more in POSTS), invite(partnership)]
    assert statuses(browser, pages, "GET") == statuses(browser, posts, "POST") == {403}
