"""Room on the disk, and clocks that agree."""

import shutil
from collections import namedtuple
from collections.abc import Iterator
from datetime import timedelta
from email.utils import format_datetime

import pytest
from flask import Flask

from server import clock
from server.config import Config
from server.models import Member
from server.services.checkup import machine
from server.services.checkup.finding import GOOD, LOOK, UNSEEN, WRONG
from server.services.checkup.machine import LEAST_ROOM, MIB
from server.services.checkup.visiting import Answer, Visit
from server.services.events import add_event
from server.services.transaction import writing
from tests.conftest import application
from tests.partnership import Partnership
from tests.services.checkup.conftest import NOW

Usage = namedtuple("Usage", "free")


@pytest.fixture
def on_a_file(sqlite_url: str) -> Iterator[Flask]:
    """An application on SQLite: of another engine, Heed cannot see the disk."""
    with application(sqlite_url) as app:
        yield app


@pytest.mark.parametrize(
    ("free", "state"),
    [
        (LEAST_ROOM, GOOD),
        (LEAST_ROOM - 1, LOOK),
        (LEAST_ROOM // 4, LOOK),
        (LEAST_ROOM // 4 - 1, WRONG),
    ],
)
def test_a_small_file_needs_some_room(on_a_file: Flask, monkeypatch: pytest.MonkeyPatch, free: int, state: str) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Usage(free))
    with on_a_file.app_context():
        found = machine.disk(on_a_file.config["HEED"], NOW)
    assert (found.state, found.facts["free"]) == (state, -(-free // MIB))


@pytest.mark.parametrize(("times", "state"), [(2.0, GOOD), (1.99, LOOK), (1.0, LOOK), (0.99, WRONG)])
def test_a_large_file_needs_room_for_itself_twice(
    on_a_file: Flask, monkeypatch: pytest.MonkeyPatch, times: float, state: str
) -> None:
    config: Config = on_a_file.config["HEED"]
    log = f"{config.database_url.removeprefix('sqlite:///')}-wal"
    with open(log, "ab") as large:
        large.truncate(LEAST_ROOM)
    size = machine.disk(config, NOW).facts["size"]
    assert isinstance(size, int)
    assert size > LEAST_ROOM // MIB
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Usage(int(times * size * MIB)))
    assert machine.disk(config, NOW).state == state


def test_another_machines_disk_cannot_be_seen(teams: Partnership, engine_app: Flask) -> None:
    found = machine.disk(engine_app.config["HEED"], NOW)
    size = found.facts["size"]
    assert isinstance(size, int)
    assert size >= 1
    if engine_app.config["HEED"].database_url.startswith("postgresql"):
        assert (found.state, found.found) == (UNSEEN, "elsewhere")
    else:
        assert found.state == GOOD


def test_an_event_ahead_of_the_clock_is_wrong(teams: Partnership) -> None:
    now = clock.now()
    assert machine.newest_event(now).state == GOOD
    assert machine.newest_event(now - timedelta(minutes=1)).state == GOOD
    found = machine.newest_event(now - timedelta(minutes=3))
    assert found.state == WRONG
    # One that is ahead stands out also when the clock was put right since.
    with writing() as session:
        me = session.get_one(Member, teams.home.member_id)
        add_event(session, me, "signed_in", now + timedelta(days=1))
        add_event(session, me, "signed_in", now)
    assert machine.newest_event(now).facts == {"at": now + timedelta(days=1)}


def test_the_databases_own_clock(teams: Partnership, engine_app: Flask) -> None:
    found = machine.database_clock(clock.now())
    if engine_app.config["HEED"].database_url.startswith("sqlite"):
        assert found is None
        return
    assert found is not None
    assert found.state == GOOD
    for apart in (timedelta(minutes=-1), timedelta(minutes=1)):
        late = machine.database_clock(clock.now() + apart)
        assert late is not None
        assert late.state == WRONG


def visits(*seconds: int) -> list[Visit]:
    dates = [format_datetime(NOW + timedelta(seconds=late), usegmt=True) for late in seconds]
    return [Visit("https://heed.example", {"/": Answer(200, (("date", date),))}) for date in dates]


def test_the_proxys_clock() -> None:
    assert machine.host_clock(visits(0, 60), NOW).state == GOOD
    found = machine.host_clock(visits(0, 61), NOW)
    assert (found.state, found.facts) == (WRONG, {"num": 61})
    assert machine.host_clock(visits(-61, 0), NOW).state == WRONG
    assert machine.host_clock([Visit("https://heed.example")], NOW).state == UNSEEN
