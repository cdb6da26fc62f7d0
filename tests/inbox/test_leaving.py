"""Leaving a team: one action ends the account, hands over what is open, and says what to do about the key."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import update

from server import clock
from server.extensions import db
from server.models import Member, Referral
from server.services.intake import Stored
from server.services.partnership.hours import today
from server.services.partnership.rota import change_rota
from server.services.transaction import writing
from tests.inbox.colleagues import (
    NOBODY,
    add_colleague,
    as_member,
    in_team,
    second_team,
    signed_in,
    statuses,
)
from tests.inbox.conftest import Browser
from tests.partnership import Partnership

Send = Callable[..., Stored]


def test_leaving_hands_over_what_is_open(
    app: Flask, coordinator: Browser, partnership: Partnership, send: Send
) -> None:
    side = add_colleague(app, partnership.home.team_id, "leaver", "coordinator")
    number = send().id
    with app.app_context():
        with writing() as session:
            session.execute(update(Referral).values(claimed_by=side.member_id, state="acted"))
        now = clock.now()
        change_rota(
            db.session.get_one(Member, partnership.home.member_id),
            in_team(app, side.team_id),
            {today(now): {side.member_id}},
            now,
        )
    theirs = signed_in(app, side)
    page = f"/people/{side.member_id}/leave"
    shown = coordinator.get(page).text
    assert "cannot sign in again" in shown
    assert "wrapped copy" in shown
    answer = coordinator.submit(page, page, hand_to=str(partnership.home.member_id))
    assert answer.status_code == 200
    for words in ("1 open referral went to", "1 turn was taken off the rota", "may have kept", "Renew the key now"):
        assert words in answer.text
    assert 'href="/keys"' in answer.text
    assert theirs.get("/").location.startswith("/sign-in")
    assert as_member(app, side).left_at is not None
    with app.app_context():
        assert db.session.get_one(Referral, number).claimed_by == partnership.home.member_id
    assert "Leaver" not in coordinator.get(f"/teams/{side.team_id}").text
    assert statuses(coordinator, [f"/people/{side.member_id}", page], "GET") == {404}


def test_leaving_may_put_work_back(app: Flask, coordinator: Browser, partnership: Partnership, send: Send) -> None:
    side = add_colleague(app, partnership.home.team_id, "leaver", "coordinator")
    send()
    with app.app_context(), writing() as session:
        session.execute(update(Referral).values(claimed_by=side.member_id, state="acted"))
    page = f"/people/{side.member_id}/leave"
    assert "In hand" in coordinator.get("/").text
    assert "1 open referral is unclaimed again." in coordinator.submit(page, page, hand_to="").text
    listed = coordinator.get("/").text
    assert "Unclaimed" in listed
    assert "In hand" not in listed


@pytest.mark.parametrize("who", ["analyst", "other", "itself", "nobody", "words"])
def test_work_goes_only_to_who_reads_here(app: Flask, coordinator: Browser, partnership: Partnership, who: str) -> None:
    side = add_colleague(app, partnership.home.team_id, "leaver", "coordinator")
    analyst = add_colleague(app, partnership.home.team_id, "looks", "analyst")
    numbers = {
        "analyst": analyst.member_id,
        "other": partnership.other.member_id,
        "itself": side.member_id,
        "nobody": NOBODY,
        "words": "x",
    }
    page = f"/people/{side.member_id}/leave"
    answer = coordinator.submit(page, page, hand_to=str(numbers[who]))
    assert answer.status_code == 422
    assert "Choose a colleague who still works with referrals" in answer.text
    assert as_member(app, side).is_active


def test_who_leaves_by_their_own_hand_is_at_the_door(app: Flask, partnership: Partnership) -> None:
    side = add_colleague(app, partnership.home.team_id, "lead", "lead")
    page = f"/people/{side.member_id}/leave"
    assert signed_in(app, side).submit(page, page, hand_to="").location == "/sign-in"
    assert not as_member(app, side).is_active


def test_an_administrator_elsewhere_is_told_whom_to_ask(
    app: Flask, coordinator: Browser, partnership: Partnership
) -> None:
    second = second_team(app, partnership.home)
    side = add_colleague(app, second, "leaver", "coordinator")
    page = f"/people/{side.member_id}/leave"
    assert "The team has no keys yet" in coordinator.submit(page, page, hand_to="").text
