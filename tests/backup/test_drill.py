"""The drill: backups are taken while referrals come in, and put back on an empty machine; on both engines."""

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Engine, Table, select
from sqlalchemy.orm import Session

from server import clock
from server.backup.making import make
from server.backup.restoring import restore
from server.config import Config
from server.database import engine_for
from server.models import Event, Referral, SealedNote
from server.services.audit.verify import verify
from tests.backup.conftest import OperatorKey
from tests.clients import field_client
from tests.conftest import application
from tests.partnership import Side, found
from tests.referrals import AGE_FILE
from tests.services.sending import send

NOW = clock.now()
# So many referrals stand before the backup begins.
BEFORE = 15
WORD = b"only-in-this-note"


def test_a_backup_taken_while_referrals_come_in_is_one_moment(
    config: Config, elsewhere: Config, key: OperatorKey, tmp_path: Path
) -> None:
    with application(config.database_url) as app:
        with app.app_context():
            side = found().home
        sent: list[str] = []
        enough, stop = threading.Event(), threading.Event()
        writer = threading.Thread(target=_write, args=(app, side, sent, enough, stop))
        writer.start()
        try:
            assert enough.wait(60)
            at_least = len(sent)
            made = make(config, tmp_path / "backups", NOW)
            # One more may be stored and not yet be in our list.
            at_most = len(sent) + 1
        finally:
            stop.set()
            writer.join(60)
    assert not writer.is_alive()
    assert WORD not in made.path.read_bytes()
    restore(elsewhere, made.path, key.file)
    live, back = _rows(config.database_url), _rows(elsewhere.database_url)
    inside = {row["id"] for row in back["referral"].values()}
    assert at_least <= len(inside) <= at_most
    # What is there is what came first, whole: no later one without an earlier one.
    assert inside == set(sent[: len(inside)])
    assert {row["referral_id"] for row in back["sealed_note"].values()} == inside
    for table, rows in back.items():
        assert rows, table
        assert rows == {row_id: live[table][row_id] for row_id in rows}
    _the_record_holds(elsewhere.database_url)
    _the_app_answers(elsewhere.database_url, side)


def test_the_clear_copy_is_nowhere(config: Config, elsewhere: Config, key: OperatorKey, tmp_path: Path) -> None:
    """Searched for after a backup and after one put back: only the database itself and what is sealed are there."""
    with application(config.database_url) as app, app.app_context():
        send(found().home, NOW, file=AGE_FILE + WORD)
    made = make(config, tmp_path / "backups", NOW)
    restore(elsewhere, made.path, key.file)
    holding = sorted(path for path in tmp_path.rglob("*") if path.is_file() and WORD in path.read_bytes())
    databases = [tmp_path / "elsewhere" / "heed.db", tmp_path / "heed.db"]
    assert holding == (databases if config.database_url.startswith("sqlite") else [])
    assert not [path for path in tmp_path.rglob("*") if "clear" in path.name or path.suffix == ".part"]
    assert made.path.stat().st_mode & 0o777 == 0o600


def _write(app: Flask, side: Side, sent: list[str], enough: threading.Event, stop: threading.Event) -> None:
    while not stop.is_set():
        with app.app_context():
            # Each an hour after the one before: the phone has a ceiling by the hour.
            at = NOW + timedelta(hours=len(sent))
            sent.append(send(side, at, file=AGE_FILE + WORD + str(len(sent)).encode()).id)
        if len(sent) == BEFORE:
            enough.set()


def _rows(database_url: str) -> dict[str, dict[Any, dict[str, Any]]]:
    """All columns of the tables that are only added to here, by their first key."""
    engine = engine_for(database_url)
    tables: list[Table] = [model.__table__ for model in (Referral, SealedNote, Event)]  # type: ignore[misc]
    try:
        return {table.name: _of(engine, table) for table in tables}
    finally:
        engine.dispose()


def _of(engine: Engine, table: Table) -> dict[Any, dict[str, Any]]:
    [first] = table.primary_key.columns
    with engine.connect() as connection:
        return {row[first.name]: dict(row) for row in connection.execute(select(table)).mappings()}


def _the_record_holds(database_url: str) -> None:
    """Heads and events of the chain are of the same moment."""
    engine = engine_for(database_url)
    with Session(engine) as session:
        verdicts = verify(session)
    engine.dispose()
    assert verdicts
    assert [verdict.fault for verdict in verdicts] == [None] * len(verdicts)


def _the_app_answers(database_url: str, side: Side) -> None:
    with application(database_url) as app:
        assert field_client(app).get("/api/v1/health").status_code == 200
        with app.app_context():
            assert send(side, NOW + timedelta(days=400), file=AGE_FILE).new
