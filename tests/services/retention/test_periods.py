"""One rule for the day that is shown and the day on which it goes; on both engines."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from server.config import Config
from server.extensions import db
from server.models import Referral
from server.services.retention.periods import Periods, furthest, leaves_at, leaving, periods_of
from server.services.transaction import writing
from tests.partnership import Partnership
from tests.services.retention.conftest import CAME, PERIODS
from tests.services.sending import send


# Days after it came: when it was closed, until when it is kept, when it goes.
@pytest.mark.parametrize(
    ("closed", "kept", "goes"),
    [
        (None, None, 90),
        (5, None, 35),
        (60, None, 90),
        (80, None, 90),
        (None, 60, 90),
        (None, 100, 100),
        (5, 20, 35),
        (5, 50, 50),
        (80, 120, 120),
    ],
)
def test_it_goes_when_it_is_said_to(
    engine_app: Flask, sides: Partnership, closed: int | None, kept: int | None, goes: int
) -> None:
    with engine_app.app_context():
        one = send(sides.home, CAME).id
        with writing() as session:
            row = session.get_one(Referral, one)
            row.kept_until = None if kept is None else CAME + timedelta(days=kept)
            if closed is not None:
                row.state, row.closed_as, row.closed_at = "closed", "duplicate", CAME + timedelta(days=closed)
        at = CAME + timedelta(days=goes)
        assert leaves_at(db.session.get_one(Referral, one), PERIODS) == at
        assert furthest(db.session.get_one(Referral, one), PERIODS) == CAME + timedelta(days=180)
        for by, gone in ((at - timedelta(seconds=1), []), (at, [one])):
            assert list(db.session.scalars(select(Referral.id).where(leaving(PERIODS, by)))) == gone


def test_the_settings_say_how_long() -> None:
    settings = Config(keep_closed_days=5, keep_days=20, keep_record_months=7)
    assert periods_of(settings) == Periods(closed_days=5, most_days=20, record_months=7)
    assert periods_of(Config()) == Periods() == Periods(closed_days=30, most_days=90, record_months=12)
