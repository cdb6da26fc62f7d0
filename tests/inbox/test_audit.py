"""The record's page: whose it is, what can be looked for in it, and the table to take away."""

import csv
import io
from collections.abc import Callable

import pytest
from flask import Flask

from server import clock
from server.extensions import db
from server.models import Event, Member
from server.services.audit import listing
from server.services.events import add_event
from server.services.intake import Stored
from server.services.transaction import writing
from tests.inbox.conftest import Browser
from tests.partnership import Partnership

Send = Callable[..., Stored]


@pytest.fixture
def home(app: Flask, partnership: Partnership) -> Callable[..., None]:
    """Adds events of the home team's member."""

    def write(count: int, **changes: object) -> None:
        with app.app_context():
            for _ in range(count):
                with writing() as session:
                    member = session.get_one(Member, partnership.home.member_id)
                    add_event(session, member, "rota_changed", clock.now(), about=("team", member.team_id))

    return write


def test_it_shows_what_was_done_and_by_whom(coordinator: Browser, send: Send) -> None:
    reference = send().reference
    page = coordinator.get("/audit")
    assert page.status_code == 200
    for said in ("Signed in.", "with password and code", "Coordinator, home", reference, "A phone", "Stored."):
        assert said in page.text, said
    assert "The other council" not in page.text
    assert "Coordinator, other" not in page.text


@pytest.mark.parametrize("role", ["coordinator", "lead", "analyst"])
def test_it_is_for_administrators_only(app: Flask, partnership: Partnership, coordinator: Browser, role: str) -> None:
    token = coordinator.token("/audit")
    with app.app_context(), writing() as session:
        session.get_one(Member, partnership.home.member_id).roles = [role]
    assert coordinator.get("/audit").status_code == 403
    assert coordinator.host.post("/audit/export", data={"csrf_token": token}).status_code == 403


def test_older_ones_are_a_page_away(
    coordinator: Browser, home: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE", 5)
    home(7)
    first = coordinator.get("/audit?group=team")
    assert first.text.count("The rota was changed.") == 5
    assert "Newest</a>" not in first.text
    onward = first.text.partition('href="/audit?before=')[2].partition('"')[0].replace("&amp;", "&")
    assert "group=team" in onward
    second = coordinator.get(f"/audit?before={onward}")
    assert second.text.count("The rota was changed.") == 2
    assert "Newest</a>" in second.text
    assert "Older</a>" not in second.text


def test_it_is_found_by_everything_the_page_offers(coordinator: Browser, send: Send, partnership: Partnership) -> None:
    sent = send()
    asked = {
        "group=referrals": 1,
        "group=keys": 0,
        "who=phone&group=referrals": 1,
        f"who={partnership.home.member_id}&group=referrals": 0,
        f"about={sent.reference}": 1,
        "about=nothing+like+it": 0,
        "about=%25": 0,
        f"since={clock.now():%Y-%m-%d}&group=referrals": 1,
        "until=2020-01-31": 0,
    }
    for query, count in asked.items():
        page = coordinator.get(f"/audit?{query}")
        assert page.status_code == 200, query
        assert page.text.count("Stored. The phone has its receipt.") == count, query
    assert "Nothing like this is in the record." in coordinator.get("/audit?group=keys").text


@pytest.mark.parametrize(
    "query",
    [
        "group=everything",
        "who=nobody",
        "who=99999999999999999999",
        "before=0",
        "before=99999999999999999999",
        "before=x",
        "about=%01",
        "about=" + "x" * 81,
    ],
)
def test_what_the_page_does_not_offer_is_not_there(coordinator: Browser, query: str) -> None:
    assert coordinator.get(f"/audit?{query}").status_code == 404


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("since=soon", "Give the day as"),
        ("since=0001-01-01", "Give the day as"),
        ("until=9999-12-31", "Give the day as"),
        ("since=2026-02-01&until=2026-01-01", "The last day is before the first"),
    ],
)
def test_a_day_that_cannot_be_is_said_beside_it(coordinator: Browser, query: str, said: str) -> None:
    page = coordinator.get(f"/audit?{query}")
    assert page.status_code == 422
    assert said in page.text
    assert 'aria-invalid="true"' in page.text
    assert query.partition("&")[0].partition("=")[2] in page.text


def test_another_organisations_person_cannot_be_asked_for(coordinator: Browser, partnership: Partnership) -> None:
    assert coordinator.get(f"/audit?who={partnership.other.member_id}").status_code == 404


def test_the_newest_hash_is_there_to_be_written_down(
    app: Flask, coordinator: Browser, partnership: Partnership
) -> None:
    with app.app_context():
        organisation = db.session.get_one(Member, partnership.home.member_id).team.organisation
        shown = listing.fingerprint(organisation)
    assert shown
    assert shown in coordinator.get("/audit").text


def test_the_table_is_taken_away_and_leaves_an_event(app: Flask, coordinator: Browser, send: Send) -> None:
    reference = send().reference
    answer = coordinator.submit("/audit/export", "/audit")
    assert answer.status_code == 200
    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="heed-record-')
    rows = list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert reference in {row["about"] for row in rows}
    with app.app_context():
        asked = db.select(Event).where(Event.kind == "audit_exported")
        assert [event.detail for event in db.session.scalars(asked)] == [{"events": len(rows)}]
    assert f"{len(rows)} events" in coordinator.get("/audit").text


def test_the_table_is_not_given_to_a_link_or_another_page(coordinator: Browser) -> None:
    assert coordinator.get("/audit/export").status_code == 405
    assert coordinator.host.post("/audit/export").status_code == 400
