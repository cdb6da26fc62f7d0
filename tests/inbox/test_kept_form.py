"""A form that came after the session had ended: nothing typed is lost, nothing is sent by itself, nothing secret
waits in a page."""

import html
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from server.extensions import db
from server.inbox import kept_form
from server.inbox.browser_session import COOKIE
from server.models import Referral
from server.services.intake import Stored
from tests.clients import INBOX
from tests.inbox.conftest import Browser, Hands, options_of
from tests.partnership import PASSWORD, Partnership
from tests.services.accounts.authenticator import Authenticator

Send = Callable[..., Stored]
OURS = {"Origin": INBOX}
# What a browser says of a form on a page that asks for no referrer, as ours do.
AS_BROWSERS_DO = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}


def kept_in(page: TestResponse) -> str:
    found = re.search(r'name="kept"[^>]*value="([^"]*)"', page.text)
    return html.unescape(found[1]) if found else ""


def hidden(page: TestResponse) -> list[tuple[str, str]]:
    """The hidden fields of the form that would send it."""
    form = page.text.partition('action="/referrals/')[2].partition("</form>")[0]
    found = re.findall(r'<input[^>]*name="([^"]*)"[^>]*value="([^"]*)"', form)
    return [(name, html.unescape(value)) for name, value in found]


def expired_close(browser: Browser, send: Send, hands: Hands, **headers: str) -> tuple[str, TestResponse]:
    """The closing form of a referral, sent 16 minutes after the last click. Out: its path and the answer."""
    path = f"/referrals/{send(at=hands.now).id}/close"
    token = browser.token("/keys")
    hands.move(minutes=16)
    typed = {"csrf_token": token, "version": "1", "outcome": "acted_police", "password_now": "x1", "code": "x2"}
    return path, browser.host.post(path, data=typed, headers=headers or AS_BROWSERS_DO)


def typed_by(partnership: Partnership, hands: Hands) -> dict[str, str]:
    return {"name": "home", "password": PASSWORD, "code": hands.code(partnership.home.totp_secret)}


def sent_from(browser: Browser, page: TestResponse, path: str, **values: str) -> TestResponse:
    found = re.search(r'name="csrf_token"[^>]*value="([\w-]+)"', page.text)
    assert found
    return browser.host.post(path, data={"csrf_token": found[1], **values})


@pytest.mark.parametrize("headers", [OURS, AS_BROWSERS_DO])
def test_what_was_typed_waits_and_is_sent_only_by_hand(
    app: Flask, coordinator: Browser, partnership: Partnership, send: Send, hands: Hands, headers: dict[str, str]
) -> None:
    path, asked = expired_close(coordinator, send, hands, **headers)
    assert asked.status_code == 401
    assert "What you typed is kept." in asked.text
    # The script leaves a page alone that holds what somebody typed, however long it lies open.
    assert "data-stay" in asked.text
    kept = kept_in(asked)
    assert json.loads(kept) == {"path": path, "fields": [["version", "1"], ["outcome", "acted_police"]]}
    offer = sent_from(coordinator, asked, "/sign-in", kept=kept, **typed_by(partnership, hands))
    assert offer.status_code == 200
    assert "You were about to send this" in offer.text
    assert "<bdi>acted_police</bdi>" in offer.text
    with app.app_context():
        assert db.session.get_one(Referral, path.split("/")[2]).state != "closed"
    fields = hidden(offer)
    assert [name for name, _ in fields] == ["csrf_token", "version", "outcome"]
    assert coordinator.host.post(path, data=dict(fields)).status_code == 303
    with app.app_context():
        assert db.session.get_one(Referral, path.split("/")[2]).closed_as == "acted_police"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "same-origin"},
        {"Origin": "null"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "null", "Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_nothing_is_carried_for_another_site(
    coordinator: Browser, send: Send, hands: Hands, headers: dict[str, str]
) -> None:
    _, asked = expired_close(coordinator, send, hands, **headers)
    assert (asked.status_code, asked.location) == (303, "/sign-in")
    assert "acted_police" not in asked.text


def test_no_password_no_code_and_no_passkey_is_ever_kept(
    coordinator: Browser, hands: Hands, partnership: Partnership
) -> None:
    hands.move(minutes=16)
    secret = {"password_current": "p-now", "password_new": "p-next", "code": "c-1", "passkey": "k-1", "kept": "t-1"}
    asked = coordinator.host.post("/account/password", data={**secret, "language": "en"}, headers=AS_BROWSERS_DO)
    assert asked.status_code == 401
    assert json.loads(kept_in(asked))["fields"] == [["language", "en"]]
    for value in secret.values():
        assert value not in asked.text


def test_it_survives_a_slip_at_signing_in_another_language_and_the_way_by_recovery(
    coordinator: Browser, partnership: Partnership, send: Send, hands: Hands
) -> None:
    _, asked = expired_close(coordinator, send, hands)
    kept = kept_in(asked)
    slipped = sent_from(coordinator, asked, "/sign-in", kept=kept, name="home", password="no", code="000000")
    assert slipped.status_code == 422
    assert kept_in(slipped) == kept
    other = sent_from(coordinator, slipped, "/sign-in", kept=kept, ask="1", language="ar")
    assert (other.status_code, kept_in(other)) == (200, kept)
    assert '<html lang="ar" dir="rtl">' in other.text
    recovery = sent_from(coordinator, other, "/sign-in/recovery", kept=kept, ask="1")
    assert (recovery.status_code, kept_in(recovery)) == (200, kept)
    assert "Use a recovery code" in recovery.text


def test_it_is_offered_after_a_passkey_too(
    coordinator: Browser, passkey: Authenticator, send: Send, hands: Hands
) -> None:
    _, asked = expired_close(coordinator, send, hands)
    answer = json.dumps(passkey.get(options_of(asked)))
    offer = sent_from(coordinator, asked, "/sign-in/passkey", kept=kept_in(asked), passkey=answer)
    assert "You were about to send this" in offer.text


def test_the_offer_can_be_left(coordinator: Browser, partnership: Partnership, send: Send, hands: Hands) -> None:
    _, asked = expired_close(coordinator, send, hands)
    offer = sent_from(coordinator, asked, "/sign-in", kept=kept_in(asked), **typed_by(partnership, hands))
    assert re.search(r'<a class="btn" href="/">\s*Leave it', offer.text)


def written(path: Any = "/keys", fields: Any = ()) -> str:
    return json.dumps({"path": path, "fields": fields})


@pytest.mark.parametrize(
    "kept",
    [
        "",
        "{",
        "null",
        "[" * 16000,
        "x" * (kept_form.MOST_CHARACTERS + 1),
        json.dumps({"path": "/keys"}),
        json.dumps({"path": "/keys", "fields": [], "more": 1}),
        written(path=1),
        written(path="https://elsewhere.example/keys"),
        written(path="//elsewhere.example/keys"),
        written(path="/\\elsewhere.example/keys"),
        written(path="/keys\n"),
        written(path="/nowhere"),
        written(path="/api/v1/referrals"),
        # A GET only, the ways in, the way out, and what changes nothing that was typed.
        written(path="/roles"),
        written(path="/sign-in"),
        written(path="/sign-in/passkey"),
        written(path="/sign-in/recovery"),
        written(path="/sign-out"),
        written(path="/language"),
        written(path="/welcome"),
        written(path="/welcome/name"),
        written(fields=1),
        written(fields=[1]),
        written(fields=[["name"]]),
        written(fields=[["name", 1]]),
        written(fields=[["name", "\ud800"]]),
    ],
)
def test_what_we_did_not_write_is_dropped(stranger: Browser, partnership: Partnership, hands: Hands, kept: str) -> None:
    signed = stranger.submit("/sign-in", "/sign-in", kept=kept, **typed_by(partnership, hands))
    assert (signed.status_code, signed.location) == (303, "/")
    assert stranger.host.client.get_cookie(COOKIE, domain="inbox.localhost")


def test_what_is_kept_is_escaped_and_no_proof_is_taken_from_it(
    stranger: Browser, partnership: Partnership, hands: Hands
) -> None:
    fields = [
        ["csrf_token", "mine"],
        ["password", "p"],
        ['a"><script>', '"><script>alert(1)</script>'],
        ["b", "y" * 400],
    ]
    kept = written(fields=fields)
    offer = stranger.submit("/sign-in", "/sign-in", kept=kept, **typed_by(partnership, hands))
    assert offer.status_code == 200
    assert "<script>alert" not in offer.text
    assert 'value="mine"' not in offer.text
    assert 'name="password"' not in offer.text
    # Long texts are shown by their beginning, and kept whole.
    assert f"<bdi>{'y' * 300}…</bdi>" in offer.text
    assert f'value="{"y" * 400}"' in offer.text


def test_more_than_a_form_can_carry_is_not_kept(coordinator: Browser, hands: Hands) -> None:
    hands.move(minutes=16)
    asked = coordinator.host.post("/account/code-app", data={"more": "+" * 20_000}, headers=AS_BROWSERS_DO)
    assert asked.status_code == 303
