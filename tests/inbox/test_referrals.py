"""The list in its order, one referral in full, claim and close, and two people at once."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from server import clock
from server.extensions import db
from server.models import Device, Referral
from server.services import listing
from server.services.intake import Stored
from tests.inbox.conftest import Browser
from tests.referrals import AGE_FILE, coded

Send = Callable[..., Stored]
NOW = clock.now()


def listed(page: str) -> list[str]:
    return re.findall(r'class="row [a-z]+" href="/referrals/([0-9a-f-]+)"', page)


def test_the_most_urgent_stand_first(coordinator: Browser, send: Send) -> None:
    calm = send(coded({}, danger="none"), at=NOW)
    later = send(coded(danger="now"), at=NOW)
    first = send(coded(danger="now"), at=NOW - timedelta(minutes=5))
    assert listed(coordinator.get("/").text) == [first.id, later.id, calm.id]
    assert listed(coordinator.get("/?show=danger").text) == [first.id, later.id]
    assert listed(coordinator.get("/?show=closed").text) == []


def test_filters_are_links_with_counts(coordinator: Browser, send: Send) -> None:
    send(coded(danger="now", age="unsure"))
    page = coordinator.get("/").text
    counts = dict(re.findall(r'href="/\?show=([a-z]+)"[^>]*>[^<]*<span class="number">(\d+)', page))
    assert counts["danger"] == counts["child"] == counts["unclaimed"] == "1"
    assert counts["mine"] == counts["closed"] == "0"
    assert 'aria-current="page">To act on' in page


def test_a_reference_is_found_as_people_say_it(coordinator: Browser, send: Send) -> None:
    wanted, _other = send(), send()
    bare = wanted.reference.removeprefix("HD-")
    said = bare.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    for typed in (wanted.reference, bare, said, bare[:4]):
        assert listed(coordinator.get("/", query_string={"q": typed}).text) == [wanted.id], typed
    assert "No referral of your team has this reference." in coordinator.get("/?q=UUUU").text


def test_late_ones_say_so(coordinator: Browser, send: Send) -> None:
    send(coded(danger="now"), at=NOW - timedelta(hours=3))
    assert "Late, was due" in coordinator.get("/?show=overdue").text


def test_what_nobody_asked_is_told_apart(coordinator: Browser, send: Send) -> None:
    answers = {"always-with-minder": "yes", "lives-at-work": "no", "debt-cannot-be-paid": "declined"}
    page = coordinator.get(f"/referrals/{send(coded({**answers, 'no-access-to-id': 'dont_know'})).id}").text
    groups = {
        answer: re.findall("<li>([^<]+)</li>", labels)
        for answer, labels in re.findall(r"<dt>([^<]+)</dt><dd><ul>(.*?)</ul>", page, re.DOTALL)
    }
    assert groups["Did not want to say"] == ["Owes a debt that keeps growing"]
    assert len(groups["No"]) == len(groups["Don&#39;t know"]) == 1
    assert len(groups["Not asked"]) == 8
    assert "<small>seen</small>" in page


def test_do_not_visit_stands_on_top(coordinator: Browser, send: Send) -> None:
    part = coded()
    part["actions"] = [["police.report.place", "today"]]
    page = coordinator.get(f"/referrals/{send(part).id}").text
    assert page.index("Do not visit the place") < page.index('class="facts"')


def test_a_result_that_differs_shows_both(coordinator: Browser, send: Send) -> None:
    part = coded({"locked-in-or-guarded": "yes"})
    assert part["result"]["concern"] == "strong"
    part["result"] = {"concern": "low", "could_be": "low", "flags": []}
    page = coordinator.get(f"/referrals/{send(part).id}").text
    assert "Phone and server differ." in page
    assert "<dt>Phone</dt><dd>Few signs" in re.sub(r"\s+<", "<", page)
    assert "<dt>Server</dt><dd>Strong signs" in re.sub(r"\s+<", "<", page)


def test_what_would_be_enough_never_stands_alone(coordinator: Browser, send: Send) -> None:
    answers = dict.fromkeys(["always-with-minder", "no-access-to-id", "debt-cannot-be-paid", "little-or-no-pay"], "yes")
    page = coordinator.get(f"/referrals/{send(coded(answers)).id}").text
    reasons = re.search(r'<ul class="reasons">(.*?)</ul>', page, re.DOTALL)
    assert reasons
    assert reasons[1].count("<li") == 4
    assert 0 < reasons[1].count('class="enough"') < 4


def test_the_coded_part_is_on_the_page_as_it_was_sent(app: Flask, coordinator: Browser, send: Send) -> None:
    stored = send(file=AGE_FILE)
    page = coordinator.get(f"/referrals/{stored.id}").text
    found = re.search(r"<template data-coded>(.*?)</template>", page)
    assert found
    with app.app_context():
        assert found[1].replace("&#34;", '"') == db.session.get_one(Referral, stored.id).coded
    assert f'data-coded-sha256="{stored.coded_sha256}"' in page
    assert not re.search(r'<input id="passphrase"[^>]*\bname=', page)


def test_the_sealed_note_is_handed_out_as_it_came(coordinator: Browser, send: Send) -> None:
    stored = send(file=AGE_FILE)
    answer = coordinator.get(f"/referrals/{stored.id}/note")
    assert answer.data == AGE_FILE
    assert answer.content_type == "application/octet-stream"
    assert answer.headers["X-Sealed-SHA256"] == stored.sealed_sha256
    assert "Sealed note fetched" in coordinator.get(f"/referrals/{stored.id}").text


def test_a_note_that_waits_is_not_there(coordinator: Browser, send: Send) -> None:
    number = send().id
    assert coordinator.get(f"/referrals/{number}/note").status_code == 404
    assert "The note waits on the phone." in coordinator.get(f"/referrals/{number}").text


def test_claim_then_close(coordinator: Browser, send: Send) -> None:
    page = f"/referrals/{send().id}"
    assert coordinator.submit(f"{page}/claim", page, version="1").location == f"{page}?done=claimed"
    assert "You have it." in coordinator.get(f"{page}?done=claimed").text
    sent = {"version": "2", "outcome": "no_exploitation_other_help"}
    assert coordinator.submit(f"{page}/close", page, **sent).location == f"{page}?done=closed"
    closed = coordinator.get(page).text
    assert "Not exploitation, other help given" in closed
    assert "/claim" not in closed
    assert "/close" not in closed


def test_closing_without_an_outcome_asks_for_one(coordinator: Browser, send: Send) -> None:
    page = f"/referrals/{send().id}"
    for outcome in ({}, {"outcome": "made-up"}):
        answer = coordinator.submit(f"{page}/close", page, version="1", **outcome)
        assert answer.status_code == 422
        assert "Choose one of these." in answer.text


def test_two_at_once_the_second_is_told(coordinator: Browser, send: Send) -> None:
    page = f"/referrals/{send().id}"
    coordinator.submit(f"{page}/claim", page, version="1")
    late = coordinator.submit(f"{page}/close", page, version="1", outcome="acted_police")
    assert late.status_code == 409
    assert "Someone changed this" in late.text
    assert re.search(r'value="acted_police" required checked', late.text)
    assert f'href="{page}"' in late.text
    assert coordinator.submit(f"{page}/claim", page, version="1").status_code == 409
    again = coordinator.submit(f"{page}/close", page, version="2", outcome="acted_police")
    assert again.location == f"{page}?done=closed"
    assert coordinator.submit(f"{page}/claim", "/", version="3").status_code == 409


def test_a_version_that_is_no_number_is_refused(coordinator: Browser, send: Send) -> None:
    page = f"/referrals/{send().id}"
    assert coordinator.submit(f"{page}/claim", page, version="one").status_code == 400


def test_the_stronger_of_two_levels_is_the_one_in_the_list(coordinator: Browser, send: Send) -> None:
    part = coded({"no-access-to-id": "yes", "threatened-now": "yes"})
    assert part["result"]["concern"] == "some"
    part["result"] = {"concern": "low", "could_be": "low", "flags": []}
    page = coordinator.get(f"/referrals/{send(part).id}").text
    assert '<span class="tag amber">Some signs</span>' in page
    listed = coordinator.get("/").text
    assert '<span class="tag amber">Some signs</span>' in listed
    assert "Phone and server differ" in listed


def test_more_goes_on_where_the_page_ended(coordinator: Browser, send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing.listed, "__defaults__", ("", 2))
    sent = [send(at=NOW + timedelta(minutes=at)).id for at in range(5)]
    page, seen = coordinator.get("/").text, []
    while True:
        seen.append(listed(page))
        more = re.search(r'href="(/\?show=to-act&amp;after=[\w-]+)" rel="next"', page)
        if not more:
            break
        page = coordinator.get(more[1].replace("&amp;", "&")).text
        assert "5 referrals." in page
        assert "To the first page" in page
    assert seen == [sent[:2], sent[2:4], sent[4:]]


@pytest.mark.parametrize("after", ["x", "AAAA", "é", "W10"])
def test_a_place_that_is_not_there_is_404(coordinator: Browser, after: str) -> None:
    assert coordinator.get(f"/?after={after}").status_code == 404


def test_new_phones_are_marked_and_known_ones_have_a_list(app: Flask, coordinator: Browser, send: Send) -> None:
    first = send()
    assert '<span class="tag heather">New phone</span>' in coordinator.get("/").text
    assert '<span class="tag heather">New phone</span>' in coordinator.get(f"/referrals/{first.id}").text
    assert listed(coordinator.get("/?show=known").text) == []
    with app.app_context():
        phone = db.session.get_one(Referral, first.id).device_id
        db.session.execute(update(Device).where(Device.id == phone).values(accepted=3))
        db.session.commit()
    later = send()
    assert listed(coordinator.get("/?show=known").text) == [later.id]
    assert "New phone" not in coordinator.get(f"/referrals/{later.id}").text


def test_the_list_of_held_ones_is_there_when_there_are_any(app: Flask, coordinator: Browser, send: Send) -> None:
    number = send().id
    assert "show=held" not in coordinator.get("/").text
    with app.app_context():
        db.session.execute(update(Referral).values(held=True))
        db.session.commit()
    page = coordinator.get("/").text
    assert re.search(r'href="/\?show=held"[^>]*>Held<span class="number">1', page)
    assert listed(page) == []
    assert listed(coordinator.get("/?show=held").text) == [number]
    assert "It is held." in coordinator.get(f"/referrals/{number}").text
