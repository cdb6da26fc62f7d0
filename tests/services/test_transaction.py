"""One deed, one transaction: all of it or nothing, and the writer's place is taken at the beginning."""

import sqlite3
import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import text

from server import clock
from server.extensions import db
from server.models import Installation
from server.services.transaction import WritingInsideWriting, writing
from tests.conftest import application


@pytest.fixture
def sqlite_app(sqlite_url: str) -> Iterator[Flask]:
    """An application on SQLite, whatever the engine of the run: its settings and its one writer."""
    with application(sqlite_url) as made:
        yield made


def test_nothing_is_left_when_something_is_raised(engine_app: Flask) -> None:
    def break_off() -> None:
        with writing() as session:
            session.add(Installation(is_demo=False, made_at=clock.now()))
            session.flush()
            raise KeyError

    with engine_app.app_context():
        with pytest.raises(KeyError):
            break_off()
        assert db.session.get(Installation, 1) is None


def test_a_service_cannot_write_inside_another(app: Flask) -> None:
    with app.app_context(), pytest.raises(WritingInsideWriting), writing(), writing():
        pass


def test_a_reader_may_become_the_writer_after_another_wrote(engine_app: Flask) -> None:
    """On SQLite this fails with "database is locked" if the transaction that read goes on and writes."""
    with engine_app.app_context():
        db.session.execute(text("SELECT count(*) FROM event")).all()
        other = threading.Thread(target=_write, args=(engine_app,))
        other.start()
        other.join()
        with writing() as session:
            session.get_one(Installation, 1).is_demo = True
        assert db.session.get_one(Installation, 1).is_demo


def test_what_sqlite_was_told(sqlite_app: Flask) -> None:
    with sqlite_app.app_context():
        told = {
            name: db.session.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys", "busy_timeout")
        }
    assert told == {
        "journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1, "busy_timeout": 10000,
    }  # fmt: skip


def _write(app: Flask) -> None:
    with app.app_context(), writing() as session:
        session.add(Installation(is_demo=False, made_at=clock.now()))


def test_the_writer_s_place_is_taken_at_the_beginning(sqlite_app: Flask) -> None:
    with sqlite_app.app_context(), writing():
        other = sqlite3.connect(str(db.engine.url.database), timeout=0)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()
