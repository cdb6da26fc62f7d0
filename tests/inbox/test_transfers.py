"""Passing on, page by page: what each side sees in each state, and what it must not find in any answer."""

import base64
import json
import re
from collections.abc import Callable

import pytest
from flask import Flask

from server import clock
from server.extensions import db
from server.models import Referral, Team, Transfer
from server.services import triage
from server.services.intake import Stored
from server.services.transaction import writing
from server.services.transfers import offering, rules
from tests.inbox.conftest import Browser
from tests.partnership import Partnership
from tests.referrals import AGE_FILE, coded
from tests.services.transfers.passing import SIGNATURE, give_keys, kept, member_of, offered

Send = Callable[..., Stored]


@pytest.fixture(autouse=True)
def _keys(app: Flask, partnership: Partnership) -> None:
    with app.app_context():
        give_keys(partnership.other)


def sent_form(partnership: Partnership, **changes: str) -> dict[str, str]:
    """What the script sends."""
    made = {
        "version": "1",
        "team": str(partnership.other.team_id),
        "purpose": "protect",
        "ground": "consent",
        "file": base64.b64encode(AGE_FILE).decode(),
        "signature": SIGNATURE,
    }
    return {**made, **changes}


@pytest.fixture
def offer(app: Flask, partnership: Partnership, send: Send) -> Callable[..., tuple[int, Stored]]:
    """Stores a referral and offers it to the other team. Out: the number of the hand-over, the referral."""

    def _offer(**changes: str) -> tuple[int, Stored]:
        stored = send(coded(danger="now"), file=AGE_FILE)
        with app.app_context():
            return offered(partnership, stored.id, clock.now(), **changes), stored

    return _offer


Offer = Callable[..., tuple[int, Stored]]


def test_the_form_offers_teams_purposes_and_grounds_and_chooses_none(
    app: Flask, coordinator: Browser, partnership: Partnership, send: Send
) -> None:
    with app.app_context(), writing() as session:
        other = session.get_one(Team, partnership.other.team_id)
        other.conflicts.append(session.get_one(Team, partnership.home.team_id).organisation)
    page = coordinator.get(f"/referrals/{send(file=AGE_FILE).id}/pass-on").text
    form = page[page.index("data-pass-on") :]
    assert re.findall(r'name="purpose" value="(\w+)"', form) == list(rules.PURPOSES)
    assert rules.PURPOSES[-1] == "immigration"
    assert "never needed to keep somebody safe" in form[: form.index('value="immigration"')]
    assert re.findall(r'name="ground" value="(\w+)"', form) == ["consent", "child", "danger", "duty"]
    assert not re.search(r"<(input|option)[^>]* (checked|selected)", form)
    # Until the browser has looked at its own roster, no team can be chosen.
    assert re.findall(r'name="team" value="(\d+)" required (\w+)', form) == [
        (str(partnership.other.team_id), "disabled")
    ]
    assert "must not be told about staff of The home council" in form
    # What is typed has no name, so that no form can carry it.
    assert not re.search(r"<textarea[^>]* name=", form)
    assert not re.search(r'type="checkbox"[^>]* name=', form)


def test_for_a_place_nobody_is_asked_to_have_agreed(coordinator: Browser, send: Send) -> None:
    part = coded()
    part["facts"] = {"subject": "place", "danger": "none", "contact": "third_party"}
    page = coordinator.get(f"/referrals/{send(part).id}/pass-on").text
    assert re.findall(r'name="ground" value="(\w+)"', page) == ["child", "danger", "duty", "place"]


def test_what_is_closed_or_held_cannot_be_passed_on(
    app: Flask, coordinator: Browser, partnership: Partnership, send: Send
) -> None:
    closed, held = send(), send()
    with app.app_context():
        triage.close(member_of(partnership.home), closed.id, 1, "duplicate", clock.now())
        with writing() as session:
            session.get_one(Referral, held.id).held = True
    for stored, version in ((closed, "2"), (held, "1")):
        page = coordinator.get(f"/referrals/{stored.id}/pass-on").text
        assert "cannot be passed on" in page
        assert "data-pass-on" not in page
        assert "/pass-on" not in coordinator.get(f"/referrals/{stored.id}").text
        answer = coordinator.submit(f"/referrals/{stored.id}/pass-on", "/", **sent_form(partnership, version=version))
        assert (answer.status_code, answer.json) == (409, {"problem": "stale"})


def test_an_offer_is_taken_once(app: Flask, coordinator: Browser, partnership: Partnership, send: Send) -> None:
    path = f"/referrals/{send(file=AGE_FILE).id}/pass-on"
    answer = coordinator.submit(path, "/", **sent_form(partnership))
    told = json.loads(answer.text)
    assert (answer.status_code, told["ok"]) == (200, True)
    with app.app_context():
        assert kept(told["transfer"]).file == AGE_FILE
    again = coordinator.submit(path, "/", **sent_form(partnership))
    assert (again.status_code, again.json) == (409, {"problem": "stale"})
    assert "It has this already." in coordinator.get(path).text


@pytest.mark.parametrize(
    "changes",
    [
        {"file": ""},
        {"file": "not base64!"},
        {"file": "QQ"},
        {"file": base64.b64encode(b"in the clear").decode()},
        {"file": base64.b64encode(AGE_FILE + b"x" * offering.MOST_BYTES).decode()},
        {"signature": ""},
        {"signature": "short"},
        {"purpose": "remove"},
        {"ground": "place"},
        {"team": "0"},
        {"team": "999999"},
        {"version": "one"},
    ],
)
def test_what_no_page_sends_is_refused(
    app: Flask, coordinator: Browser, partnership: Partnership, send: Send, changes: dict[str, str]
) -> None:
    path = f"/referrals/{send().id}/pass-on"
    answer = coordinator.submit(path, "/", **sent_form(partnership, **changes))
    assert answer.status_code == 422
    assert set(json.loads(answer.text)) == {"problem"}
    with app.app_context():
        assert db.session.query(Transfer).count() == 0


def test_before_it_answers_the_other_team_sees_little(outsider: Browser, offer: Offer) -> None:
    number, stored = offer(ground="danger")
    page = outsider.get(f"/passed-on/{number}").text
    for said in ("Keep the person safe", "Someone’s life or safety", "The home team", "Now", "Take it on"):
        assert said in page, said
    for hidden in (stored.reference, stored.id, "data-passed-on", SIGNATURE, "What the phone said to do", "Adult"):
        assert hidden not in page, hidden
    assert outsider.get(f"/passed-on/{number}/file").status_code == 404
    assert outsider.get(f"/referrals/{stored.id}").status_code == 404
    listed = outsider.get("/passed-on").text
    assert stored.reference not in listed
    assert "Waits for an answer" in listed


def test_offers_that_wait_are_counted_beside_every_page(coordinator: Browser, outsider: Browser, offer: Offer) -> None:
    count = re.compile(r'href="/passed-on"[^>]*>Passed on<span class="number">(\d+)')
    assert not count.search(outsider.get("/").text)
    number, _ = offer()
    offer()
    assert count.findall(outsider.get("/").text) == ["2"]
    assert not count.search(coordinator.get("/").text)
    outsider.submit(f"/passed-on/{number}/accept", f"/passed-on/{number}", version="1")
    assert count.findall(outsider.get("/account").text) == ["1"]


def test_accepted_it_shows_the_coded_part_and_hands_out_the_file(outsider: Browser, offer: Offer) -> None:
    number, stored = offer()
    path = f"/passed-on/{number}"
    assert outsider.submit(f"{path}/accept", path, version="1").location == f"{path}?done=accepted"
    page = outsider.get(f"{path}?done=accepted").text
    assert stored.reference in page
    for part in ("Danger", "What the phone said to do", "data-passed-on", "You have it."):
        assert part in page, part
    found = re.search(r"<template data-coded>(.*?)</template>", page)
    assert found
    assert json.loads(found[1].replace("&#34;", '"'))["facts"]["danger"] == "now"
    shown = dict(re.findall(r'data-(from|to|purpose|ground|signature|referral-id)="([^"]*)"', page))
    assert shown["signature"] == SIGNATURE
    assert (shown["purpose"], shown["ground"], shown["referral-id"]) == ("protect", "consent", stored.id)
    answer = outsider.get(f"{path}/file")
    assert (answer.data, answer.content_type) == (AGE_FILE, "application/octet-stream")


def test_the_other_team_finds_nothing_that_was_not_passed_on(
    app: Flask, coordinator: Browser, outsider: Browser, partnership: Partnership, offer: Offer
) -> None:
    number, stored = offer()
    coordinator.submit(f"/referrals/{stored.id}/claim", f"/referrals/{stored.id}", version="1")
    outsider.submit(f"/passed-on/{number}/accept", f"/passed-on/{number}", version="1")
    with app.app_context():
        device = db.session.get_one(Referral, stored.id).device_id
    page = outsider.get(f"/passed-on/{number}").text
    for hidden in (
        "Coordinator, home",
        "data-note-url",
        "New phone",
        f"/phones/{device}",
        "/claim",
        "/close",
        "pass-on",
    ):
        assert hidden not in page, hidden
    for path in ("", "/note", "/voucher", "/messages", "/pass-on"):
        assert outsider.get(f"/referrals/{stored.id}{path}").status_code == 404, path
    # Nor does the home team learn who in the other team answers.
    for path in (f"/passed-on/{number}", f"/referrals/{stored.id}", "/audit"):
        assert "Coordinator, other" not in coordinator.get(path).text, path
    assert "was taken on" in coordinator.get(f"/referrals/{stored.id}").text


def test_a_refusal_needs_a_reason_and_leaves_a_line(
    app: Flask, coordinator: Browser, outsider: Browser, offer: Offer
) -> None:
    number, stored = offer()
    path = f"/passed-on/{number}"
    bare = outsider.submit(f"{path}/refuse", path, version="1")
    assert bare.status_code == 422
    assert "Choose one of these." in bare.text
    assert outsider.submit(f"{path}/refuse", path, version="1", reason="no_room").status_code == 303
    for answer in (outsider.get(path), outsider.get("/passed-on")):
        assert "Not taken on" in answer.text
        assert "We cannot take it on now" in answer.text
        for gone in (stored.reference, "Glasgow", SIGNATURE, "Take it on<"):
            assert gone not in answer.text, gone
    assert "We cannot take it on now" in coordinator.get(path).text
    with app.app_context():
        assert kept(number).file is None


def test_taken_back_it_is_a_line_on_the_other_side(coordinator: Browser, outsider: Browser, offer: Offer) -> None:
    number, stored = offer()
    path = f"/passed-on/{number}"
    outsider.submit(f"{path}/accept", path, version="1")
    outsider.get(f"{path}/file")
    page = coordinator.get(path).text
    assert "opened what you sealed for them" in page
    assert "What they have read by then, they have read." in page
    assert coordinator.submit(f"{path}/revoke", path, version="2").location == f"{path}?done=revoked"
    gone = outsider.get(path)
    assert gone.status_code == 200
    assert "Taken back" in gone.text
    for hidden in (stored.reference, stored.id, "data-passed-on", SIGNATURE, "What the phone said to do"):
        assert hidden not in gone.text, hidden
    assert outsider.get(f"{path}/file").status_code == 404
    assert stored.reference in coordinator.get(path).text


def test_done_tells_the_home_team_how(coordinator: Browser, outsider: Browser, offer: Offer) -> None:
    number, stored = offer()
    path = f"/passed-on/{number}"
    outsider.submit(f"{path}/accept", path, version="1")
    assert outsider.submit(f"{path}/done", path, version="2").status_code == 422
    assert outsider.submit(f"{path}/done", path, version="2", outcome="acted_support").status_code == 303
    for page in (coordinator.get(path), coordinator.get(f"/referrals/{stored.id}"), outsider.get(path)):
        assert "Passed to support" in page.text
    assert "data-passed-on" in outsider.get(path).text
    assert f"{path}/revoke" not in coordinator.get(path).text


def test_two_at_once_the_second_sees_how_it_stands(coordinator: Browser, outsider: Browser, offer: Offer) -> None:
    number, _ = offer()
    path = f"/passed-on/{number}"
    outsider.submit(f"{path}/accept", path, version="1")
    late = coordinator.submit(f"{path}/revoke", path, version="1")
    assert late.status_code == 409
    assert "Someone changed this" in late.text
    assert "Taken on" in late.text
    late = outsider.submit(f"{path}/refuse", path, version="1", reason="known")
    assert late.status_code == 409


def test_each_side_can_do_only_its_own(coordinator: Browser, outsider: Browser, offer: Offer) -> None:
    number, _ = offer()
    path = f"/passed-on/{number}"
    for deed in ("accept", "refuse", "done"):
        sent = {"version": "1", "reason": "known", "outcome": "duplicate"}
        assert coordinator.submit(f"{path}/{deed}", path, **sent).status_code == 404
    assert outsider.submit(f"{path}/revoke", path, version="1").status_code == 404
    assert coordinator.get(f"{path}/file").status_code == 404


def test_immigration_is_said_again_where_it_is_read(outsider: Browser, offer: Offer) -> None:
    number, _ = offer(purpose="immigration")
    assert "never needed to keep somebody safe" in outsider.get(f"/passed-on/{number}").text
    other, _ = offer()
    assert "never needed to keep somebody safe" not in outsider.get(f"/passed-on/{other}").text


def test_what_is_urgent_is_rung_too(coordinator: Browser, offer: Offer) -> None:
    number, _ = offer()
    assert "0141 496 0100" in coordinator.get(f"/passed-on/{number}").text
