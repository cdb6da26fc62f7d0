"""How many are about to be deleted: to the second, on every shelf, of the own team alone, never beyond a bound."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from server import clock
from server.extensions import db
from server.models import Member, Referral
from server.services import list_counts
from server.services.retention.periods import Periods
from server.services.transaction import writing
from tests.partnership import Partnership, Side, found
from tests.services.sending import send

NOW = clock.now()
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def _count(side: Side) -> int:
    return list_counts.leaving_soon(db.session.get_one(Member, side.member_id), NOW, Periods())


def _change(number: str, **values: Any) -> None:
    with writing() as session:
        row = session.get_one(Referral, number)
        for name, value in values.items():
            setattr(row, name, value)


def _several(sides: Partnership) -> None:
    send(sides.home, NOW - 87 * DAY + SECOND)
    send(sides.home, NOW - 87 * DAY)
    send(sides.home, NOW - 95 * DAY)
    closed = send(sides.home, NOW - 40 * DAY).id
    _change(closed, state="closed", closed_as="duplicate", closed_at=NOW - 27 * DAY)
    early = send(sides.home, NOW - 40 * DAY).id
    _change(early, state="closed", closed_as="duplicate", closed_at=NOW - 27 * DAY + SECOND)
    kept = send(sides.home, NOW - 89 * DAY).id
    _change(kept, kept_until=NOW + 3 * DAY + SECOND, kept_because="complaint")
    held = send(sides.home, NOW - 88 * DAY).id
    _change(held, held=True)


def test_what_leaves_within_three_days_is_counted(engine_app: Flask) -> None:
    with engine_app.app_context():
        sides = found()
        assert _count(sides.home) == 0
        _several(sides)
        assert _count(sides.home) == 4
        assert _count(sides.other) == 0


def test_no_more_than_the_bound(engine_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_counts, "MOST_COUNTED", 3)
    with engine_app.app_context():
        sides = found()
        _several(sides)
        assert _count(sides.home) == 3
