"""The keys page: first keys are saved once, only sealed halves come and go."""

import base64

from flask import Flask

from server.extensions import db
from server.models import Team
from tests.inbox.conftest import Browser
from tests.partnership import RECIPIENT, Partnership
from tests.referrals import AGE_FILE

MADE = {
    "identity_recipient": RECIPIENT,
    "identity_wrapped": base64.b64encode(AGE_FILE).decode(),
    "team_recipient": RECIPIENT,
    "vouch_key": "A" * 43,
    "team_wrap": base64.b64encode(AGE_FILE + b"team").decode(),
}


def test_a_team_without_keys_can_make_them_once(app: Flask, outsider: Browser, partnership: Partnership) -> None:
    assert "Make your team&#39;s keys" in outsider.get("/keys").text
    assert outsider.get("/keys/wrapped").json == {
        "identity_wrapped": None,
        "team_wrap": None,
        "recipient": None,
    }
    assert outsider.submit("/keys", "/keys", **MADE).location == "/keys?done=made"
    assert outsider.get("/keys/wrapped").json == {
        "identity_wrapped": MADE["identity_wrapped"],
        "team_wrap": MADE["team_wrap"],
        "recipient": RECIPIENT,
    }
    assert "can open notes" in outsider.get("/keys").text
    again = outsider.submit("/keys", "/", **MADE)
    assert again.status_code == 409
    assert "A colleague was quicker." in again.text
    with app.app_context():
        assert db.session.get_one(Team, partnership.other.team_id).age_recipient == RECIPIENT


def test_what_is_not_sealed_is_refused(outsider: Browser) -> None:
    wrong = (
        {"identity_wrapped": base64.b64encode(b"AGE-SECRET-KEY-1").decode()},
        {"team_wrap": "not base64"},
        {"team_recipient": "age1short"},
        {"vouch_key": ""},
    )
    for change in wrong:
        answer = outsider.submit("/keys", "/keys", **{**MADE, **change})
        assert answer.status_code == 422, change
        assert "Nothing was saved." in answer.text
    assert outsider.get("/keys/wrapped").json["recipient"] is None  # type: ignore[index]


def test_who_holds_no_key_is_told_what_to_do(coordinator: Browser) -> None:
    page = coordinator.get("/keys").text
    assert "cannot open notes yet" in page
    assert f"{RECIPIENT[:12]}…{RECIPIENT[-6:]}" in page


def test_the_words_are_never_a_field_of_the_form(outsider: Browser) -> None:
    page = outsider.get("/keys").text
    assert page.count("data-check autocomplete") == 2
    assert 'name="check' not in page
