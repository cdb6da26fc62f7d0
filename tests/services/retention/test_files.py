"""The proof: once it was purged, no file of the database holds a byte of what a referral said. The same search finds
what was planted."""

import json
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from server.extensions import db
from server.models import Referral
from server.services.retention import deleting, files
from server.services.retention.files import bring_down
from tests.conftest import application
from tests.partnership import Partnership, found
from tests.services.messages.talking import talk
from tests.services.retention.conftest import CAME, GONE, PERIODS, Whole, make_whole
from tests.services.transfers.passing import give_keys, offered

_MARK = "MARKED-AND-TO-BE-GONE"


def plant(whole: Whole) -> set[str]:
    """A mark of its own in every field that says something. Out: all of them."""
    # By chance, so that no engine can press it together and the mark with it.
    long = secrets.token_hex(9000)
    texts = {"coded": json.dumps({"mark": f"{_MARK}-coded", "more": long}), "area": f"{_MARK}-area"}
    texts |= {"urgent_because": json.dumps([f"{_MARK}-because"]), "subject": f"{_MARK}-subject"}
    sealed = {"sealed_note": "referral_id = :id", "message": "referral_id = :id", "transfer": "referral_id = :id"}
    given = {"id": whole.id}
    with db.engine.begin() as connection:
        for column, value in texts.items():
            is_json = column == "urgent_because" and connection.dialect.name == "postgresql"
            cast = "CAST(:value AS json)" if is_json else ":value"
            put = text(f"UPDATE referral SET {column} = {cast} WHERE id = :id")  # noqa: S608
            connection.execute(put, {**given, "value": value})
        for table, mine in sealed.items():
            # Small ones lie in the row's page, large ones beside it.
            for size, chosen in (("small", ""), ("large", long)):
                file = f"{_MARK}-{table}-{size}-{chosen}".encode()
                put = text(f"UPDATE {table} SET file = :value WHERE {mine}")  # noqa: S608
                connection.execute(put, {**given, "value": file})
    return {f"{_MARK}-{name}" for name in ("coded", "area", "because", "subject", *sealed)}


def marks_in(folder: Path, marks: set[str]) -> set[str]:
    """Which marks are in any file under a folder."""
    found: set[str] = set()
    for path in folder.rglob("*"):
        if path.is_file():
            held = path.read_bytes()
            found |= {mark for mark in marks if mark.encode() in held}
    return found


@contextmanager
def reading(path: str) -> Iterator[None]:
    """Somebody who reads and does not end."""
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM event").fetchone()
        yield


def folder_of_the_database() -> Path:
    """Where the files of this test's database lie, written out as they are now."""
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if connection.dialect.name == "sqlite":
            return Path(db.engine.url.database or "").parent
        connection.exec_driver_sql("CHECKPOINT")
        data = connection.exec_driver_sql("SHOW data_directory").scalar()
        number = "SELECT oid FROM pg_database WHERE datname = current_database()"
        return Path(str(data), "base", str(connection.exec_driver_sql(number).scalar()))


def test_nothing_of_it_is_left_in_any_file(engine_app: Flask, whole: Whole) -> None:
    with engine_app.app_context():
        # One that stays, behind it: a table that is emptied is cut to nothing by itself, and would prove nothing.
        stays = talk(whole.sides.home, CAME + timedelta(days=1), receipt=b"another sixteen!")
        stays.from_phone(1, CAME + timedelta(days=1))
        offered(whole.sides, stays.referral_id, CAME + timedelta(days=1))
        marks = plant(whole)
        db.session.remove()
        assert marks_in(folder_of_the_database(), marks) == marks
        assert bring_down(db.engine, rewrite=True)
        assert marks_in(folder_of_the_database(), marks) == marks
        deleting.sweep(CAME + timedelta(days=90), PERIODS)
        db.session.remove()
        assert bring_down(db.engine, rewrite=True)
        assert marks_in(folder_of_the_database(), marks) == set()
        assert whole.rows() == {"referral": 1, "sealed_note": 1, "message": 1, "transfer": 1, "tombstone": 1}
        assert db.session.get(Referral, stays.referral_id) is not None


def test_a_reader_that_does_not_end_is_said(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_PATIENCE", 10)
    with application(sqlite_url) as app, app.app_context():
        path = db.engine.url.database or ""
        with reading(path):
            whole = make_whole(_sides())
            deleting.sweep(CAME + timedelta(days=90), PERIODS)
            db.session.remove()
            assert not bring_down(db.engine)
        assert bring_down(db.engine)
        assert Path(f"{path}-wal").stat().st_size == 0
        assert whole.rows() == GONE


def _sides() -> Partnership:
    made = found()
    give_keys(made.other)
    return made
