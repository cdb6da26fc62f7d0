"""Signing in and out: what the cookie is, what is refused, and where one comes back to."""

import pytest
from flask import Flask

from server.inbox.browser_session import COOKIE, FORM_COOKIE
from tests.inbox.conftest import Browser
from tests.partnership import Partnership


def cookies(response: object) -> dict[str, str]:
    headers = response.headers.getlist("Set-Cookie")  # type: ignore[attr-defined]
    return {header.partition("=")[0]: header for header in headers}


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
