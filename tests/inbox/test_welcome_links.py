"""Links that lead nowhere, each with a page that says what to do; and who may open one."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from server import clock
from server.inbox.link_cookie import COOKIE as LINK_COOKIE
from server.models import AccountLink
from server.services import limits
from server.services.transaction import writing
from tests.clients import INBOX, inbox_client
from tests.inbox.conftest import Browser, Hands, cookies_of
from tests.inbox.enrolling import finish, named, opened
from tests.partnership import Partnership

Make = Callable[..., str]


def test_who_is_signed_in_signs_out_first(coordinator: Browser, invited: str) -> None:
    page = opened(coordinator, invited)
    assert page.status_code == 409
    assert "The link is for another account." in page.text
    assert LINK_COOKIE not in cookies_of(page)
    assert coordinator.get("/account").status_code == 200


def test_a_way_back_is_for_who_is_signed_in_too(
    coordinator: Browser, make: Make, partnership: Partnership, hands: Hands
) -> None:
    secret = make("way_back", member_id=partnership.home.member_id, team_id=partnership.home.team_id)
    assert opened(coordinator, secret).location == "/welcome/factor"
    assert finish(coordinator, hands).status_code == 200
    assert coordinator.get("/account").status_code == 200


def test_a_used_link_says_sign_in_instead(app: Flask, stranger: Browser, invited: str, hands: Hands) -> None:
    named(stranger, invited)
    finish(stranger, hands)
    late = Browser(inbox_client(app))
    page = opened(late, invited)
    assert page.status_code == 410
    assert "This link was used already" in page.text
    assert "sign in instead" in page.text


def test_a_link_that_is_over_says_so(stranger: Browser, invited: str, hands: Hands) -> None:
    hands.move(days=8)
    page = opened(stranger, invited)
    assert page.status_code == 410
    assert "This link is over" in page.text


def test_a_link_that_ends_on_the_way_says_so_and_is_let_go(
    app: Flask, stranger: Browser, invited: str, hands: Hands
) -> None:
    opened(stranger, invited)
    token = stranger.token("/welcome/name")
    with app.app_context(), writing() as session:
        session.scalars(select(AccountLink)).one().ended_at = hands.now
    page = stranger.host.post("/welcome/name", data={"csrf_token": token, "name": "east-1"})
    assert page.status_code == 410
    assert "This link was withdrawn" in page.text
    assert "Max-Age=0" in cookies_of(page)[LINK_COOKIE]


@pytest.mark.parametrize(
    ("pasted", "status", "said"),
    [
        ("A" * 43, 404, "This link is not known here"),
        ("", 404, "This link is not known here"),
        ("é" * 43, 404, "This link is not known here"),
        ("short", 404, "This link is not known here"),
        (f"{INBOX}/welcome", 404, "This link is not known here"),
        ("v1.", 422, "This invitation is for a phone"),
        ("http://localhost:8000/join#v1.abc.age1x.-", 422, "This invitation is for a phone"),
        (f"https://elsewhere.example/welcome#{'A' * 43}", 422, "This link is for another server"),
        (f"https://[/welcome#{'A' * 43}", 422, "This link is for another server"),
    ],
)
def test_a_link_that_leads_nowhere_says_what_to_do(
    stranger: Browser, partnership: Partnership, pasted: str, status: int, said: str
) -> None:
    page = opened(stranger, pasted)
    assert page.status_code == status
    assert said in page.text
    assert LINK_COOKIE not in cookies_of(page)
    if len(pasted) > 3:
        assert pasted not in page.text


def test_a_link_is_found_in_what_people_paste(stranger: Browser, invited: str) -> None:
    for pasted in (invited, f"#{invited}", f" {INBOX}/welcome#{invited}\n", f"inbox.localhost:8000/welcome#{invited}"):
        assert opened(stranger, pasted).location == "/welcome/name"


def test_too_many_tries_from_one_address_wait(stranger: Browser) -> None:
    statuses = [opened(stranger, "A" * 43).status_code for _ in range(61)]
    assert statuses[-1] == 429
    assert set(statuses[:-1]) == {404}


def _use_up(what: str) -> None:
    while limits.allow(what, "127.0.0.1", clock.now()):
        pass


def test_failed_sign_ins_of_a_building_keep_nobody_from_their_link(
    stranger: Browser, invited: str, hands: Hands
) -> None:
    _use_up("sign-in")
    assert named(stranger, invited).location == "/welcome/factor"
    assert finish(stranger, hands).status_code == 200


def test_too_many_tries_to_finish_wait(stranger: Browser, invited: str, hands: Hands) -> None:
    named(stranger, invited)
    _use_up("link")
    page = finish(stranger, hands)
    assert page.status_code == 429
    assert "Too many tries from here." in page.text


@pytest.mark.parametrize("path", ["/welcome/organisation", "/welcome/name", "/welcome/factor"])
def test_without_a_link_there_is_nothing(stranger: Browser, coordinator: Browser, path: str) -> None:
    for browser in (stranger, coordinator):
        assert browser.get(path).status_code == 404
        assert browser.host.post(path, data={}).status_code == 404


@pytest.mark.parametrize("path", ["/welcome", "/welcome/name", "/welcome/factor"])
def test_every_form_is_guarded(stranger: Browser, invited: str, path: str) -> None:
    named(stranger, invited)
    assert stranger.host.post(path, data={"secret": invited, "name": "x-x-x"}).status_code == 400
