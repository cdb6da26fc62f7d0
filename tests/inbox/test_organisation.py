"""One's own organisation: what law says of it, with its source and its state, a new team, its months."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from server.extensions import db
from server.models import MonthCount, Team
from server.services.transaction import writing
from server.translating.catalogues import locales
from tests.inbox.colleagues import browser_of, kinds_of_events, second_team, statuses
from tests.inbox.conftest import Browser
from tests.partnership import Partnership

PAGE = "/organisation"


def teams(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(Team.name).order_by(Team.id)))


def test_law_is_shown_with_source_and_state(coordinator: Browser) -> None:
    page = coordinator.get(PAGE).text
    for words in ("The home council", "Council", "Scotland", "To be confirmed", "all 32 councils", "2026-11-22"):
        assert words in page
    assert "Monday to Friday, 08:00 to 18:00" in page
    assert "The other council" not in page


def test_the_page_is_there_in_every_language(coordinator: Browser) -> None:
    for locale in locales():
        coordinator.submit("/language", "/roles", language=locale.tag, back="/roles")
        assert coordinator.get(PAGE).status_code == 200


def test_a_team_is_added(app: Flask, coordinator: Browser, partnership: Partnership) -> None:
    typed = {"name": "Night desk", "urgent_number": "0141 496 0199", "areas": ["S12000050"]}
    answer = coordinator.submit(PAGE, PAGE, **typed)
    shown = coordinator.get(answer.location).text
    assert "The team is there. Next: give it hours" in shown
    assert "Night desk" in shown
    assert "0141 496 0199" in shown
    assert kinds_of_events(app) == ["team_added"]
    assert "Night desk" in coordinator.get(PAGE).text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": ""}, "Give a name of 2 to 120 letters."),
        ({"name": "The Home Team"}, "There is one with this name already."),
        ({"urgent_number": "999"}, "Write a whole number with its area code"),
        ({"areas": ["S99"]}, "Something on this page is no longer there."),
    ],
)
def test_a_bad_team_is_kept_and_explained(
    app: Flask, coordinator: Browser, change: dict[str, object], sentence: str
) -> None:
    typed = {"name": "Night desk", "urgent_number": "0141 496 0199", **change}
    answer = coordinator.submit(PAGE, PAGE, **typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{typed["urgent_number"]}"' in answer.text
    assert teams(app) == ["The home team", "The other team"]


@pytest.mark.parametrize("role", ["coordinator", "lead", "analyst"])
def test_only_administrators_come_in(app: Flask, partnership: Partnership, role: str) -> None:
    browser = browser_of(app, partnership.home.team_id, role)
    assert statuses(browser, [PAGE], "GET") == statuses(browser, [PAGE], "POST") == {403}


def test_a_partners_administrator_adds_to_their_own(app: Flask, outsider: Browser) -> None:
    outsider.submit(PAGE, PAGE, name="The home team", urgent_number="0141 496 0199")
    with app.app_context():
        made = db.session.scalars(select(Team).order_by(Team.id.desc())).first()
        assert made is not None
        assert made.organisation.name == "The other council"


def test_months_are_shown_with_how_they_ended(app: Flask, coordinator: Browser, partnership: Partnership) -> None:
    assert "Month by month" not in coordinator.get(PAGE).text
    night = second_team(app, partnership.home)
    rows = [
        (partnership.home.team_id, "2026-10", "arrived", 3),
        (night, "2026-10", "arrived", 4),
        (night, "2026-10", "acted_support", 2),
        (partnership.home.team_id, "2026-11", "arrived", 1),
        (partnership.other.team_id, "2026-09", "arrived", 5),
    ]
    with app.app_context(), writing() as session:
        session.add_all(MonthCount(team_id=team, month=month, what=what, number=n) for team, month, what, n in rows)
    page = " ".join(re.sub(r"<[^>]+>", " ", coordinator.get(PAGE).text).split())
    assert "Came How they ended November 2026 1 None has ended. October 2026 7 Passed to support: 2 All teams" in page
    assert "September" not in page
