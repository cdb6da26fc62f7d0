"""A phone is told the history of every team's keys, so that it follows a renewal by itself, along signatures."""

from dataclasses import asdict

from flask import Flask
from sqlalchemy import select

from server import clock
from server.extensions import db
from server.models import Device, Member, Team
from server.services.keys.first_keys import save_first_keys
from server.services.keys.given import Wraps
from server.services.keys.renewal import renew
from tests.clients import HostClient
from tests.partnership import Partnership
from tests.referrals import bearer
from tests.services.keys import browsers
from tests.services.keys.browsers import TeamBrowser

CURRENT = "/api/v1/devices/current"


def test_the_history_is_told_of_home_and_of_other_teams(
    app: Flask, field: HostClient, partnership: Partnership
) -> None:
    home, other = partnership.home, partnership.other
    browser, identity, sheet = TeamBrowser(other.team_id), browsers.identity(), browsers.sheet()
    members = {other.member_id: identity.recipient}
    with app.app_context():
        first, roster = browser.next_key(), browser.roster(1, members, sheet.recipient)
        member = db.session.get_one(Member, other.member_id)
        save_first_keys(member, identity, first, browsers.wrap(), sheet, roster, clock.now())
        second, roster = browser.next_key(), browser.roster(2, members, sheet.recipient)
        wraps = Wraps({other.member_id: browsers.wrap()})
        renew(member, second, wraps, browsers.sheet(sheet.recipient), roster, clock.now())
        [device] = [one for one in db.session.scalars(select(Device)) if one.team_id == home.team_id]
        device.other_teams = [db.session.get_one(Team, other.team_id)]
        db.session.commit()
    told = [asdict(key) for key in (first, second)]
    own = field.get(CURRENT, headers=bearer(other.device_token)).json["team"]
    assert (own["keys"], own["vouch_key"]) == (told, second.vouch_key)
    seen = field.get(CURRENT, headers=bearer(home.device_token)).json
    assert [team["keys"] for team in seen["other_teams"]] == [told]
    # A team without a history has none to tell.
    assert seen["team"]["keys"] == []
