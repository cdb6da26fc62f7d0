"""Making an account by a link, from the first administrator to the way back."""

import html
import json
import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from server.config import Config
from server.extensions import db
from server.inbox.browser_session import COOKIE
from server.inbox.link_cookie import COOKIE as LINK_COOKIE
from server.models import Member, Organisation, Team
from server.services.accounts import links
from server.translating.catalogues import locales
from tests.clients import INBOX, inbox_client
from tests.inbox.conftest import Browser, Hands, cookies_of, options_of
from tests.inbox.enrolling import NEW, finish, named, opened, shown_secret
from tests.partnership import Partnership
from tests.services.accounts.authenticator import Authenticator

Make = Callable[..., str]
FOUNDING = {
    "organisation_name": "Clyde Council",
    "kind": "GB-SCT.council",
    "team_name": "Adult protection",
    "urgent_number": "0141 496 0101",
}


def test_the_first_administrator_founds_everything(app: Flask, stranger: Browser, make: Make, hands: Hands) -> None:
    secret = make("setup", roles=("administrator", "lead"))
    assert opened(stranger, f"{INBOX}/welcome#{secret}").location == "/welcome/organisation"
    assert "Scotland" in stranger.get("/welcome/organisation").text
    founded = stranger.submit("/welcome/organisation", "/welcome/organisation", **FOUNDING)
    assert founded.location == "/welcome/name"
    typed = {"name": "Clyde-Admin", "role": "Administrator, Clyde"}
    assert stranger.submit("/welcome/name", "/welcome/name", **typed).location == "/welcome/factor"
    done = finish(stranger, hands)
    assert done.status_code == 200
    assert len(re.findall(r"<li>[0-9A-Z-]{19}</li>", done.text)) == 10
    assert 'href="/keys"' in done.text
    with app.app_context():
        founded_by = db.session.scalars(select(Member)).one()
        assert founded_by.roles == ["administrator", "lead"]
        assert founded_by.display_name == "Administrator, Clyde"
        assert founded_by.team.urgent_number == "+441414960101"
        assert founded_by.team.organisation.is_host
    assert stranger.get("/keys").status_code == 200


def test_a_partner_founds_its_team_alone(app: Flask, stranger: Browser, make: Make, partnership: Partnership) -> None:
    with app.app_context():
        number = db.session.scalars(select(Organisation.id)).first()
    opened(stranger, make("organisation", organisation_id=number, roles=("administrator",)))
    page = stranger.get("/welcome/organisation").text
    assert "organisation_name" not in page
    typed = {"team_name": "A second team", "urgent_number": "0141 496 0101"}
    founded = stranger.submit("/welcome/organisation", "/welcome/organisation", **typed)
    assert founded.location == "/welcome/name"
    with app.app_context():
        assert db.session.scalars(select(Team).where(Team.name == "A second team")).one().organisation_id == number
        assert db.session.scalar(select(func.count()).select_from(Organisation)) == 2


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"organisation_name": "The home council"}, "There is an organisation of this name already."),
        ({"organisation_name": "x"}, "Write a name of 2 to 120 letters."),
        ({"organisation_name": "a\x00b"}, "Write a name of 2 to 120 letters."),
        ({"kind": ""}, "Choose one of the list."),
        ({"kind": "GB-SCT.nothing"}, "Choose one of the list."),
        ({"kind": "XX.council"}, "Choose one of the list."),
        ({"team_name": " "}, "Write a name of 2 to 120 letters."),
        ({"urgent_number": "101"}, "This is no number that can be rung from anywhere."),
        ({"urgent_number": ""}, "This is no number that can be rung from anywhere."),
    ],
)
def test_what_cannot_be_founded_is_told_at_its_place_and_kept(
    app: Flask, stranger: Browser, partnership: Partnership, make: Make, changes: dict[str, str], said: str
) -> None:
    opened(stranger, make("setup", roles=("administrator",)))
    page = stranger.submit("/welcome/organisation", "/welcome/organisation", **{**FOUNDING, **changes})
    assert page.status_code == 422
    assert said in page.text
    field = next(iter(changes))
    assert re.search(rf'id="{field}-error"', page.text)
    for name, value in FOUNDING.items():
        if name not in changes and name != "kind":
            assert f'value="{value}"' in page.text
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Organisation)) == 2


def test_an_invited_member_makes_an_account_with_a_passkey(
    app: Flask, stranger: Browser, invited: str, partnership: Partnership
) -> None:
    assert named(stranger, invited).location == "/welcome/factor"
    device = Authenticator()
    answer = json.dumps(device.create(options_of(stranger.get("/welcome/factor"))))
    done = stranger.submit("/welcome/factor", "/welcome/factor", passkey=answer)
    assert done.status_code == 200
    set_by = cookies_of(done)
    assert "Max-Age=0" in set_by[LINK_COOKIE]
    for word in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/"):
        assert word in set_by[COOKIE]
    # The home team has its keys: on to the list.
    assert re.search(r'class="btn main" href="/"', done.text)
    page = stranger.get("/account").text
    assert "Passkey 1" in page
    assert "Coordinator, east" in page
    again = Browser(inbox_client(app))
    signed = again.submit(
        "/sign-in/passkey", "/sign-in", passkey=json.dumps(device.get(options_of(again.get("/sign-in"))))
    )
    assert signed.status_code == 303


def test_the_cookie_of_a_link_is_for_this_host_and_no_script(stranger: Browser, invited: str) -> None:
    answer = opened(stranger, invited)
    header = cookies_of(answer)[LINK_COOKIE]
    assert LINK_COOKIE.startswith("__Host-")
    for word in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/"):
        assert word in header
    assert invited not in answer.location
    for path in ("/welcome/name", "/welcome"):
        assert invited not in stranger.get(path).text


def test_a_role_that_was_given_stays(app: Flask, stranger: Browser, invited: str) -> None:
    opened(stranger, invited)
    page = stranger.get("/welcome/name").text
    assert "<bdi>Coordinator, east</bdi>" in page
    assert 'id="role"' not in page
    named(stranger, invited, role="Somebody else")
    with app.app_context():
        made = db.session.scalars(select(Member).where(Member.sign_in_name == "east-1")).one()
        assert made.display_name == "Coordinator, east"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": "home"}, "somebody may have it"),
        ({"name": "HOME"}, "somebody may have it"),
        ({"name": "ab"}, "at least three letters"),
        ({"name": "two words"}, "at least three letters"),
        ({"name": "nul\x00l"}, "at least three letters"),
        ({"name": ""}, "at least three letters"),
    ],
)
def test_a_name_that_cannot_be_is_told(stranger: Browser, invited: str, changes: dict[str, str], said: str) -> None:
    page = named(stranger, invited, **changes)
    assert page.status_code == 422
    assert said in page.text
    assert f'value="{html.escape(changes["name"])}"' in page.text


def test_without_a_given_role_one_is_asked_for(stranger: Browser, make: Make, partnership: Partnership) -> None:
    secret = make("member", team_id=partnership.home.team_id, roles=("analyst",))
    page = named(stranger, secret, role=" ")
    assert page.status_code == 422
    assert "Write what you do, in a few words." in page.text
    assert "A role, not your own name" in page.text
    assert named(stranger, secret, role="Analyst, west").location == "/welcome/factor"


def test_a_name_can_be_changed_until_the_end(stranger: Browser, invited: str) -> None:
    named(stranger, invited)
    assert 'value="east-1"' in stranger.get("/welcome/name").text
    assert stranger.submit("/welcome/name", "/welcome/name", name="east-2").location == "/welcome/factor"
    assert "<bdi>east-2</bdi>" in stranger.get("/welcome/factor").text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"password_new": "short"}, "That is too short."),
        ({"password_new": "password1234"}, "Longer is better: take four words"),
        ({"password_new": "x" * 129}, "That is too long."),
        ({"code": "000000"}, "The six digits do not fit."),
        ({"code": ""}, "The six digits do not fit."),
        ({"passkey": "{}"}, "That passkey was not accepted."),
        ({"passkey": '{"clientExtensionResults": {}}'}, "That passkey was not accepted."),
    ],
)
def test_what_cannot_be_a_way_in_is_told_and_the_link_lives(
    stranger: Browser, invited: str, hands: Hands, changes: dict[str, str], said: str
) -> None:
    named(stranger, invited)
    page = finish(stranger, hands, **changes)
    assert page.status_code == 422
    assert said in page.text
    assert COOKIE not in cookies_of(page)
    assert NEW not in page.text
    assert finish(stranger, hands).status_code == 200


def test_a_wrong_clock_is_told(stranger: Browser, invited: str, hands: Hands) -> None:
    named(stranger, invited)
    off = Hands(hands.now)
    off.move(minutes=-4)
    page = finish(stranger, hands, code=off.code(shown_secret(stranger.get("/welcome/factor"))))
    assert page.status_code == 422
    assert "about 4 minutes off" in page.text


def test_the_picture_holds_the_secret_and_stays_the_same(stranger: Browser, invited: str) -> None:
    named(stranger, invited)
    page = stranger.get("/welcome/factor")
    assert 'class="qr-code"' in page.text
    assert shown_secret(page) == shown_secret(stranger.get("/welcome/factor"))
    assert re.search(r'translate="no">(?:[A-Z2-7]{4} ?){8}</bdi>', page.text)


def test_no_step_can_be_jumped(stranger: Browser, make: Make, invited: str) -> None:
    opened(stranger, make("setup", roles=("administrator",)))
    for path in ("/welcome/name", "/welcome/factor"):
        assert stranger.get(path).location == "/welcome/organisation"
    ahead = stranger.submit("/welcome/factor", "/welcome/organisation", password_new=NEW, code="000000")
    assert ahead.location == "/welcome/organisation"
    ahead = stranger.submit("/welcome/name", "/welcome/organisation", name="early-bird", role="Early")
    assert ahead.location == "/welcome/organisation"
    opened(stranger, invited)
    assert stranger.get("/welcome/organisation").location == "/welcome/name"
    assert stranger.get("/welcome/factor").location == "/welcome/name"


def test_a_way_back_takes_the_old_ways_with_it(
    app: Flask, stranger: Browser, coordinator: Browser, make: Make, partnership: Partnership, hands: Hands
) -> None:
    member_id = partnership.home.member_id
    secret = make("way_back", member_id=member_id, team_id=partnership.home.team_id)
    assert opened(stranger, secret).location == "/welcome/factor"
    assert stranger.get("/welcome/name").location == "/welcome/factor"
    assert "stops working when you finish here" in stranger.get("/welcome/factor").text
    assert finish(stranger, hands).status_code == 200
    assert stranger.get("/account").status_code == 200
    assert coordinator.get("/account").status_code == 303
    hands.move(seconds=30)
    old = Browser(inbox_client(app)).sign_in(partnership.home, code=hands.code(partnership.home.totp_secret))
    assert old.status_code == 422


def test_every_page_is_there_in_every_language(stranger: Browser, invited: str, make: Make) -> None:
    opened(stranger, make("setup", roles=("administrator",)))
    paths = [(make("setup", roles=("administrator",)), "/welcome/organisation"), (invited, "/welcome/name")]
    for secret, path in paths:
        opened(stranger, secret)
        for locale in locales():
            page = stranger.get(f"{path}?language={locale.tag}").text
            assert f'<html lang="{locale.tag}" dir="{locale.dir}">' in page
            assert f'name="language" value="{locale.tag}"' in page
            assert " style=" not in page


def test_a_language_chosen_on_the_way_stays(stranger: Browser, invited: str, hands: Hands) -> None:
    assert stranger.submit("/welcome", "/welcome", secret=invited, language="ar").location.endswith("?language=ar")
    stranger.submit("/welcome/name", "/welcome/name", name="east-1", language="ar")
    assert '<html lang="ar" dir="rtl">' in finish(stranger, hands, language="ar").text
    assert '<html lang="ar" dir="rtl">' in stranger.get("/account").text


def test_the_links_of_the_service_are_ours() -> None:
    assert links.link_url(Config(), "s").startswith(f"{INBOX}/welcome#")
