"""Each side sees what is its own to see: the coded part once it was accepted, nothing once it is over, and never who
in the other team did what."""

from datetime import timedelta

import pytest
from flask import Flask

from server import clock
from server.services.transfers import answering, offering, viewing
from server.services.transfers.finding import NoSuchTransfer
from tests.partnership import Partnership
from tests.referrals import coded
from tests.services.sending import send
from tests.services.transfers.passing import member_of, offered, third_side

NOW = clock.now()


def test_the_receiving_side_sees_more_once_it_accepts_and_nothing_once_it_is_over(
    engine_app: Flask, sides: Partnership
) -> None:
    with engine_app.app_context():
        part = coded()
        number = offered(sides, send(sides.home, NOW, part).id, NOW)
        home, other = member_of(sides.home), member_of(sides.other)
        view = viewing.view(other, number)
        assert (view.is_sender, view.is_shown, view.detail) == (False, True, None)
        answering.accept(other, number, 1, NOW)
        view = viewing.view(other, number)
        assert view.detail is not None
        assert (view.detail.coded, view.detail.note, view.detail.events, view.detail.phone) == (part, "none", [], None)
        # Screened with what the worker's own organisation may and must do, not the reader's.
        assert view.detail.result is not None
        assert view.detail.result["concern"] == part["result"]["concern"]
        assert viewing.view(home, number).detail is None
        offering.revoke(home, number, 2, NOW)
        view = viewing.view(other, number)
        assert (view.is_shown, view.detail) == (False, None)
        assert viewing.view(home, number).is_shown


def test_a_refused_one_is_nothing_to_the_receiving_side(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        number = offered(sides, send(sides.home, NOW).id, NOW)
        answering.refuse(member_of(sides.other), number, 1, "conflict", NOW)
        view = viewing.view(member_of(sides.other), number)
        assert (view.is_shown, view.detail) == (False, None)


def test_what_is_done_stays_to_be_read(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        number = offered(sides, send(sides.home, NOW).id, NOW)
        other = member_of(sides.other)
        answering.accept(other, number, 1, NOW)
        answering.done(other, number, 2, "acted_police", NOW)
        assert viewing.view(other, number).detail is not None


@pytest.mark.parametrize("is_near", [False, True])
def test_the_timeline_names_nobody_of_the_other_team(engine_app: Flask, sides: Partnership, is_near: bool) -> None:
    with engine_app.app_context():
        organisation = member_of(sides.home).team.organisation_id if is_near else None
        there = third_side(organisation)
        number = offered(sides, send(sides.home, NOW).id, NOW, to_team_id=there.team_id)
        answering.accept(member_of(there), number, 1, NOW)
        seen = {
            name: [(step.kind, step.by) for step in viewing.view(member_of(side), number).steps]
            for name, side in (("home", sides.home), ("there", there))
        }
        assert seen["home"] == [("passed_on", "Coordinator, home"), ("pass_accepted", "")]
        assert seen["there"] == [("passed_on", ""), ("pass_accepted", "Coordinator, third")]


def test_what_waits_stands_first_and_is_counted(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        other = member_of(sides.other)
        numbers = [offered(sides, send(sides.home, NOW).id, NOW + timedelta(minutes=minute)) for minute in range(4)]
        answering.accept(other, numbers[3], 1, NOW)
        answering.refuse(other, numbers[2], 1, "known", NOW)
        order = [numbers[1], numbers[0], numbers[3], numbers[2]]
        assert [one.id for one in viewing.incoming(other)] == order
        home = member_of(sides.home)
        assert [one.id for one in viewing.outgoing(home)] == order
        assert (viewing.incoming(home), viewing.outgoing(other)) == ([], [])
        assert (viewing.waiting(other), viewing.waiting(home)) == (2, 0)
        third = member_of(third_side())
        assert (viewing.incoming(third), viewing.outgoing(third), viewing.waiting(third)) == ([], [], 0)


def test_a_third_team_sees_none_of_it(engine_app: Flask, sides: Partnership) -> None:
    with engine_app.app_context():
        number = offered(sides, send(sides.home, NOW).id, NOW)
        with pytest.raises(NoSuchTransfer):
            viewing.view(member_of(third_side()), number)
        with pytest.raises(NoSuchTransfer):
            viewing.view(member_of(sides.home), number + 1)
