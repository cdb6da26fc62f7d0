"""The checkup's page: who may see it, what stands on it in every language, and the one thing that can be said there."""

import html
import re
from datetime import datetime, timedelta
from email.utils import format_datetime

import pytest
from flask import Flask

from server.extensions import db
from server.inbox.showing.checkup import _WORDS, MOST_NAMED, parts_of, said_of
from server.models import Milestone, Organisation, Team
from server.models.milestone import BACKUP_PUT_BACK
from server.security import FIELD_CSP, INBOX_CSP
from server.services.checkup import hosts, looking
from server.services.checkup.finding import FAULT, GOOD, LOOK, STATES, UNSEEN, WRONG, Finding, Place
from server.services.checkup.visiting import DESK_PAGE, PHONE_CALL, PHONE_PAGE, Answer, Visit
from server.services.transaction import writing
from server.translating.catalogues import locales
from tests.engines import ENGINE
from tests.inbox.colleagues import browser_of, kinds_of_events, statuses
from tests.inbox.conftest import Browser, Hands
from tests.partnership import Partnership

PAGE, SAY = "/checkup", "/checkup/backup"


@pytest.fixture(autouse=True)
def _names_that_answer(monkeypatch: pytest.MonkeyPatch, hands: Hands) -> None:
    """Both answer as they should, by https, without a socket."""

    def answer(policy: str, status: int) -> Answer:
        date = format_datetime(hands.now, usegmt=True)
        return Answer(
            status,
            (
                ("Content-Security-Policy", policy),
                ("Strict-Transport-Security", "max-age=63072000"),
                ("Date", date),
            ),
        )

    class Names:
        def __init__(self, config: object) -> None:
            self.config = config

        def done(self) -> tuple[Visit, Visit]:
            ends = hands.now + timedelta(days=60)
            field = {PHONE_PAGE: 200, PHONE_CALL: 200, DESK_PAGE: 404}
            desk = {DESK_PAGE: 200, PHONE_CALL: 404}
            return (
                Visit(
                    "https://heed.example", {at: answer(FIELD_CSP, status) for at, status in field.items()}, "", ends
                ),
                Visit(
                    "https://inbox.example", {at: answer(INBOX_CSP, status) for at, status in desk.items()}, "", ends
                ),
            )

    monkeypatch.setattr(looking, "Visits", Names)


def plain(page: str) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page)))


def test_what_is_wrong_comes_first_with_its_word_and_what_to_do(coordinator: Browser) -> None:
    page = coordinator.get(PAGE).text
    heads = re.findall(r'<h2 id="(\w+)">([^<]+) <span class="tag \w*">(\d+)</span>', page)
    # Only of a file can the server see the disk.
    unseen = [(UNSEEN, "Not checked")] if ENGINE == "postgresql" else []
    expected = [(WRONG, "Wrong"), (LOOK, "Look at this"), *unseen, (GOOD, "Good")]
    assert [(state, word) for state, word, _ in heads] == expected
    for state, word, number in heads:
        part = page.split(f'<h2 id="{state}">')[1].split("</section>")[0]
        assert part.count(f"{word}</span></li>") == int(number)
        assert part.count("<svg") == int(number)
        assert (part.count("What to do:") == int(number)) == (state != GOOD)
    text = plain(page)
    assert "Every team has keys These teams have none." in text
    assert "The other team · The other council" in text
    assert "\u2066https://heed.example\u2069 and \u2066https://inbox.example\u2069 answer" in text
    assert "%(" not in text


def test_no_person_and_no_other_address_is_on_it(coordinator: Browser) -> None:
    work = coordinator.get(PAGE).text.split('<main class="work"')[1]
    assert "Coordinator, " not in work
    assert set(re.findall(r"https?://[\w.]+", work)) == {"https://heed.example", "https://inbox.example"}


def test_the_page_is_there_in_every_language(coordinator: Browser) -> None:
    for locale in locales():
        coordinator.submit("/language", "/roles", language=locale.tag, back="/roles")
        page = coordinator.get(PAGE)
        assert page.status_code == 200
        assert f'dir="{locale.dir}"' in page.text


def test_it_is_said_that_a_backup_was_put_back(app: Flask, coordinator: Browser, hands: Hands) -> None:
    assert "Nobody ever did." in coordinator.get(PAGE).text
    answer = coordinator.submit(SAY, PAGE)
    assert (answer.status_code, answer.location) == (303, "/checkup?done=put-back")
    page = coordinator.get(answer.location).text
    assert "Written down: a backup was put back today." in page
    assert "Nobody ever did." not in page
    assert kinds_of_events(app) == ["backup_put_back"]
    with app.app_context():
        assert db.session.get_one(Milestone, BACKUP_PUT_BACK).at == hands.now
    assert "An administrator said that a backup was put back" in coordinator.get("/audit").text


def test_looking_leaves_no_trace(app: Flask, coordinator: Browser) -> None:
    coordinator.get(PAGE)
    assert kinds_of_events(app) == []


def test_a_form_from_elsewhere_says_nothing(app: Flask, coordinator: Browser) -> None:
    assert coordinator.host.post(SAY, data={"csrf_token": "made up"}).status_code == 400
    assert kinds_of_events(app) == []


def test_a_partners_own_administrator_does_not_come_in(app: Flask, outsider: Browser) -> None:
    assert statuses(outsider, [PAGE], "GET") == statuses(outsider, [SAY], "POST") == {403}
    assert PAGE not in outsider.get("/roles").text
    assert kinds_of_events(app) == []


@pytest.mark.parametrize("role", ["coordinator", "lead", "analyst"])
def test_only_administrators_come_in(app: Flask, partnership: Partnership, role: str) -> None:
    browser = browser_of(app, partnership.home.team_id, role)
    assert statuses(browser, [PAGE], "GET") == statuses(browser, [SAY], "POST") == {403}


def test_administrators_are_led_there(coordinator: Browser) -> None:
    assert f'<a href="{PAGE}">Server check</a>' in coordinator.get("/roles").text
    assert f'<a href="{PAGE}" aria-current="page">Server check</a>' in coordinator.get(PAGE).text


def test_names_of_teams_are_escaped_and_not_all_of_many_are_named(app: Flask, coordinator: Browser) -> None:
    with app.app_context(), writing() as session:
        of = session.get_one(Organisation, 1)
        for number in range(MOST_NAMED + 3):
            name = f"<b>{number:02}</b>"
            session.add(Team(organisation=of, name=name, areas=[], urgent_number="+441414960105"))
    page = coordinator.get(PAGE).text
    keys = page.split("Every team has keys")[1].split("</ul>")[0]
    assert "&lt;b&gt;19&lt;/b&gt;" in keys
    assert "<b>19" not in page
    # The three that are too many, and the other council's.
    assert keys.count("<li>") == MOST_NAMED + 1
    assert "and 4 more" in keys


def test_a_fault_is_said_in_words(app: Flask, coordinator: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_visits: object, _now: object) -> Finding:
        raise OSError("secret words")

    broken.__name__ = "apart"
    monkeypatch.setattr(hosts, "apart", broken)
    page = coordinator.get(PAGE)
    assert page.status_code == 200
    assert "This could not be looked at." in page.text
    assert "secret words" not in page.text


CODES: tuple[str, ...] = ("good", "none", "look", "wrong", "late", "never", "unseen", "short", "elsewhere")
CODES += ("this_machine", "away", "refused", "no_https", "policy", "hsts", "cookie", "other", "own")


@pytest.mark.parametrize("about", sorted(_WORDS))
def test_every_finding_has_words(about: str) -> None:
    facts: dict[str, int | str | datetime] = dict.fromkeys(("at", "size", "free", "origin", "field", "inbox"), "x")
    facts["num"] = 3
    # A code without words is shown as it is.
    said = {code: said_of(Finding(about, WRONG, code, facts)) for code in CODES}
    known = {code: words for code, words in said.items() if words.found != code}
    assert "good" in known
    for code, words in known.items():
        assert "%" not in words.found + words.advice
        assert words.found.endswith((".", ")."))
        assert bool(words.advice) == (code not in ("good", "none")), code
    assert len(known) > 1


def test_the_parts_are_in_the_order_they_came() -> None:
    found = [Finding("disk", state, FAULT, places=(Place("A", "B", 1),)) for state in STATES]
    parts = parts_of(found)
    assert [part.state for part in parts] == list(STATES)
    assert {part.icon for part in parts} == {"stop", "search", "hold", "done"}
    assert parts[STATES.index(UNSEEN)].lines[0].named == [("A", "B", "1 person")]
