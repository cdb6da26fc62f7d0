"""Signing in and out: what the cookie is, what is refused, and where one comes back to."""

import json

import pytest
from flask import Flask

from server.inbox.browser_session import COOKIE, FORM_COOKIE
from tests.clients import inbox_client
from tests.inbox.conftest import Browser, Hands, options_of
from tests.inbox.conftest import cookies_of as cookies
from tests.partnership import Partnership
from tests.services.accounts.authenticator import Authenticator


def test_the_cookie_is_for_this_host_and_no_script(stranger: Browser, partnership: Partnership) -> None:
    set_by = cookies(stranger.sign_in(partnership.home))
    for word in ("Secure", "HttpOnly", "SameSite=Strict", "Path=/"):
        assert word in set_by[COOKIE]
    assert "Domain" not in set_by[COOKIE]
    assert COOKIE.startswith("__Host-")
    assert FORM_COOKIE.startswith("__Host-")


def test_nothing_but_our_two_cookies_is_ever_set(stranger: Browser, partnership: Partnership) -> None:
    seen = set(cookies(stranger.get("/sign-in"))) | set(cookies(stranger.sign_in(partnership.home)))
    for path in ("/", "/keys", "/nowhere"):
        seen |= set(cookies(stranger.get(path)))
    assert seen == {COOKIE, FORM_COOKIE}


@pytest.mark.parametrize("wrong", [{"name": "nobody"}, {"password": "another"}, {"code": "000000"}, {"name": ""}])
def test_every_refusal_looks_the_same(stranger: Browser, partnership: Partnership, wrong: dict[str, str]) -> None:
    page = stranger.sign_in(partnership.home, **wrong)
    assert page.status_code == 422
    assert "That did not work." in page.text
    assert COOKIE not in cookies(page)
    assert stranger.get("/").status_code == 303


def test_what_was_typed_comes_back_but_no_password(stranger: Browser, partnership: Partnership) -> None:
    page = stranger.sign_in(partnership.home, password="a wrong password").text
    assert f'value="{partnership.home.sign_in_name}"' in page
    assert "a wrong password" not in page


def test_who_signs_in_comes_back_to_the_page_asked_for(stranger: Browser, partnership: Partnership) -> None:
    to = stranger.get("/keys").location
    assert to == "/sign-in?to=/keys"
    assert stranger.sign_in(partnership.home, to="/keys").location == "/keys"


@pytest.mark.parametrize("to", ["//elsewhere.example", "https://elsewhere.example/", "/\\elsewhere", "/\n/x"])
def test_nobody_is_led_to_another_host(stranger: Browser, partnership: Partnership, to: str) -> None:
    assert stranger.sign_in(partnership.home, to=to).location == "/"


def test_a_language_chosen_at_the_door_stays(stranger: Browser, partnership: Partnership) -> None:
    stranger.sign_in(partnership.home, language="ar")
    assert '<html lang="ar" dir="rtl">' in stranger.get("/").text


def test_signing_out_ends_the_session_on_the_server(app: Flask, coordinator: Browser) -> None:
    kept = coordinator.host.client.get_cookie(COOKIE, domain="inbox.localhost")
    assert kept is not None
    assert coordinator.submit("/sign-out", "/").location == "/sign-in"
    coordinator.host.client.set_cookie(COOKIE, kept.value, domain="inbox.localhost")
    assert coordinator.get("/").status_code == 303


def test_too_many_tries_from_one_address_wait(stranger: Browser, partnership: Partnership) -> None:
    statuses = [stranger.sign_in(partnership.home, name="nobody").status_code for _ in range(31)]
    assert statuses[-1] == 429
    assert set(statuses[:-1]) == {422}


def test_who_is_signed_in_is_not_asked_again(coordinator: Browser) -> None:
    assert coordinator.get("/sign-in").location == "/"


def test_a_passkey_signs_in(stranger: Browser, passkey: Authenticator) -> None:
    answer = passkey.get(options_of(stranger.get("/sign-in?to=/keys")))
    signed = stranger.submit("/sign-in/passkey", "/sign-in", passkey=json.dumps(answer), to="/keys")
    assert (signed.status_code, signed.location) == (303, "/keys")
    assert COOKIE in cookies(signed)
    assert stranger.get("/").status_code == 200


def test_a_script_that_signs_in_is_told_where_to_go_on(stranger: Browser, passkey: Authenticator) -> None:
    answer = passkey.get(options_of(stranger.get("/sign-in?to=/keys")))
    sent = {"passkey": json.dumps(answer), "to": "/keys", "csrf_token": stranger.token("/sign-in")}
    signed = stranger.host.post("/sign-in/passkey", data=sent, headers={"Accept": "application/json"})
    assert (signed.status_code, signed.json) == (200, {"to": "/keys"})
    assert COOKIE in cookies(signed)
    assert signed.headers["Cache-Control"] == "no-store"
    assert stranger.get("/").status_code == 200


def test_a_script_is_led_to_no_other_host_either(stranger: Browser, passkey: Authenticator) -> None:
    answer = passkey.get(options_of(stranger.get("/sign-in")))
    sent = {"passkey": json.dumps(answer), "to": "//elsewhere.example", "csrf_token": stranger.token("/sign-in")}
    signed = stranger.host.post("/sign-in/passkey", data=sent, headers={"Accept": "application/json"})
    assert signed.json == {"to": "/"}


def test_a_page_that_lay_open_gets_new_options(stranger: Browser, passkey: Authenticator, hands: Hands) -> None:
    old = passkey.get(options_of(stranger.get("/sign-in")))
    hands.move(minutes=6)
    refused = stranger.submit("/sign-in/passkey", "/sign-in", passkey=json.dumps(old))
    assert refused.status_code == 422
    assert "Perhaps the page was open too long." in refused.text
    asked = stranger.get("/sign-in/options").json
    assert asked
    signed = stranger.submit("/sign-in/passkey", "/sign-in", passkey=json.dumps(passkey.get(asked)))
    assert signed.status_code == 303


@pytest.mark.parametrize(
    "bent",
    [
        {"clientExtensionResults": {}},
        {"clientExtensionResults": {"prf": {"results": {"first": "c2VjcmV0"}}}},
        {"type": "password"},
        {"id": None},
        {"response": {}},
        {"anything": 1},
    ],
)
def test_an_answer_with_another_member_is_refused_unread(
    stranger: Browser, passkey: Authenticator, monkeypatch: pytest.MonkeyPatch, bent: dict[str, object]
) -> None:
    answer = {**passkey.get(options_of(stranger.get("/sign-in"))), **bent}
    with monkeypatch.context() as patched:
        # The service would say no as well; it must not even be asked.
        patched.setattr("server.services.accounts.passkeys.sign_in", lambda *_: pytest.fail("it was looked at"))
        refused = stranger.submit("/sign-in/passkey", "/sign-in", passkey=json.dumps(answer))
    assert refused.status_code == 422
    assert "That passkey was not accepted." in refused.text
    assert COOKIE not in cookies(refused)


@pytest.mark.parametrize("sent", ["", "{", "[]", "null", "[" * 16000, "1" * 20000])
def test_what_is_no_answer_at_all_is_refused(stranger: Browser, sent: str) -> None:
    assert stranger.submit("/sign-in/passkey", "/sign-in", passkey=sent).status_code == 422


def test_an_answer_made_for_another_browser_is_refused(
    app: Flask, stranger: Browser, passkey: Authenticator, partnership: Partnership
) -> None:
    elsewhere = Browser(inbox_client(app))
    answer = passkey.get(options_of(elsewhere.get("/sign-in")))
    assert stranger.submit("/sign-in/passkey", "/sign-in", passkey=json.dumps(answer)).status_code == 422


def test_the_passkeys_answer_is_guarded_like_every_form(stranger: Browser, passkey: Authenticator) -> None:
    answer = passkey.get(options_of(stranger.get("/sign-in")))
    assert stranger.host.post("/sign-in/passkey", data={"passkey": json.dumps(answer)}).status_code == 400


@pytest.mark.parametrize(("minutes", "said"), [(-3, "about 3 minutes off"), (5, "about 5 minutes off")])
def test_a_wrong_clock_is_told_and_nobody_is_signed_in(
    stranger: Browser, partnership: Partnership, hands: Hands, minutes: int, said: str
) -> None:
    wrong = Hands(hands.now)
    wrong.move(minutes=minutes)
    page = stranger.sign_in(partnership.home, code=wrong.code(partnership.home.totp_secret))
    assert page.status_code == 422
    assert said in page.text
    assert "Set it to automatic" in page.text
    assert COOKIE not in cookies(page)


def test_a_wrong_clock_is_not_told_without_the_password(
    stranger: Browser, partnership: Partnership, hands: Hands
) -> None:
    wrong = Hands(hands.now)
    wrong.move(minutes=5)
    page = stranger.sign_in(partnership.home, password="another", code=wrong.code(partnership.home.totp_secret))
    assert "minutes off" not in page.text
    assert "That did not work." in page.text


def test_a_refusal_tells_of_the_pause(stranger: Browser, partnership: Partnership) -> None:
    assert "a pause of up to 15 minutes" in stranger.sign_in(partnership.home, password="another").text


def test_signing_in_again_replaces_the_session(coordinator: Browser, partnership: Partnership, hands: Hands) -> None:
    hands.move(seconds=30)
    page = coordinator.get("/sign-in?again=1&to=/account")
    assert page.status_code == 200
    assert "Sign in again" in page.text
    before = coordinator.host.client.get_cookie(COOKIE, domain="inbox.localhost")
    code = hands.code(partnership.home.totp_secret)
    typed = {"name": "home", "password": "throw-away password", "code": code, "again": "1", "to": "/account"}
    assert coordinator.submit("/sign-in", "/sign-in?again=1", **typed).location == "/account"
    after = coordinator.host.client.get_cookie(COOKIE, domain="inbox.localhost")
    assert before
    assert after
    assert before.value != after.value
    assert coordinator.get("/account").text.count("This browser") == 1
    assert "End this session" not in coordinator.get("/account").text


def test_help_says_what_to_do(stranger: Browser, coordinator: Browser) -> None:
    for browser in (stranger, coordinator):
        page = browser.get("/sign-in/help")
        assert page.status_code == 200
        for words in ("recovery code", "passkey is lost", "automatic", "a way back"):
            assert words in page.text


def test_a_passkeys_page_that_is_loaded_anew_is_the_sign_in(stranger: Browser) -> None:
    assert stranger.get("/sign-in/passkey").location == "/sign-in"
