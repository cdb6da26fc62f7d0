"""The database's own state: durable, of this release, no demonstration."""

import pytest
from sqlalchemy import text

from server.database import unsafe_settings
from server.extensions import db
from server.models import Installation
from server.services.checkup import database
from server.services.checkup.finding import GOOD, LOOK, WRONG
from server.services.transaction import writing
from tests.partnership import Partnership
from tests.services.checkup.conftest import NOW


def test_a_setting_that_could_lose_something_is_wrong(teams: Partnership, monkeypatch: pytest.MonkeyPatch) -> None:
    # As the database itself says: the tests' PostgreSQL is told to trust its disk to be quick.
    assert database.durable(NOW).state == (WRONG if unsafe_settings(db.engine) else GOOD)
    monkeypatch.setattr(database, "unsafe_settings", lambda _engine: [])
    assert database.durable(NOW).state == GOOD
    monkeypatch.setattr(database, "unsafe_settings", lambda _engine: ["one", "two"])
    found = database.durable(NOW)
    assert (found.state, found.facts) == (WRONG, {"num": 2})


def test_an_older_database_is_wrong(teams: Partnership) -> None:
    assert database.release(NOW).state == GOOD
    with writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    assert database.release(NOW).state == WRONG


def test_the_demonstration_is_said(teams: Partnership) -> None:
    assert database.demonstration(NOW).state == GOOD
    with writing() as session:
        session.add(Installation(is_demo=True, made_at=NOW))
    assert database.demonstration(NOW).state == LOOK
