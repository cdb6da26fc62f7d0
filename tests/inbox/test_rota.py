"""The rota page: fourteen days with a tick for each reader, gaps said, another team's rota not there."""

import re
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from server import clock
from server.extensions import db
from server.models import RotaTurn
from server.services.partnership.hours import today
from server.translating.catalogues import locales
from tests.inbox.colleagues import NOBODY, add_colleague, browser_of, kinds_of_events, second_team, statuses
from tests.inbox.conftest import Browser
from tests.partnership import Partnership


def of(partnership: Partnership) -> str:
    return f"/teams/{partnership.home.team_id}/rota"


def turns(app: Flask) -> set[str]:
    with app.app_context():
        return {f"{turn.day}.{turn.member_id}" for turn in db.session.scalars(select(RotaTurn))}


def next_monday() -> date:
    first = today(clock.now())
    return first + timedelta(days=(8 - first.isoweekday()) % 7)


def test_each_day_has_a_tick_for_each_reader(app: Flask, coordinator: Browser, partnership: Partnership) -> None:
    add_colleague(app, partnership.home.team_id, "second", "coordinator")
    add_colleague(app, partnership.home.team_id, "looks", "analyst")
    page = coordinator.get(of(partnership)).text
    assert len(re.findall(r'name="turn"', page)) == 14 * 2
    assert "Looks" not in page
    assert "Nobody reads on" in page
    assert "The team does not read on this day." in page


def test_the_page_is_there_in_every_language(coordinator: Browser, partnership: Partnership) -> None:
    for locale in locales():
        coordinator.submit("/language", "/roles", language=locale.tag, back="/roles")
        assert coordinator.get(of(partnership)).status_code == 200


def test_the_whole_rota_is_saved(app: Flask, coordinator: Browser, partnership: Partnership) -> None:
    monday, member = next_monday(), partnership.home.member_id
    wanted = [f"{monday}.{member}", f"{monday + timedelta(days=1)}.{member}"]
    answer = coordinator.submit(of(partnership), of(partnership), turn=wanted)
    assert answer.location == of(partnership) + "?done=saved"
    assert turns(app) == set(wanted)
    shown = coordinator.get(answer.location).text
    assert "The rota is saved." in shown
    assert set(re.findall(r'value="([^"]+)" checked', shown)) == set(wanted)
    coordinator.submit(of(partnership), of(partnership))
    assert turns(app) == set()
    assert kinds_of_events(app) == ["rota_changed", "rota_changed"]


@pytest.mark.parametrize("value", ["", "today.1", "2026-13-01.1", "2020-01-01.{member}", "{monday}.{other}", "x"])
def test_a_turn_that_cannot_be_changes_nothing(
    app: Flask, coordinator: Browser, partnership: Partnership, value: str
) -> None:
    monday = next_monday()
    sound = f"{monday}.{partnership.home.member_id}"
    broken = value.format(monday=monday, member=partnership.home.member_id, other=partnership.other.member_id)
    answer = coordinator.submit(of(partnership), of(partnership), turn=[sound, broken])
    assert answer.status_code == 422
    assert "The rota changed while you had it open." in answer.text
    assert f'value="{sound}" checked' in answer.text
    assert turns(app) == set()


def test_a_team_without_readers_says_whom_to_invite(app: Flask, coordinator: Browser, partnership: Partnership) -> None:
    number = second_team(app, partnership.home)
    page = coordinator.get(f"/teams/{number}/rota").text
    assert "Invite a coordinator first." in page
    assert f"/teams/{number}/people/invite" in page


def test_another_teams_rota_is_not_there(app: Flask, coordinator: Browser, partnership: Partnership) -> None:
    numbers = (partnership.other.team_id, NOBODY)
    paths = [f"/teams/{number}/rota" for number in numbers]
    assert statuses(coordinator, paths, "GET") == statuses(coordinator, paths, "POST") == {404}
    lead = browser_of(app, partnership.home.team_id, "lead")
    second = [f"/teams/{second_team(app, partnership.home)}/rota"]
    assert statuses(lead, second, "GET") == statuses(lead, second, "POST") == {404}


@pytest.mark.parametrize("role", ["coordinator", "analyst"])
def test_who_does_not_lead_may_not_change_it(app: Flask, partnership: Partnership, role: str) -> None:
    browser = browser_of(app, partnership.home.team_id, role)
    paths = [of(partnership)]
    assert statuses(browser, paths, "GET") == statuses(browser, paths, "POST") == {403}
