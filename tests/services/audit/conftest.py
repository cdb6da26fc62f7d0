"""Two organisations, each with a member whose deeds are written down."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from server.extensions import db
from server.models import Event, Member
from server.services.audit.chain import link
from server.services.audit.verify import Verdict, verify
from server.services.audit.walk import Place
from server.services.events import add_event
from server.services.transaction import writing
from tests.partnership import Partnership, Side, found

NOW = datetime(2026, 11, 22, 14, 5, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Record:
    """One organisation's record, and hands that reach into its rows past every service."""

    app: Flask
    side: Side
    organisation_id: int

    def write(self, count: int, kind: str = "rota_changed") -> None:
        """Add events of the member, a minute apart, all different."""
        for number in range(count):
            with writing() as session:
                member = session.get_one(Member, self.side.member_id)
                at = NOW + timedelta(minutes=number)
                add_event(session, member, kind, at, about=("team", self.side.team_id), detail={"turns": number})

    def events(self) -> list[Event]:
        """All rows as they are now, oldest first; what is done to the table later leaves these as they were."""
        db.session.rollback()
        asked = select(Event).where(Event.organisation_id == self.organisation_id).order_by(Event.seq)
        events = list(db.session.scalars(asked))
        db.session.expunge_all()
        return events

    def last(self) -> int:
        """The number of the newest event."""
        return self.events()[-1].seq

    def tamper(self, statement: str, **values: Any) -> None:
        """Run SQL on the organisation's rows, as who holds the database can; `:of` is the organisation."""
        db.session.rollback()
        given = {"of": self.organisation_id, **values}
        if db.engine.dialect.name == "sqlite":
            # A plain connection heeds no foreign key.
            with closing(sqlite3.connect(db.engine.url.database or "")) as file, file:
                file.execute(statement, given)
            return
        with db.engine.begin() as connection:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            connection.execute(text(statement), given)

    def rewrite_from(self, seq: int) -> None:
        """Hash everything anew from one event to the end, head and all: the chain is sound, and another."""
        db.session.rollback()
        with writing() as session:
            asked = select(Event).where(Event.organisation_id == self.organisation_id).order_by(Event.seq)
            before = "0" * 64
            for event in session.scalars(asked):
                if event.seq >= seq:
                    row = {column.key: getattr(event, column.key) for column in Event.__table__.columns}
                    event.hash = link(before, row)
                before = event.hash
            session.flush()
            put = text("UPDATE audit_head SET hash = :hash WHERE organisation_id = :of")
            session.execute(put, {"hash": before, "of": self.organisation_id})

    def verdict(self, *kept: Place) -> Verdict:
        """What is found, held against places kept elsewhere."""
        verdicts = verify(db.session(), {self.organisation_id: kept} if kept else None)
        return next(each for each in verdicts if each.organisation_id == self.organisation_id)

    def found(self, *kept: Place) -> tuple[str, int] | None:
        """The first fault as (code, number of the event)."""
        fault = self.verdict(*kept).fault
        return (fault.code, fault.seq) if fault else None


@pytest.fixture
def sides(engine_app: Flask) -> Partnership:
    with engine_app.app_context():
        return found()


@pytest.fixture
def record(engine_app: Flask, sides: Partnership) -> Record:
    """The home organisation's record with eight events more than its beginning has."""
    with engine_app.app_context():
        made = _record(engine_app, sides.home)
        made.write(8)
    return made


@pytest.fixture
def other(engine_app: Flask, sides: Partnership) -> Record:
    """The other organisation's."""
    with engine_app.app_context():
        return _record(engine_app, sides.other)


def _record(app: Flask, side: Side) -> Record:
    return Record(app, side, db.session.get_one(Member, side.member_id).team.organisation_id)
