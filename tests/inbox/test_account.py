"""One's own account: what it shows, what it changes, and that both need a sign-in of a short while ago."""

import json
import re

import pytest
from flask import Flask
from sqlalchemy import select

from server.extensions import db
from server.models import MemberSession
from server.services.accounts import passkeys
from server.translating.catalogues import locales
from tests.clients import inbox_client
from tests.inbox.conftest import Browser, Hands, options_of
from tests.partnership import PASSWORD, Partnership
from tests.services.accounts.authenticator import Authenticator

NEW = "gravel teapot eleven orbit"
PAGES = ("/account", "/account/passkey", "/account/password", "/account/code-app", "/account/recovery-codes")
CHANGES = (
    "/account/passkey",
    "/account/passkeys/1/remove",
    "/account/password",
    "/account/code-app",
    "/account/recovery-codes",
)


def second(app: Flask, partnership: Partnership, hands: Hands) -> Browser:
    """Another browser of the same member."""
    hands.move(seconds=30)
    browser = Browser(inbox_client(app))
    assert browser.sign_in(partnership.home, code=hands.code(partnership.home.totp_secret)).status_code == 303
    return browser


def is_in(browser: Browser) -> bool:
    return browser.get("/account").status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_there_in_every_language(coordinator: Browser, path: str) -> None:
    for locale in locales():
        coordinator.submit("/language", "/account", language=locale.tag, back=path)
        page = coordinator.get(path)
        assert page.status_code == 200
        assert f'<html lang="{locale.tag}" dir="{locale.dir}">' in page.text
        assert " style=" not in page.text
        assert page.text.count("<script") == 1


@pytest.mark.parametrize("path", PAGES[1:])
def test_after_half_an_hour_one_signs_in_again_first(coordinator: Browser, hands: Hands, path: str) -> None:
    for _ in range(3):
        hands.move(minutes=10)
        shown = coordinator.get("/account").text
    assert "sign in once more first" in shown
    assert "Add a passkey" not in shown
    assert coordinator.get(path).location == f"/sign-in?again=1&to={path}"


@pytest.mark.parametrize("path", CHANGES)
def test_nothing_is_changed_by_a_stale_session(coordinator: Browser, hands: Hands, path: str) -> None:
    token = coordinator.token("/account")
    for _ in range(3):
        hands.move(minutes=10)
        coordinator.get("/account")
    answer = coordinator.host.post(path, data={"csrf_token": token})
    assert answer.location == "/sign-in?again=1&to=/account"
    assert "10 of 10" not in coordinator.get("/account").text


@pytest.mark.parametrize("path", [*CHANGES, "/account/sessions/end-others", "/account/sessions/x/end"])
def test_every_change_is_guarded(coordinator: Browser, path: str) -> None:
    assert coordinator.host.post(path, data={}).status_code == 400


def test_a_passkey_is_listed_and_can_be_removed(coordinator: Browser, passkey: Authenticator) -> None:
    page = coordinator.get("/account").text
    assert "Passkey 1" in page
    assert "Not used yet." in page
    path = re.search(r'action="(/account/passkeys/\d+/remove)"', page)
    assert path
    assert coordinator.submit(path[1], "/account").location == "/account?done=passkey-removed"
    assert "The passkey was removed." in coordinator.get("/account?done=passkey-removed").text
    assert coordinator.submit(path[1], "/account").status_code == 404


def test_another_members_passkey_is_not_there(coordinator: Browser, outsider: Browser, passkey: Authenticator) -> None:
    path = re.search(r'action="(/account/passkeys/\d+/remove)"', coordinator.get("/account").text)
    assert path
    assert outsider.submit(path[1], "/account").status_code == 404
    assert "Passkey 1" in coordinator.get("/account").text


def test_the_last_way_in_stays(coordinator: Browser, passkey: Authenticator, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise passkeys.LastFactor

    monkeypatch.setattr(passkeys, "remove", refuse)
    answer = coordinator.submit("/account/passkeys/1/remove", "/account")
    assert answer.location == "/account?refused=last-way"
    assert "your only way in" in coordinator.get(answer.location).text


def test_the_same_passkey_is_not_added_twice(coordinator: Browser, passkey: Authenticator) -> None:
    options = options_of(coordinator.get("/account/passkey"))
    assert options["excludeCredentials"]
    again = coordinator.submit("/account/passkey", "/account/passkey", passkey=json.dumps(passkey.create(options)))
    assert again.status_code == 422
    assert "It is in your account already." in again.text


def test_a_new_passkey_with_extension_results_is_refused(coordinator: Browser) -> None:
    answer = Authenticator().create(options_of(coordinator.get("/account/passkey")))
    sent = json.dumps({**answer, "clientExtensionResults": {}})
    refused = coordinator.submit("/account/passkey", "/account/passkey", passkey=sent)
    assert refused.status_code == 422
    assert "The passkey was not added." in refused.text
    assert "No passkey" in coordinator.get("/account").text


def test_a_new_password_ends_the_other_sessions(
    app: Flask, coordinator: Browser, partnership: Partnership, hands: Hands
) -> None:
    other = second(app, partnership, hands)
    typed = {"password_current": PASSWORD, "password_new": NEW}
    changed = coordinator.submit("/account/password", "/account/password", **typed)
    assert changed.location == "/account?done=password-changed"
    assert is_in(coordinator)
    assert not is_in(other)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"password_current": "another", "password_new": NEW}, "That is not your password."),
        ({"password_current": PASSWORD, "password_new": "short"}, "That is too short."),
        ({"password_current": PASSWORD, "password_new": "password1234"}, "That is too easy to guess."),
        ({"password_current": PASSWORD, "password_new": NEW * 8}, "That is too long."),
        ({"password_current": PASSWORD, "password_new": ""}, "That is too short."),
    ],
)
def test_a_password_that_cannot_be_is_told_and_not_repeated(
    coordinator: Browser, typed: dict[str, str], said: str
) -> None:
    page = coordinator.submit("/account/password", "/account/password", **typed)
    assert page.status_code == 422
    assert said in page.text
    assert 'aria-invalid="true"' in page.text
    assert f'value="{typed["password_new"]}"' not in page.text
    assert f'value="{typed["password_current"]}"' not in page.text


def app_of(page: str) -> tuple[str, str]:
    """The secret that a page shows, and the number it carries."""
    shown = re.search(r'translate="no">([A-Z2-7 ]+)</bdi>', page)
    draw = re.search(r'name="draw"[^>]*value="([\w-]+)"', page)
    assert shown
    assert draw
    return shown[1].replace(" ", ""), draw[1]


def test_a_new_code_app_counts_once_its_code_fits(
    app: Flask, coordinator: Browser, partnership: Partnership, hands: Hands
) -> None:
    page = coordinator.get("/account/code-app").text
    secret, draw = app_of(page)
    assert 'class="qr-code"' in page
    assert app_of(coordinator.get("/account/code-app").text)[0] != secret
    refused = coordinator.submit("/account/code-app", "/account/code-app", code="000000", draw=draw)
    assert refused.status_code == 422
    assert "do not fit" in refused.text
    assert app_of(refused.text) == (secret, draw)
    off = Hands(hands.now)
    off.move(minutes=4)
    wrong = coordinator.submit("/account/code-app", "/account/code-app", code=off.code(secret), draw=draw)
    assert "about 4 minutes off" in wrong.text
    good = coordinator.submit("/account/code-app", "/account/code-app", code=hands.code(secret), draw=draw)
    assert good.location == "/account?done=code-app-changed"
    hands.move(seconds=30)
    browser = Browser(inbox_client(app))
    assert browser.sign_in(partnership.home, code=hands.code(partnership.home.totp_secret)).status_code == 422
    assert browser.sign_in(partnership.home, code=hands.code(secret)).status_code == 303


@pytest.mark.parametrize("draw", ["", "é", "a b", "x" * 65])
def test_a_number_that_is_none_makes_a_new_picture(coordinator: Browser, draw: str) -> None:
    page = coordinator.submit("/account/code-app", "/account/code-app", code="000000", draw=draw)
    assert page.status_code == 422
    assert app_of(page.text)[1] != draw


def test_recovery_codes_are_shown_once(coordinator: Browser) -> None:
    page = coordinator.submit("/account/recovery-codes", "/account/recovery-codes")
    assert page.status_code == 200
    codes = re.findall(r"<li>([0-9A-Z-]{19})</li>", page.text)
    assert len(set(codes)) == 10
    for path in ("/account", "/account/recovery-codes"):
        shown = coordinator.get(path).text
        assert "10 of 10 left." in shown
        assert not any(code in shown for code in codes)


def test_sessions_are_listed_and_ended(
    app: Flask, coordinator: Browser, partnership: Partnership, hands: Hands
) -> None:
    other, third = second(app, partnership, hands), second(app, partnership, hands)
    page = coordinator.get("/account", headers={"User-Agent": "A telling name/1.0"}).text
    assert page.count("This browser") == 1
    ends = re.findall(r'action="(/account/sessions/[\w-]+/end)"', page)
    assert len(ends) == 2
    assert "telling" not in page
    assert "127.0.0.1" not in page
    assert coordinator.submit(ends[0], "/account").location == "/account?done=session-ended"
    assert [is_in(browser) for browser in (coordinator, other, third)].count(True) == 2
    assert coordinator.submit("/account/sessions/end-others", "/account").location == "/account?done=sessions-ended"
    assert [is_in(browser) for browser in (coordinator, other, third)] == [True, False, False]


def test_another_members_session_cannot_be_ended(
    app: Flask, coordinator: Browser, outsider: Browser, partnership: Partnership
) -> None:
    with app.app_context():
        theirs = select(MemberSession.public_id).where(MemberSession.member_id == partnership.home.member_id)
        public_id = db.session.scalars(theirs).one()
    assert outsider.submit(f"/account/sessions/{public_id}/end", "/account").location == "/account?done=session-ended"
    assert is_in(coordinator)
