"""All assertions together: what is wrong comes first, one that fails takes none with it, looking changes nothing."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from server import clock
from server.extensions import db
from server.inbox.showing.checkup import _WORDS
from server.models import Event, Milestone
from server.models.base import Base
from server.services.checkup import database, keys, looking, people
from server.services.checkup.finding import FAULT, STATES, UNSEEN, Finding
from server.services.checkup.looking import look
from server.services.checkup.visiting import AWAY, Visit
from tests.partnership import Partnership

SERVICE = Path(looking.__file__).parent


class NobodyThere:
    """Two names that do not answer."""

    def __init__(self, config: object) -> None:
        self.config = config

    def done(self) -> tuple[Visit, Visit]:
        return Visit("https://heed.example", fault=AWAY), Visit("https://inbox.heed.example", fault=AWAY)


@pytest.fixture(autouse=True)
def _nobody_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "Visits", NobodyThere)


def found(app: Flask) -> list[Finding]:
    return look(app.config["HEED"], clock.now())


def test_every_assertion_is_looked_at_once(teams: Partnership, engine_app: Flask) -> None:
    abouts = [one.about for one in found(engine_app)]
    assert len(abouts) == len(set(abouts))
    elsewhere = set() if db.engine.dialect.name == "postgresql" else {"database_clock"}
    assert set(abouts) == _WORDS.keys() - elsewhere
    assert not [one for one in found(engine_app) if one.found == FAULT]


def test_what_is_wrong_comes_first(teams: Partnership, engine_app: Flask) -> None:
    states = [STATES.index(one.state) for one in found(engine_app)]
    assert states == sorted(states)
    assert len(set(states)) == len(STATES)


def _division(_now: datetime) -> Finding:
    return Finding("drills", str(1 // 0), "")


def _query(_now: datetime) -> Finding:
    db.session.execute(text("SELECT nothing FROM nowhere"))
    raise AssertionError


@pytest.mark.parametrize("fault", [_division, _query])
def test_a_fault_is_said_and_takes_no_other_with_it(
    teams: Partnership,
    engine_app: Flask,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    fault: Callable[[datetime], Finding],
) -> None:
    before = {one.about: one for one in found(engine_app)}
    # What is wrapped keeps its name.
    for module, name in ((keys, "drills"), (people, "hours"), (database, "release")):
        fault.__name__ = name
        with monkeypatch.context() as patch:
            patch.setattr(module, name, fault)
            after = {one.about: one for one in found(engine_app)}
        assert after.pop(name) == Finding(name, UNSEEN, FAULT)
        assert {about: one.found for about, one in after.items()} == {
            about: one.found for about, one in before.items() if about != name
        }
    assert "nowhere" not in caplog.text


def test_looking_changes_nothing(teams: Partnership, engine_app: Flask) -> None:
    def rows() -> dict[str, int]:
        counted = {
            table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }
        db.session.rollback()
        return counted

    before = rows()
    found(engine_app)
    assert not db.session.new
    assert not db.session.dirty
    assert rows() == before
    assert before[Event.__tablename__] > 0
    assert before[Milestone.__tablename__] == 0


def test_no_person_is_named(teams: Partnership, engine_app: Flask) -> None:
    said = repr(found(engine_app))
    for name in ("Coordinator", "home'", teams.home.totp_secret, "+4414"):
        assert name not in said
