"""The partners: listed and added by the administrators of the organisation that runs the server, and nobody else."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from server import clock
from server.extensions import db
from server.inbox.showing.organisations import kind_name
from server.models import Organisation
from server.screening.organisation_kinds import kinds_of, nations
from server.services.accounts import links
from server.translating.catalogues import locales
from tests.inbox.colleagues import NOBODY, browser_of, kinds_of_events, organisation_of, statuses
from tests.inbox.conftest import Browser
from tests.partnership import Partnership

PAGE = "/partners"


def organisations(app: Flask) -> dict[str, int]:
    with app.app_context():
        return {name: number for number, name in db.session.execute(select(Organisation.id, Organisation.name))}


def secret_in(page: str) -> str:
    found = re.findall(r'value="http://inbox\.localhost:8000/welcome#([\w-]{43})"', page)
    assert len(found) == 1
    return str(found[0])


def test_all_organisations_are_listed_with_state_and_source(coordinator: Browser) -> None:
    page = coordinator.get(PAGE).text
    for words in (
        "The home council",
        "The other council",
        "1 team",
        "Runs this server",
        "to be confirmed",
        "section 38",
    ):
        assert words in page


def test_the_page_is_there_in_every_language(coordinator: Browser) -> None:
    for locale in locales():
        coordinator.submit("/language", "/roles", language=locale.tag, back="/roles")
        assert coordinator.get(PAGE).status_code == 200


def test_a_partner_is_added_and_its_link_shown_once(app: Flask, coordinator: Browser) -> None:
    page = coordinator.submit(PAGE, PAGE, name="Belfast trust", kind="GB-NIR.health_board")
    assert page.status_code == 200
    with app.app_context():
        link = links.find(secret_in(page.text), clock.now())
        made = db.session.get_one(Organisation, link.organisation_id)
        assert (made.name, made.nation, made.kind, made.first_responder) == (
            "Belfast trust",
            "GB-NIR",
            "health_board",
            "yes",
        )
    shown = coordinator.get(PAGE).text
    assert "Nobody has an account yet" in shown
    assert "/welcome#" not in shown
    assert kinds_of_events(app) == ["organisation_added"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": ""}, "Give a name of 2 to 120 letters."),
        ({"name": "x"}, "Give a name of 2 to 120 letters."),
        ({"name": "The other council"}, "There is one with this name already."),
        ({"kind": ""}, "Choose what the organisation is from the list."),
        ({"kind": "GB-SCT.guild"}, "Choose what the organisation is from the list."),
        ({"kind": "FR.council"}, "Choose what the organisation is from the list."),
        ({"kind": "council"}, "Choose what the organisation is from the list."),
    ],
)
def test_a_bad_partner_is_kept_and_explained(
    app: Flask, coordinator: Browser, change: dict[str, str], sentence: str
) -> None:
    typed = {"name": "Riverside", "kind": "GB-SCT.charity", **change}
    answer = coordinator.submit(PAGE, PAGE, **typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'name="name" type="text" value="{typed["name"]}"' in answer.text
    if "kind" not in change:
        assert '<option value="GB-SCT.charity" selected>' in answer.text
    assert len(organisations(app)) == 2
    assert kinds_of_events(app) == []


def test_a_lost_link_is_replaced(app: Flask, coordinator: Browser) -> None:
    first = secret_in(coordinator.submit(PAGE, PAGE, name="Riverside", kind="GB-SCT.charity").text)
    path = f"/partners/{organisations(app)['Riverside']}/link"
    assert coordinator.get(path).location.startswith("/partners#organisation-")
    second = secret_in(coordinator.submit(path, PAGE).text)
    with app.app_context():
        assert links.find(second, clock.now())
        with pytest.raises(links.LinkEnded):
            links.find(first, clock.now())


def test_who_has_begun_gets_no_new_link(app: Flask, coordinator: Browser, partnership: Partnership) -> None:
    other = organisation_of(app, partnership.other)
    assert f"/partners/{other}/link" not in coordinator.get(PAGE).text
    answer = coordinator.submit(f"/partners/{other}/link", PAGE)
    assert answer.status_code == 409
    assert "They invite their own people." in answer.text
    assert statuses(coordinator, [f"/partners/{NOBODY}/link"], "POST") == {404}
    assert kinds_of_events(app) == []


def test_a_partners_own_administrator_does_not_come_in(outsider: Browser) -> None:
    assert statuses(outsider, [PAGE, "/partners/1/link"], "GET") == {403}
    assert statuses(outsider, [PAGE, "/partners/1/link"], "POST", name="Riverside", kind="GB-SCT.charity") == {403}


@pytest.mark.parametrize("role", ["coordinator", "lead", "analyst"])
def test_only_administrators_come_in(app: Flask, partnership: Partnership, role: str) -> None:
    browser = browser_of(app, partnership.home.team_id, role)
    paths = [PAGE, "/partners/1/link"]
    assert statuses(browser, paths, "GET") == statuses(browser, paths, "POST") == {403}


def test_every_kind_of_every_nation_can_be_chosen_in_words(coordinator: Browser) -> None:
    page = coordinator.get(PAGE).text
    for nation in nations():
        for code, kind in kinds_of(nation).items():
            assert kind_name(nation, code) == kind.name
            assert f'<option value="{nation}.{code}">{kind.name}</option>' in page
