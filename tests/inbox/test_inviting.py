"""Inviting phones: what the inviting browser made is kept, and nothing that would join a phone is ever on a page."""

import base64
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from server import clock
from server.extensions import db
from server.models import Invitation, Team
from server.services import intake
from server.services.phones import devices
from server.services.secrets import hash_secret
from server.services.transaction import writing
from tests.clients import inbox_client
from tests.inbox.conftest import Browser
from tests.partnership import Partnership
from tests.referrals import AGE_FILE
from tests.services.sending import CEILING, incoming

#: What a phone would show to join: made by the inviting browser, never by the server.
SECRET = "S" * 43


@pytest.fixture
def page(partnership: Partnership) -> str:
    return f"/teams/{partnership.home.team_id}/phones"


def _make(browser: Browser, page: str, **typed: Any) -> Any:
    return browser.submit(page.replace("phones", "invitations"), page, secret_hash=hash_secret(SECRET), **typed)


def test_an_invitation_is_kept_without_its_secret_and_its_page_has_no_link(
    app: Flask, coordinator: Browser, partnership: Partnership, page: str
) -> None:
    other = partnership.other.team_id
    made = _make(coordinator, page, uses="20", other_teams=[str(other)], voucher=base64.b64encode(AGE_FILE).decode())
    assert made.status_code == 200
    assert made.headers["Cache-Control"] == "no-store"
    shown = coordinator.get(made.json["to"])
    assert "for 20 people" in shown.text
    assert f'data-others="{other}"' in shown.text
    assert "#v" not in shown.text
    with app.app_context():
        joined = devices.join(SECRET, clock.now()).device
        assert [team.id for team in joined.other_teams] == [other]
        assert db.session.get_one(Invitation, joined.invitation_id).voucher == AGE_FILE


@pytest.mark.parametrize("uses", ["", "0", "201", "many", "-1", "1.5", "9" * 40])
def test_a_number_that_cannot_be_makes_nothing(coordinator: Browser, page: str, uses: str) -> None:
    answer = _make(coordinator, page, uses=uses)
    assert (answer.status_code, answer.json) == (422, {"problem": "uses"})


@pytest.mark.parametrize("voucher", ["!", base64.b64encode(b"no age file").decode()])
def test_a_voucher_that_is_none_is_left_out_or_refused(coordinator: Browser, page: str, voucher: str) -> None:
    answer = _make(coordinator, page, uses="5", voucher=voucher)
    assert answer.status_code == (200 if voucher == "!" else 422)


def test_other_teams_are_three_at_most_and_never_ones_own(
    app: Flask, coordinator: Browser, partnership: Partnership, page: str
) -> None:
    with app.app_context(), writing() as session:
        organisation = session.get_one(Team, partnership.other.team_id).organisation
        more = [Team(organisation=organisation, name=f"Team {at}", areas=[], urgent_number="") for at in range(3)]
        session.add_all(more)
        session.flush()
        four = [str(team.id) for team in more] + [str(partnership.other.team_id)]
    for chosen in (four, [str(partnership.home.team_id)], ["10000"], ["x"]):
        answer = _make(coordinator, page, uses="5", other_teams=chosen)
        assert (answer.status_code, answer.json) == (422, {"problem": "other_teams"})


def test_what_a_browser_needs_to_judge_a_teams_keys_is_told_to_who_may_invite(
    app: Flask, coordinator: Browser, signed_in_as: Callable[..., Browser], partnership: Partnership
) -> None:
    address = "/teams/{}/public-keys"
    told = coordinator.get(address.format(partnership.home.team_id)).json
    assert told["team"]["id"] == partnership.home.team_id
    assert set(told) == {"csrf", "team", "history", "roster", "partners"}
    assert coordinator.get(address.format(partnership.other.team_id)).status_code == 404
    assert Browser(inbox_client(app)).get(address.format(partnership.home.team_id)).status_code == 401
    assert signed_in_as("analyst").get(address.format(partnership.home.team_id)).status_code == 403


def test_a_voucher_is_handed_to_the_team_that_has_the_referral(
    app: Flask, coordinator: Browser, partnership: Partnership, page: str
) -> None:
    _make(coordinator, page, uses="1", voucher=base64.b64encode(AGE_FILE).decode())
    with app.app_context():
        item = incoming(partnership.home, token=devices.join(SECRET, clock.now()).token)
        without = incoming(partnership.home)
        intake.store([item, without], clock.now(), CEILING)
    assert coordinator.get(f"/referrals/{item.id}/voucher").data == AGE_FILE
    assert coordinator.get(f"/referrals/{without.id}/voucher").status_code == 404
    assert Browser(inbox_client(app)).get(f"/referrals/{item.id}/voucher").status_code == 401
