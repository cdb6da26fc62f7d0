"""Browsers of one team: its lead, before and after the first keys, and a coordinator who waits to be let in."""

import pytest
from flask import Flask

from server.models import Team
from server.services.founding import add_member
from server.services.transaction import writing
from tests.clients import inbox_client
from tests.inbox.conftest import Browser, Hands
from tests.inbox.keys.keyholder import OK, Keyholder
from tests.partnership import PASSWORD, Partnership, Side
from tests.services.keys.browsers import TeamBrowser


@pytest.fixture
def maker(hands: Hands, outsider: Browser, partnership: Partnership) -> Keyholder:
    """The other team's lead, before there are keys."""
    return Keyholder(outsider, TeamBrowser(partnership.other.team_id))


@pytest.fixture
def holder(maker: Keyholder) -> Keyholder:
    """The same, with the team's first keys."""
    answer = maker.send("", **maker.first_keys())
    assert (answer.status_code, answer.json) == OK
    return maker


@pytest.fixture
def colleague(app: Flask, hands: Hands, partnership: Partnership, holder: Keyholder) -> Keyholder:
    """A coordinator of the same team, who has made a key of their own."""
    with app.app_context(), writing() as session:
        team = session.get_one(Team, partnership.other.team_id)
        made = add_member(session, team, "colleague", "A colleague", PASSWORD, roles=("coordinator",), now=hands.now)
        session.flush()
        side = Side(team.id, made.id, "colleague", made.totp_secret or "", "")
    browser = Browser(inbox_client(app))
    assert browser.sign_in(side, code=hands.code(side.totp_secret)).status_code == 303
    one = Keyholder(browser, holder.keys)
    answer = one.send("/identity", **one.own_key())
    assert (answer.status_code, answer.json) == OK
    return one
