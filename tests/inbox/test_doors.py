"""Who may come in: routes say so, forms must come from our pages, other teams' numbers are not there."""

import uuid
from collections.abc import Callable

import pyotp
import pytest
from flask import Flask

from server import clock
from server.models import Team
from server.services.accounts.roles import DEEDS
from server.services.founding import add_member
from server.services.intake import Stored
from server.services.transaction import writing
from tests.clients import INBOX, inbox_client
from tests.inbox.conftest import Browser
from tests.inbox.every_address import Address, addresses, numbers_of
from tests.partnership import PASSWORD, Partnership, Side
from tests.referrals import AGE_FILE

Send = Callable[..., Stored]
SOMETHING = str(uuid.uuid4())
BY_SCRIPT = (
    "inbox.note",
    "inbox.messages",
    "inbox.write_message",
    "inbox.public_keys",
    "inbox.make_invitation",
    "inbox.voucher",
    "inbox.keys_state",
    "inbox.save_first_keys",
    "inbox.save_identity",
    "inbox.save_words",
    "inbox.save_passkey_wrap",
    "inbox.save_half",
    "inbox.admit_member",
    "inbox.save_roster",
    "inbox.renew_keys",
    "inbox.save_drill",
    "inbox.offer_transfer",
    "inbox.transfer_file",
)
NOBODY = {"sign_in", "try_sign_in", "try_passkey", "passkey_page", "passkey_options", "recovery", "try_recovery"}
NOTHING = {"mark", "sign_in_help", "welcome", "open_link"}
# Not the member's to see: the address is theirs, and holds no number.
ROLES_ALONE = ("coordinator", "lead", "administrator", "analyst")


def _own(app: Flask, side: Side) -> list[Address]:
    return list(addresses(app, numbers_of(app, side)))


def test_every_route_states_whom_it_needs(app: Flask, partnership: Partnership) -> None:
    said = {one.endpoint.removeprefix("inbox."): one.need for one in _own(app, partnership.home)}
    assert set(said.values()) <= {*DEEDS, "nobody", "link", "nothing"}
    # Every deed of the table opens something, and only these need no account.
    assert set(DEEDS) <= set(said.values())
    assert {endpoint for endpoint, need in said.items() if need == "nobody"} == NOBODY
    assert {endpoint for endpoint, need in said.items() if need == "nothing"} == NOTHING
    assert {endpoint for endpoint, need in said.items() if need == "link"} == {
        name for name in said if name.startswith(("welcome_", "save_welcome_")) or name == "make_account"
    }


def test_no_change_is_made_by_a_link(app: Flask, partnership: Partnership) -> None:
    assert {one.method for one in _own(app, partnership.home)} == {"GET", "POST"}


def test_a_stranger_is_asked_to_sign_in_everywhere(app: Flask, stranger: Browser, partnership: Partnership) -> None:
    asked = [one for one in _own(app, partnership.home) if one.need in DEEDS]
    assert len(asked) > 50
    for one in asked:
        answer = stranger.host.open(one.path, method=one.method)
        if one.endpoint in BY_SCRIPT:
            assert (answer.status_code, answer.data) == (401, b""), one
        else:
            assert answer.status_code == 303, one
            assert answer.location.startswith("/sign-in"), one


@pytest.mark.parametrize("token", [None, "", "not-the-token", "é"])
def test_a_form_from_elsewhere_changes_nothing(
    app: Flask, coordinator: Browser, partnership: Partnership, token: str | None
) -> None:
    """Every change of the inbox asks for the proof first, whoever sends it."""
    posts = [one for one in _own(app, partnership.home) if one.method == "POST" and one.need in DEEDS]
    assert len(posts) > 30
    for one in posts:
        answer = coordinator.host.post(one.path, data={} if token is None else {"csrf_token": token})
        assert answer.status_code == 400, one
        assert "This page was open too long" in answer.text, one


def test_another_teams_numbers_are_not_there(app: Flask, coordinator: Browser, partnership: Partnership) -> None:
    """The home team's administrator and lead, with the numbers of the other organisation."""
    theirs = [one for one in _own(app, partnership.other) if one.has_number and one.need in DEEDS]
    assert len(theirs) > 20
    for one in theirs:
        if one.need == "manage_partners" or one.endpoint == "inbox.end_session":
            continue  # The host does reach its partners; an ended sign-in and one that never was look the same.
        if one.method == "GET":
            answer = coordinator.get(one.path)
        else:
            answer = coordinator.submit(one.path, "/account", version="1", outcome="not_enough")
        assert answer.status_code == 404, one
        assert "There is nothing here" in answer.text or not answer.data, one


@pytest.mark.parametrize("role", ROLES_ALONE)
def test_each_role_comes_as_far_as_the_table_says(app: Flask, partnership: Partnership, role: str) -> None:
    side = partnership.home
    own = _own(app, side)
    with app.app_context(), writing() as session:
        team = session.get_one(Team, side.team_id)
        one_role = add_member(session, team, role, "One role", PASSWORD, roles=(role,), now=clock.now())
        secret = one_role.totp_secret
    browser = Browser(inbox_client(app))
    code = pyotp.TOTP(str(secret)).now()
    assert browser.submit("/sign-in", "/sign-in", name=role, password=PASSWORD, code=code).status_code == 303
    for one in own:
        if one.need not in DEEDS or one.path == "/":
            continue
        allowed = role in DEEDS[one.need].reach
        # A form without the proof changes nothing: who may send it is told so, who may not is told no.
        status = browser.host.open(one.path, method=one.method).status_code
        assert (status != 403) == allowed, (one, status)
    # The front door leads each to where its work is.
    front = browser.get("/")
    assert (front.status_code == 200) == (role in DEEDS["work_referrals"].reach)
    assert browser.host.client.get("/", base_url=INBOX, follow_redirects=True).status_code == 200


def test_the_sign_in_form_is_guarded_too(stranger: Browser, partnership: Partnership) -> None:
    home = partnership.home
    typed = {"name": home.sign_in_name, "password": "throw-away password", "code": home.code()}
    assert stranger.host.post("/sign-in", data=typed).status_code == 400
    token = stranger.token("/sign-in")
    stranger.host.client.delete_cookie("__Host-heed-form", domain="inbox.localhost")
    assert stranger.host.post("/sign-in", data={**typed, "csrf_token": token}).status_code == 400


def test_a_token_of_another_session_is_refused(coordinator: Browser, outsider: Browser) -> None:
    stolen = outsider.token("/")
    assert coordinator.host.post("/sign-out", data={"csrf_token": stolen}).status_code == 400


def test_another_teams_referral_is_not_there(outsider: Browser, send: Send) -> None:
    number = send(file=AGE_FILE).id
    assert outsider.get(f"/referrals/{number}").status_code == 404
    assert outsider.get(f"/referrals/{number}/note").status_code == 404
    for deed in ("claim", "close"):
        sent = {"version": "1", "outcome": "not_enough"}
        assert outsider.submit(f"/referrals/{number}/{deed}", "/", **sent).status_code == 404
    assert number not in outsider.get("/").text


def test_an_unknown_address_has_a_page_in_the_look(coordinator: Browser) -> None:
    for path, status in (("/nowhere", 404), ("/referrals/1", 404), (f"/referrals/{SOMETHING}", 404)):
        page = coordinator.get(path)
        assert page.status_code == status
        assert "There is nothing here" in page.text
    assert coordinator.get("/sign-out").status_code == 405
    assert coordinator.get("/?show=nothing-like-it").status_code == 404
