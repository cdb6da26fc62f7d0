"""Who may come in: routes say so, forms must come from our pages, other teams' referrals are not there."""

import uuid
from collections.abc import Callable

import pytest
from flask import Flask

from server.services.intake import Stored
from tests.inbox.conftest import Browser
from tests.partnership import Partnership
from tests.referrals import AGE_FILE

Send = Callable[..., Stored]
SOMETHING = str(uuid.uuid4())
BY_SCRIPT = (f"/referrals/{SOMETHING}/note", "/keys/wrapped")
POSTS = (
    "/sign-out",
    "/language",
    "/keys",
    f"/referrals/{SOMETHING}/claim",
    f"/referrals/{SOMETHING}/close",
)


def inbox_rules(app: Flask) -> list[tuple[str, str]]:
    return [
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("inbox.")
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def test_every_route_states_whom_it_needs(app: Flask) -> None:
    needs = {endpoint: getattr(app.view_functions[endpoint], "need", None) for endpoint, _ in inbox_rules(app)}
    assert set(needs.values()) == {"member", "nobody", "nothing"}
    assert [endpoint for endpoint, need in needs.items() if need == "nothing"] == ["inbox.mark"]
    assert {endpoint for endpoint, need in needs.items() if need == "nobody"} == {
        "inbox.sign_in",
        "inbox.try_sign_in",
    }


def test_no_change_is_made_by_a_link(app: Flask, coordinator: Browser) -> None:
    assert {method for _, method in inbox_rules(app)} == {"GET", "POST"}
    for path in POSTS:
        if path != "/keys":
            assert coordinator.get(path).status_code == 405


@pytest.mark.parametrize("path", ["/", "/keys", f"/referrals/{SOMETHING}"])
def test_a_stranger_is_asked_to_sign_in(stranger: Browser, path: str) -> None:
    answer = stranger.get(path)
    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in")


@pytest.mark.parametrize("path", BY_SCRIPT)
def test_a_strangers_script_is_refused(stranger: Browser, path: str) -> None:
    answer = stranger.get(path)
    assert (answer.status_code, answer.data) == (401, b"")


@pytest.mark.parametrize("path", POSTS)
def test_a_strangers_form_changes_nothing(stranger: Browser, path: str) -> None:
    assert stranger.host.post(path).location == "/sign-in"


@pytest.mark.parametrize("token", [None, "", "not-the-token", "é"])
@pytest.mark.parametrize("path", POSTS)
def test_a_form_from_elsewhere_is_refused(coordinator: Browser, path: str, token: str | None) -> None:
    answer = coordinator.host.post(path, data={} if token is None else {"csrf_token": token})
    assert answer.status_code == 400
    assert "This page was open too long" in answer.text


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
