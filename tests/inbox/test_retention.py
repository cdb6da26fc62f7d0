"""What the desk says of deleting on time: how soon and why, keeping longer with a reason, and what is left to find."""

import dataclasses
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from server import clock
from server.extensions import db
from server.inbox import times, words
from server.inbox.showing import leaving
from server.models import Referral, Tombstone
from server.services import list_counts
from server.services.intake import Stored
from server.services.retention.periods import Periods
from server.services.transaction import writing
from tests.inbox.conftest import Browser
from tests.partnership import Partnership

Send = Callable[..., Stored]
NOW = clock.now()
DAY = timedelta(days=1)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def said(page: str) -> str:
    """The words of a page, its markup taken off."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def change(app: Flask, number: str, **values: Any) -> None:
    """Write into the row of a referral."""
    with app.app_context(), writing() as session:
        row = session.get_one(Referral, number)
        for name, value in values.items():
            setattr(row, name, value)


def stay(left: float, closed_days_ago: float | None = None, **values: Any) -> leaving.Stay:
    """What is said at noon of one that has so many days left of its 90."""
    row = Referral(received_at=NOON - (90 - left) * DAY, **values)
    row.closed_at = None if closed_days_ago is None else NOON - closed_days_ago * DAY
    return leaving.stay_of(row, Periods(), NOON)


@pytest.mark.parametrize(
    ("left", "words_", "hue"),
    [
        (14.01, "", ""),
        (14, "Deleted in 14 days", "amber"),
        (3.01, "Deleted in 3 days", "amber"),
        (3, "Deleted in 3 days", "red"),
        (1.6, "Deleted in 2 days", "red"),
        (1.4, "Deleted tomorrow", "red"),
        (0.4, "Deleted today", "red"),
        (-2, "Deleted today", "red"),
    ],
)
def test_days_are_counted_as_people_count(left: float, words_: str, hue: str) -> None:
    assert (leaving.countdown(NOON + left * DAY, NOON), leaving.hue(NOON + left * DAY, NOON)) == (words_, hue)


def test_why_it_goes_on_that_day() -> None:
    assert stay(90).when == "It will be deleted on 20 February 2027, in 90 days."
    assert stay(90).why == "If you close it, it goes 30 days later, or on this day if that is sooner."
    assert stay(31).why.startswith("If you close it")
    # Closing it would change nothing.
    assert stay(30).why == "That is 90 days after it came."
    assert stay(60, 10).when == "It will be deleted on 12 December 2026, in 20 days."
    assert stay(60, 10).why == "That is 30 days after it was closed."
    assert stay(10, 1).when == "It will be deleted on 2 December 2026, in 10 days."
    assert stay(10, 1).why == "That is 90 days after it came."
    kept = stay(10, 1, kept_until=NOON + 40 * DAY, kept_because="complaint")
    assert kept.when == "It will be deleted on 1 January 2027, in 40 days."
    assert kept.why == "Your team keeps it until then. Why: A complaint about it is open."
    # Kept for less than it stays anyway: the usual rule is what holds.
    assert stay(60, 10, kept_until=NOON + 15 * DAY, kept_because="complaint").why.startswith("That is 30 days")


def test_only_what_gains_a_day_can_be_chosen() -> None:
    assert [choice.days for choice in stay(5).choices] == [14, 30, 90]
    assert [choice.days for choice in stay(20).choices] == [30, 90]
    assert stay(90).choices == []
    assert stay(90).no_longer == "You can keep it longer once it has less than 90 days left."
    near = stay(-70, kept_until=NOON + 5 * DAY, kept_because="complaint")
    assert [choice.text for choice in near.choices] == [
        "14 days from today, until 6 December 2026",
        "Until 12 December 2026, the last day possible",
    ]
    last = stay(-70, kept_until=NOON + 20 * DAY, kept_because="complaint")
    assert (last.choices, last.no_longer) == ([], "It cannot be kept any longer: this is the last day possible.")


def test_a_line_says_how_soon(coordinator: Browser, send: Send) -> None:
    send(at=NOW - 60 * DAY)
    assert "Deleted in" not in coordinator.get("/").text
    assert ">Deleted soon<" not in coordinator.get("/").text
    at = NOW - 80 * DAY
    send(at=at)
    expected = leaving.countdown(at + 90 * DAY, clock.now())
    assert f'<span class="tag amber">{expected}</span>' in coordinator.get("/").text


def test_the_filter_holds_what_goes_wherever_it_lies(app: Flask, coordinator: Browser, send: Send) -> None:
    stays, old, closed, held = (send(at=at) for at in (NOW, NOW - 80 * DAY, NOW - 40 * DAY, NOW - 85 * DAY))
    change(app, closed.id, state="closed", closed_as="duplicate", closed_at=NOW - 20 * DAY)
    change(app, held.id, held=True)
    page = coordinator.get("/?show=leaving").text
    assert {one.id for one in (old, closed, held)} == set(re.findall(r'href="/referrals/([0-9a-f-]+)"', page))
    assert stays.id not in page
    assert re.search(r'show=leaving" aria-current="page">Deleted soon<span class="number">3</span>', page)
    assert "Nothing will be deleted within the next 14 days." not in page


def test_an_empty_filter_says_so(coordinator: Browser, send: Send) -> None:
    send()
    assert "Nothing will be deleted within the next 14 days." in coordinator.get("/?show=leaving").text


def test_a_notice_stands_on_top_when_it_is_close(coordinator: Browser, outsider: Browser, send: Send) -> None:
    send(at=NOW - 86 * DAY)
    assert "will be deleted within" not in said(coordinator.get("/").text)
    send(at=NOW - 88 * DAY)
    send(at=NOW - 89 * DAY)
    page = coordinator.get("/").text
    assert "2 referrals will be deleted within 3 days." in page
    assert '<a href="/?show=leaving">See what is deleted soon</a>' in page
    assert "will be deleted within" not in said(outsider.get("/").text)


def test_nothing_is_counted_beyond_what_anybody_reads(
    coordinator: Browser, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (list_counts, words):
        monkeypatch.setattr(module, "MOST_COUNTED", 2)
    for _ in range(3):
        send(at=NOW - 89 * DAY)
    page = coordinator.get("/").text
    assert 'To act on<span class="number"><bdi dir="ltr">2+</bdi></span>' in page
    assert "2 referrals or more." in page


def test_the_settings_decide(app: Flask, coordinator: Browser, send: Send) -> None:
    app.config["HEED"] = dataclasses.replace(app.config["HEED"], keep_days=5, keep_closed_days=2)
    at = clock.now()
    page = said(coordinator.get(f"/referrals/{send(at=at).id}").text)
    assert f"It will be deleted on {times.day((at + 5 * DAY).astimezone(times.ZONE).date())}, in 5 days." in page
    assert "If you close it, it goes 2 days later" in page


def test_kept_longer_with_a_reason(coordinator: Browser, send: Send) -> None:
    at = NOW - 88 * DAY
    page = f"/referrals/{send(at=at).id}"
    soon = leaving.countdown(at + 90 * DAY, clock.now())
    assert f'href="#stay">{soon}</a>' in coordinator.get(page).text
    sent = {"version": "1", "reason": "police_work", "days": "30"}
    assert coordinator.submit(f"{page}/keep", page, **sent).location == f"{page}?done=kept"
    shown = coordinator.get(f"{page}?done=kept").text
    assert "Kept longer." in shown
    assert "in 30 days" in shown
    assert "Your team keeps it until then. Why: The police still work on it." in shown
    assert "A coordinator keeps it longer. The police still work on it · 30 days." in said(shown)
    assert soon not in coordinator.get("/").text


def test_a_closed_one_is_kept_longer(app: Flask, coordinator: Browser, send: Send) -> None:
    number = send(at=NOW - 40 * DAY).id
    change(app, number, state="closed", closed_as="duplicate", closed_at=NOW - 29 * DAY)
    page = f"/referrals/{number}"
    assert "That is 30 days after it was closed." in coordinator.get(page).text
    coordinator.submit(f"{page}/keep", page, version="1", reason="complaint", days="14")
    assert "Why: A complaint about it is open." in coordinator.get(page).text


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({"reason": "complaint"}, 'value="complaint" required checked'),
        ({"days": "30"}, 'value="30" required checked'),
        ({"reason": "made-up", "days": "30"}, 'value="30" required checked'),
        ({"reason": "complaint", "days": "31"}, 'value="complaint" required checked'),
        ({"reason": "complaint", "days": "many"}, 'value="complaint" required checked'),
        # Less than it stays anyway.
        ({"reason": "complaint", "days": "14"}, 'value="complaint" required checked'),
    ],
)
def test_what_was_chosen_stays_when_something_is_missing(
    app: Flask, coordinator: Browser, send: Send, sent: dict[str, str], kept: str
) -> None:
    number = send(at=NOW - 70 * DAY).id
    answer = coordinator.submit(f"/referrals/{number}/keep", f"/referrals/{number}", version="1", **sent)
    assert answer.status_code == 422
    assert answer.text.count("Choose one of these.") == 1
    assert kept in answer.text
    assert re.search(r'<details class="close" open>\s*<summary class="btn">Keep it longer', answer.text)
    with app.app_context():
        assert db.session.get_one(Referral, number).kept_until is None


def test_at_the_last_day_no_form_is_there(app: Flask, coordinator: Browser, send: Send) -> None:
    number = send(at=NOW - 100 * DAY).id
    change(app, number, kept_until=NOW + 80 * DAY, kept_because="proceedings")
    page = coordinator.get(f"/referrals/{number}").text
    assert "It cannot be kept any longer: this is the last day possible." in page
    assert "/keep" not in page
    # Whoever had the form open is told.
    answer = coordinator.submit(
        f"/referrals/{number}/keep", f"/referrals/{number}", version="1", reason="complaint", days="90"
    )
    assert answer.status_code == 422


def test_two_at_once_the_second_is_told(coordinator: Browser, send: Send) -> None:
    page = f"/referrals/{send(at=NOW - 80 * DAY).id}"
    coordinator.submit(f"{page}/claim", page, version="1")
    late = coordinator.submit(f"{page}/keep", page, version="1", reason="protection", days="30")
    assert late.status_code == 409
    assert "Someone changed this" in late.text
    for kept in ('value="protection" required checked', 'value="30" required checked', 'name="version" value="2"'):
        assert kept in late.text
    assert coordinator.submit(f"{page}/keep", page, version="2", reason="protection", days="30").status_code == 303


def test_nobody_keeps_what_is_not_theirs_or_gone(
    app: Flask, coordinator: Browser, outsider: Browser, send: Send
) -> None:
    number = send(at=NOW - 80 * DAY).id
    sent = {"version": "1", "reason": "protection", "days": "30"}
    assert outsider.submit(f"/referrals/{number}/keep", "/roles", **sent).status_code == 404
    with app.app_context(), writing() as session:
        session.delete(session.get_one(Referral, number))
    assert coordinator.submit(f"/referrals/{number}/keep", "/roles", **sent).status_code == 404


@pytest.mark.parametrize(
    ("ended", "sentence"),
    [
        (
            {"closed_at": datetime(2026, 2, 1, tzinfo=UTC), "closed_as": "acted_support"},
            "{} was deleted on 3 March 2026. It came on 2 January 2026 and was closed on 1 February 2026 as: Passed to "
            "support. Nothing else of it is kept.",
        ),
        (
            {},
            "{} was deleted on 3 March 2026. It came on 2 January 2026 and was never closed. Nothing else of it is "
            "kept.",
        ),
    ],
)
def test_what_is_gone_is_found_by_its_reference(
    app: Flask, coordinator: Browser, outsider: Browser, partnership: Partnership, ended: dict[str, Any], sentence: str
) -> None:
    days = {"received_at": datetime(2026, 1, 2, tzinfo=UTC), "deleted_at": datetime(2026, 3, 3, tzinfo=UTC)}
    with app.app_context(), writing() as session:
        session.add(
            Tombstone(
                id="6a2b4c1e-0000-4000-8000-000000000001",
                reference="HD-7K3M-Q9TX",
                team_id=partnership.home.team_id,
                receipt_sha256="0" * 64,
                why="closed",
                **days,
                **ended,
            )
        )
    for typed in ("HD-7K3M-Q9TX", "7k3m q9tx"):
        assert sentence.format("HD-7K3M-Q9TX") in said(coordinator.get("/", query_string={"q": typed}).text)
        assert (
            "No referral of your team has this reference." not in coordinator.get("/", query_string={"q": typed}).text
        )
    # Who kept its address finds the same, and nobody else does.
    kept = "/referrals/6a2b4c1e-0000-4000-8000-000000000001"
    assert (coordinator.get(kept).location, outsider.get(kept).status_code) == ("/?q=HD-7K3M-Q9TX", 404)
    missing = outsider.get("/?q=HD-7K3M-Q9TX").text
    assert "was deleted" not in missing
    assert "No referral of your team has this reference." in missing
