"""A team's pages: what they show, what they keep of a form that was refused, and to whom they are not there."""

import re

import pytest
from flask import Flask

from server import clock
from server.models import Member
from server.services.transaction import writing
from server.translating.catalogues import locales
from tests.inbox.colleagues import (
    NOBODY,
    TOO_LARGE,
    add_colleague,
    browser_of,
    in_team,
    kinds_of_events,
    organisation_of,
    second_team,
    statuses,
)
from tests.inbox.conftest import Browser
from tests.partnership import Partnership

SETTINGS = {
    "name": "The home team",
    "urgent_number": "0141 496 0100",
    "areas": ["S12000049"],
    "ages": ["child", "adult"],
    "subjects": ["person", "place"],
}


def of(partnership: Partnership, more: str = "") -> str:
    return f"/teams/{partnership.home.team_id}{more}"


def paths(team_id: int) -> list[str]:
    return [f"/teams/{team_id}{more}" for more in ("/settings", "/hours")]


def test_team_leads_to_ones_own(coordinator: Browser, partnership: Partnership) -> None:
    assert coordinator.get("/team").location == of(partnership)


def test_the_page_shows_people_hours_remit_and_number(
    app: Flask, coordinator: Browser, partnership: Partnership
) -> None:
    gone = add_colleague(app, partnership.home.team_id, "gone away", "coordinator")
    add_colleague(app, partnership.home.team_id, "night reader", "coordinator", "analyst")
    with app.app_context(), writing() as session:
        session.get_one(Member, gone.member_id).left_at = clock.now()
    page = coordinator.get(of(partnership)).text
    for words in (
        "The home team",
        "Night Reader",
        "Analyst",
        "Monday to Friday, 08:00 to 18:00",
        "0141 496 0100",
        "Glasgow City",
        "to be confirmed",
        "Nobody reads",
    ):
        assert words in page
    assert "Gone Away" not in page
    assert of(partnership, "/phones") in page


def test_a_team_without_hours_says_so(app: Flask, coordinator: Browser, partnership: Partnership) -> None:
    number = second_team(app, partnership.home)
    page = coordinator.get(f"/teams/{number}").text
    assert "No hours are set." in page
    assert "Nobody reads for this team yet." in page
    assert "All areas" in page


@pytest.mark.parametrize("more", ["", "/settings", "/hours"])
def test_every_page_is_there_in_every_language(coordinator: Browser, partnership: Partnership, more: str) -> None:
    for locale in locales():
        coordinator.submit("/language", "/roles", language=locale.tag, back="/roles")
        page = coordinator.get(of(partnership, more))
        assert page.status_code == 200
        assert f'<html lang="{locale.tag}" dir="{locale.dir}">' in page.text


def test_settings_are_saved_in_one_go(app: Flask, coordinator: Browser, partnership: Partnership) -> None:
    other = organisation_of(app, partnership.other)
    page = of(partnership, "/settings")
    sent = {
        "name": "Glasgow desk",
        "urgent_number": "+44 141 496 0123",
        "areas": ["S12000050"],
        "ages": ["adult"],
        "kinds": ["labour"],
        "subjects": ["person"],
        "conflicts": [str(other)],
    }
    answer = coordinator.submit(page, page, **sent)
    assert answer.location == of(partnership, "?done=settings")
    shown = coordinator.get(answer.location).text
    assert 'role="status"' in shown
    for words in ("Glasgow desk", "0141 496 0123", "Labour", "The other council"):
        assert words in shown
    assert kinds_of_events(app)[-2:] == ["team_changed", "conflict_changed"]


def test_the_settings_page_shows_what_stands(app: Flask, coordinator: Browser, partnership: Partnership) -> None:
    page = of(partnership, "/settings")
    other = str(organisation_of(app, partnership.other))
    coordinator.submit(page, page, **{**SETTINGS, "kinds": ["organ"], "conflicts": [other]})
    shown = coordinator.get(page).text
    ticked = set(re.findall(r'value="([^"]+)" checked', shown))
    assert ticked == {"S12000049", "child", "adult", "organ", "person", "place", other}
    assert 'value="0141 496 0100"' in shown
    assert "This team must not be told about people who work for" in shown


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": ""}, "Give a name of 2 to 120 letters."),
        ({"name": "x"}, "Give a name of 2 to 120 letters."),
        ({"name": "x" * 121}, "Give a name of 2 to 120 letters."),
        ({"name": "Night desk"}, "There is one with this name already."),
        ({"urgent_number": "101"}, "Write a whole number with its area code"),
        ({"urgent_number": ""}, "such as 0141 496 0101"),
        ({"ages": []}, "Tick children, adults, or both."),
        ({"subjects": []}, "Tick people, places, or both."),
        ({"areas": ["S99"]}, "Something on this page is no longer there."),
        ({"kinds": ["unknown"]}, "Nothing was saved."),
        ({"conflicts": [str(NOBODY)]}, "Nothing was saved."),
        ({"conflicts": ["-1", str(TOO_LARGE), "x"]}, "Nothing was saved."),
    ],
)
def test_bad_settings_are_kept_and_explained(
    app: Flask, coordinator: Browser, partnership: Partnership, change: dict[str, object], sentence: str
) -> None:
    second_team(app, partnership.home)
    page = of(partnership, "/settings")
    answer = coordinator.submit(page, page, **{**SETTINGS, "name": "Typed name", **change})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'role="alert"' in answer.text
    if "name" not in change:
        assert 'value="Typed name"' in answer.text
    else:
        assert 'aria-invalid="true"' in answer.text
        assert 'aria-describedby="name-hint name-error"' in answer.text
    assert in_team(app, partnership.home.team_id).name == "The home team"
    assert kinds_of_events(app) == []


def test_what_is_typed_is_escaped(coordinator: Browser, partnership: Partnership) -> None:
    page = of(partnership, "/settings")
    sent = coordinator.submit(page, page, **{**SETTINGS, "name": '"><script>alert(1)</script>', "urgent_number": "1"})
    assert "<script>alert" not in sent.text


def test_hours_are_saved_day_by_day(app: Flask, coordinator: Browser, partnership: Partnership) -> None:
    page = of(partnership, "/hours")
    days = {f"reads_{day}": "y" for day in (1, 2, 6)}
    times = {f"opens_{day}": "09:00" for day in (1, 2, 6)} | {f"closes_{day}": "17:00" for day in (1, 2)}
    again = {"closes_6": "12:00", "opens_again_6": "20:00", "closes_again_6": "00:00"}
    answer = coordinator.submit(page, page, **days, **times, **again, opens_7="08:00", closes_7="09:00")
    assert answer.location == of(partnership, "?done=hours")
    assert in_team(app, partnership.home.team_id).hours == [
        {"days": [1, 2], "opens": "09:00", "closes": "17:00"},
        {"days": [6], "opens": "09:00", "closes": "12:00"},
        {"days": [6], "opens": "20:00", "closes": "24:00"},
    ]
    assert "Saturday, 09:00 to 12:00 and 20:00 to midnight" in coordinator.get(of(partnership)).text
    shown = coordinator.get(page).text
    assert re.search(r'name="closes_again_6" value="00:00"', shown)
    assert '<details class="more" open>' in shown
    assert kinds_of_events(app) == ["hours_changed"]


def test_hours_may_be_all_the_week_or_none(app: Flask, coordinator: Browser, partnership: Partnership) -> None:
    page = of(partnership, "/hours")
    coordinator.submit(page, page, all_week="y", reads_1="y", opens_1="nonsense")
    assert "Every day, 24 hours" in coordinator.get(of(partnership)).text
    assert 'name="all_week" value="y" checked' in coordinator.get(page).text
    coordinator.submit(page, page)
    assert in_team(app, partnership.home.team_id).hours == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"reads_3": "y"}, "Give both times, or take the tick away."),
        ({"reads_3": "y", "opens_3": "09:00"}, "Give both times"),
        ({"reads_3": "y", "opens_3": "9", "closes_3": "17:00"}, "Give both times"),
        ({"reads_3": "y", "opens_3": "17:00", "closes_3": "09:00"}, "This ends before it begins."),
        (
            {
                "reads_3": "y",
                "opens_3": "09:00",
                "closes_3": "17:00",
                "opens_again_3": "16:00",
                "closes_again_3": "18:00",
            },
            "The two times overlap.",
        ),
        ({"reads_3": "y", "opens_3": "09:00" * 10, "closes_3": "17:00"}, "Give both times"),
    ],
)
def test_bad_hours_are_kept_and_explained(
    app: Flask, coordinator: Browser, partnership: Partnership, typed: dict[str, str], sentence: str
) -> None:
    page = of(partnership, "/hours")
    answer = coordinator.submit(page, page, reads_1="y", opens_1="07:07", closes_1="08:00", **typed)
    assert answer.status_code == 422
    assert f"Wednesday: {sentence}" in answer.text
    assert 'value="07:07"' in answer.text
    assert 'aria-describedby="hours-3-error"' in answer.text
    assert in_team(app, partnership.home.team_id).hours[0]["opens"] == "08:00"
    assert kinds_of_events(app) == []


def test_two_wrong_days_are_both_marked(coordinator: Browser, partnership: Partnership) -> None:
    page = of(partnership, "/hours")
    answer = coordinator.submit(page, page, reads_1="y", reads_7="y").text
    assert "Monday: Give both times" in answer
    assert "Sunday: Give both times" in answer


def test_another_teams_pages_are_not_there(
    app: Flask, coordinator: Browser, outsider: Browser, partnership: Partnership
) -> None:
    assert statuses(coordinator, [f"/teams/{TOO_LARGE}", *paths(TOO_LARGE)], "GET") == {404}
    for number in (partnership.other.team_id, NOBODY):
        assert statuses(coordinator, [f"/teams/{number}", *paths(number)], "GET") == {404}
        assert statuses(coordinator, paths(number), "POST", **SETTINGS) == {404}
    lead = browser_of(app, partnership.home.team_id, "lead")
    second = second_team(app, partnership.home)
    assert statuses(lead, [f"/teams/{second}", *paths(second)], "GET") == {404}
    assert statuses(lead, paths(second), "POST", **SETTINGS) == {404}
    assert in_team(app, partnership.other.team_id).name == "The other team"
    assert statuses(outsider, [f"/teams/{partnership.home.team_id}"], "GET") == {404}


def test_roles_open_what_they_should(app: Flask, partnership: Partnership) -> None:
    own, second = partnership.home.team_id, second_team(app, partnership.home)
    reader = browser_of(app, own, "coordinator")
    page = reader.get(f"/teams/{own}")
    assert page.status_code == 200
    assert "/settings" not in page.text
    assert "/people/" not in page.text
    assert statuses(reader, paths(own), "GET") == statuses(reader, paths(own), "POST", **SETTINGS) == {403}
    looker = browser_of(app, own, "analyst")
    assert statuses(looker, ["/team", f"/teams/{own}", *paths(own)], "GET") == {403}
    assert statuses(looker, paths(own), "POST", **SETTINGS) == {403}
    runner = browser_of(app, own, "administrator")
    assert statuses(runner, [f"/teams/{second}", *paths(second)], "GET") == {200}


def test_a_stranger_is_asked_to_sign_in(stranger: Browser, partnership: Partnership) -> None:
    for path in ("/team", of(partnership), *paths(partnership.home.team_id)):
        assert stranger.get(path).location.startswith("/sign-in")
