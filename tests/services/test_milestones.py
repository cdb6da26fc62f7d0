"""A milestone is one row that says when something last went well, by the clock of that moment."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select

from server import clock
from server.extensions import db
from server.models import Milestone
from server.services import milestones

NOW = clock.now()


def test_it_is_moved_and_never_doubled(engine_app: Flask) -> None:
    with engine_app.app_context():
        assert milestones.last("sweep:counts") is None
        for moment in (NOW, NOW + timedelta(hours=1), NOW - timedelta(days=300)):
            milestones.reached("sweep:counts", moment)
            assert milestones.last("sweep:counts") == moment
        milestones.reached("sweep:notices", NOW)
        assert db.session.scalar(select(func.count()).select_from(Milestone)) == 2
