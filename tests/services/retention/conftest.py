"""Two organisations on each engine, and a referral of the first with a note, messages both ways and a hand-over."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select

from server.extensions import db
from server.models import Event, Member, Message, Referral, SealedNote, Team, Tombstone, Transfer
from server.services.retention.periods import Periods
from tests.partnership import Partnership, found
from tests.services.messages.talking import Talk, talk
from tests.services.transfers.passing import give_keys, offered

CAME = datetime(2026, 3, 2, 14, 5, 30, tzinfo=UTC)
PERIODS = Periods()


@dataclass(frozen=True)
class Whole:
    """A referral with all that can hang on one."""

    sides: Partnership
    talk: Talk
    transfer: int

    @property
    def id(self) -> str:
        return self.talk.referral_id

    @property
    def member(self) -> Member:
        return self.talk.member

    def rows(self) -> dict[str, int]:
        """How many rows there are of each kind."""
        db.session.rollback()
        tables = (Referral, SealedNote, Message, Transfer, Tombstone)
        return {
            table.__tablename__: db.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables
        }

    def deleted_events(self) -> list[tuple[int, str | None, str | None, dict[str, str], datetime]]:
        """The events of deleting: organisation, referral, what it is about, detail, time."""
        told = select(Event).where(Event.kind == "deleted").order_by(Event.id)
        return [(e.organisation_id, e.referral_id, e.about_kind, e.detail, e.at) for e in db.session.scalars(told)]


THERE = {"referral": 1, "sealed_note": 1, "message": 3, "transfer": 1, "tombstone": 0}
GONE = {"referral": 0, "sealed_note": 0, "message": 0, "transfer": 0, "tombstone": 1}


@pytest.fixture
def sides(engine_app: Flask) -> Partnership:
    with engine_app.app_context():
        made = found()
        give_keys(made.other)
        return made


@pytest.fixture
def whole(engine_app: Flask, sides: Partnership) -> Whole:
    with engine_app.app_context():
        return make_whole(sides)


def make_whole(sides: Partnership, came: datetime = CAME) -> Whole:
    """The referral, in the application context that is open."""
    about = talk(sides.home, came)
    about.from_phone(1, came)
    about.write("to_phone", 1, came)
    about.write("internal", 1, came)
    return Whole(sides, about, offered(sides, about.referral_id, came))


def organisation_of(team_id: int) -> int:
    return db.session.get_one(Team, team_id).organisation_id
