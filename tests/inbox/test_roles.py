"""The table of roles as a page: every deed and role in words, for everybody who is signed in."""

import re

import pytest
from flask import Flask

from server.inbox.showing.roles import deed_words, reach_words, role_hint
from server.services.accounts.roles import DEEDS, ROLES
from server.translating.catalogues import locales
from tests.inbox.colleagues import browser_of
from tests.inbox.conftest import Browser
from tests.partnership import Partnership


def test_every_deed_role_and_reach_has_words() -> None:
    assert [name for name in DEEDS if deed_words(name) == name] == []
    assert [role for role in ROLES if role_hint(role) == role] == []
    assert {reach for deed in DEEDS.values() for reach in deed.reach.values() if reach_words(reach) == reach} == set()


def test_the_page_is_the_table_of_the_code(coordinator: Browser) -> None:
    page = coordinator.get("/roles").text
    rows = re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)[1:]
    assert len(rows) == len(DEEDS)
    for row, deed in zip(rows, DEEDS.values(), strict=True):
        cells = [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td>(.*?)</td>", row, re.DOTALL)]
        assert cells == [reach_words(deed.reach[role]) if role in deed.reach else "no" for role in ROLES]


@pytest.mark.parametrize("role", ROLES)
def test_everybody_sees_it_with_their_own_part_marked(app: Flask, partnership: Partnership, role: str) -> None:
    page = browser_of(app, partnership.home.team_id, role).get("/roles").text
    head = re.findall(r"<th scope=\"col\">(.*?)</th>", page)[1:]
    assert ["You" in cell for cell in head] == [one == role for one in ROLES]
    assert page.count("You may") == sum(role in deed.reach for deed in DEEDS.values())


def test_it_is_there_in_every_language(coordinator: Browser) -> None:
    for locale in locales():
        coordinator.submit("/language", "/roles", language=locale.tag, back="/roles")
        assert coordinator.get("/roles").status_code == 200


def test_a_stranger_is_asked_to_sign_in(stranger: Browser) -> None:
    assert stranger.get("/roles").location.startswith("/sign-in")
