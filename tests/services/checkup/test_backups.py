"""Backups: sealed to somebody, made and put back lately; and what an administrator says, with its event."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from server.config import Config
from server.extensions import db
from server.models import Event, Member
from server.models.milestone import BACKUP_MADE, BACKUP_PUT_BACK
from server.services.checkup import backups
from server.services.checkup.finding import GOOD, LOOK, WRONG, Finding
from server.services.milestones import last
from tests.partnership import RECIPIENT, Partnership
from tests.services.checkup.conftest import NOW, reach

MADE = [(0.0, GOOD), (2, GOOD), (2.01, LOOK), (7, LOOK), (7.01, WRONG)]
PUT_BACK = [(0.0, GOOD), (180, GOOD), (180.01, LOOK), (365, LOOK), (365.01, WRONG)]


def test_it_is_set_whom_to_seal_to() -> None:
    assert backups.recipient(Config(), NOW).state == WRONG
    assert backups.recipient(Config(backup_recipient=RECIPIENT), NOW).state == GOOD


@pytest.mark.parametrize(
    ("look", "name", "cases"),
    [(backups.backup_made, BACKUP_MADE, MADE), (backups.backup_put_back, BACKUP_PUT_BACK, PUT_BACK)],
)
def test_it_was_done_lately(
    teams: Partnership, look: Callable[[datetime], Finding], name: str, cases: list[tuple[float, str]]
) -> None:
    assert (look(NOW).state, look(NOW).found) == (WRONG, "never")
    for days, state in cases:
        reach(name, NOW - timedelta(days=days))
        assert look(NOW).state == state, days


def test_an_administrator_says_that_one_was_put_back(teams: Partnership) -> None:
    me = db.session.get_one(Member, teams.home.member_id)
    for at in (NOW, NOW + timedelta(days=1)):
        backups.backup_was_put_back(me, at)
        assert last(BACKUP_PUT_BACK) == at
    asked = select(Event.member_id, Event.at).where(Event.kind == "backup_put_back").order_by(Event.id)
    assert [tuple(row) for row in db.session.execute(asked)] == [
        (teams.home.member_id, NOW),
        (teams.home.member_id, NOW + timedelta(days=1)),
    ]
    assert last(BACKUP_MADE) is None
