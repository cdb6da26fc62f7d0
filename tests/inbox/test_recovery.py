"""Recovery codes at the door: each works once, and what comes next is a new way to sign in."""

import re

import pytest
from flask import Flask

from server.inbox.browser_session import COOKIE
from tests.clients import inbox_client
from tests.inbox.conftest import Browser, cookies_of
from tests.partnership import PASSWORD, Partnership


@pytest.fixture
def codes(coordinator: Browser) -> list[str]:
    """Ten codes that the home team's member has made."""
    page = coordinator.submit("/account/recovery-codes", "/account/recovery-codes")
    return re.findall(r"<li>([0-9A-Z-]{19})</li>", page.text)


def test_a_code_lets_in_once_and_leads_to_the_account(
    app: Flask, stranger: Browser, codes: list[str], partnership: Partnership
) -> None:
    typed = {"name": "home", "password": PASSWORD, "code": codes[0].lower().replace("-", " ")}
    signed = stranger.submit("/sign-in/recovery", "/sign-in/recovery", **typed)
    assert signed.location == "/account?done=recovered"
    page = stranger.get(signed.location).text
    assert "You are in, with a recovery code." in page
    assert "With a recovery code" in page
    assert "9 of 10 left." in page
    assert "Add a passkey" in page
    once_more = Browser(inbox_client(app)).submit("/sign-in/recovery", "/sign-in/recovery", **typed)
    assert once_more.status_code == 422


@pytest.mark.parametrize("wrong", [{"name": "nobody"}, {"password": "another"}, {"code": "0" * 16}, {"code": ""}])
def test_every_refusal_looks_the_same(stranger: Browser, codes: list[str], wrong: dict[str, str]) -> None:
    typed = {"name": "home", "password": PASSWORD, "code": codes[0], **wrong}
    page = stranger.submit("/sign-in/recovery", "/sign-in/recovery", **typed)
    assert page.status_code == 422
    assert "That did not work." in page.text
    assert COOKIE not in cookies_of(page)
    assert codes[0] not in page.text
    assert PASSWORD not in page.text


def test_too_many_tries_from_one_address_wait(stranger: Browser, partnership: Partnership) -> None:
    typed = {"name": "nobody", "code": "0" * 16}
    statuses = [stranger.submit("/sign-in/recovery", "/sign-in/recovery", **typed).status_code for _ in range(31)]
    assert statuses[-1] == 429
    assert set(statuses[:-1]) == {422}


def test_the_form_is_guarded_and_not_for_who_is_in(stranger: Browser, coordinator: Browser) -> None:
    assert stranger.host.post("/sign-in/recovery", data={"name": "home"}).status_code == 400
    assert coordinator.get("/sign-in/recovery").location == "/"
