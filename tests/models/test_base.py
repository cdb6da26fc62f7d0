"""Moments come back as they went in, on both engines, and never without a zone."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from flask import Flask
from sqlalchemy.exc import StatementError

from server.extensions import db
from server.models import Installation
from server.services.transaction import writing


def test_a_moment_comes_back_in_utc(engine_app: Flask) -> None:
    east = datetime(2026, 11, 22, 3, 4, 5, tzinfo=timezone(timedelta(hours=5)))
    with engine_app.app_context():
        with writing() as session:
            session.add(Installation(is_demo=False, made_at=east))
        back = db.session.get_one(Installation, 1).made_at
    assert back == east
    assert back.utcoffset() == timedelta(0)


def test_a_time_without_a_zone_is_refused(app: Flask) -> None:
    naive = datetime(2026, 11, 22, tzinfo=UTC).replace(tzinfo=None)
    with app.app_context(), pytest.raises(StatementError, match="without a zone"), writing() as session:
        session.add(Installation(is_demo=False, made_at=naive))
