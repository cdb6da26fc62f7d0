"""The rota: who reads on which day, seen by London's calendar, and gaps that are seen before they come."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from server.extensions import db
from server.models import RotaTurn
from server.services.partnership.rota import (
    DAYS,
    TurnRefused,
    change_rota,
    days_of,
    readers_today,
    who_may_read,
)
from server.services.transaction import writing
from tests.partnership import Partnership, found
from tests.services.partnership.gathering import NOW, colleague, events, member_of, team_of

MONDAY = date(2026, 11, 23)


@pytest.fixture
def sides(engine_app: Flask) -> Iterator[Partnership]:
    with engine_app.app_context():
        yield found()


def turns() -> list[tuple[date, int]]:
    return [(turn.day, turn.member_id) for turn in db.session.scalars(select(RotaTurn).order_by(RotaTurn.day))]


def test_only_who_works_with_referrals_may_take_a_turn(sides: Partnership) -> None:
    reads, looks, runs = (colleague(sides.home, name, name) for name in ("coordinator", "analyst", "administrator"))
    gone, invited = colleague(sides.home, "gone"), colleague(sides.home, "invited")
    with writing():
        gone.left_at = NOW
        invited.joined_at = None
    found = {one.id for one in who_may_read(team_of(sides.home))}
    assert found == {sides.home.member_id, reads.id}
    assert not found & {looks.id, runs.id}


def test_the_rota_is_kept_as_a_whole(sides: Partnership) -> None:
    actor, team = member_of(sides.home), team_of(sides.home)
    second = colleague(sides.home, "second")
    tuesday = MONDAY + timedelta(days=1)
    change_rota(actor, team, {MONDAY: {actor.id, second.id}, tuesday: {second.id}}, NOW)
    change_rota(actor, team, {tuesday: {actor.id}}, NOW)
    assert turns() == [(tuesday, actor.id)]
    assert [event[2:] for event in events("rota_changed")] == [
        ("team", str(team.id), {"turns": 3, "days": 2}),
        ("team", str(team.id), {"turns": 1, "days": 1}),
    ]


def test_the_same_rota_again_is_no_change(sides: Partnership) -> None:
    actor = member_of(sides.home)
    for _time in range(2):
        change_rota(actor, team_of(sides.home), {MONDAY: {actor.id}}, NOW)
    assert len(events("rota_changed")) == 1


def test_days_before_and_after_the_page_stay(sides: Partnership) -> None:
    actor, team = member_of(sides.home), team_of(sides.home)
    outside = (MONDAY - timedelta(days=1), MONDAY + timedelta(days=DAYS))
    with writing() as session:
        session.add_all(RotaTurn(team_id=team.id, day=day, member_id=actor.id) for day in outside)
    change_rota(actor, team_of(sides.home), {MONDAY: {actor.id}}, NOW)
    change_rota(actor, team_of(sides.home), {}, NOW)
    assert tuple(day for day, _ in turns()) == outside


@pytest.mark.parametrize("days", [-1, DAYS])
def test_a_turn_outside_the_page_is_refused(sides: Partnership, days: int) -> None:
    actor = member_of(sides.home)
    with pytest.raises(TurnRefused):
        change_rota(actor, team_of(sides.home), {MONDAY + timedelta(days=days): {actor.id}}, NOW)
    assert turns() == []


def test_a_turn_for_somebody_else_is_refused(sides: Partnership) -> None:
    actor = member_of(sides.home)
    for number in (sides.other.member_id, colleague(sides.home, "looks", "analyst").id, 4711):
        with pytest.raises(TurnRefused):
            change_rota(actor, team_of(sides.home), {MONDAY: {actor.id, number}}, NOW)
    assert turns() == []


def test_a_day_of_reading_without_a_reader_is_a_gap(sides: Partnership) -> None:
    actor = member_of(sides.home)
    change_rota(actor, team_of(sides.home), {MONDAY: {actor.id}}, NOW)
    days = days_of(team_of(sides.home), NOW)
    assert len(days) == DAYS
    assert [day.is_gap for day in days[:7]] == [False, True, True, True, True, False, False]
    assert [one.id for one in days[0].readers] == [actor.id]
    assert days[0].times == (("08:00", "18:00"),)


def test_who_left_reads_no_more(sides: Partnership) -> None:
    actor = member_of(sides.home)
    second = colleague(sides.home, "second")
    change_rota(actor, team_of(sides.home), {MONDAY: {actor.id, second.id}}, NOW)
    assert [one.id for one in readers_today(team_of(sides.home), NOW)] == [actor.id, second.id]
    with writing():
        second.left_at = NOW
    assert [one.id for one in readers_today(team_of(sides.home), NOW)] == [actor.id]
    assert readers_today(team_of(sides.other), NOW) == []
