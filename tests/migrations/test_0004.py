"""The fourth step with rows in it, on both engines: nothing is lost, what is drawn is right for old rows and new ones,
events outlive their referral."""

import pytest
from sqlalchemy import inspect, select, text
from sqlalchemy.orm import Session

from server.database import WRITES, engine_for
from server.migrations.running import DatabaseRefused, to_newest
from server.models import Event, Referral, SealedNote
from tests.migrations.before_0004 import CLOSED, HELD, OPEN, fill
from tests.migrations.stepping import to_step

NEW_TABLES = {"tombstone", "month_count", "milestone"}


def test_every_row_of_before_is_there_after(empty_url: str) -> None:
    to_step(empty_url, "0003")
    engine = engine_for(empty_url)
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        before = fill(connection)
    to_newest(empty_url)
    with engine.connect() as connection:
        after = {name: connection.scalar(text(f"SELECT count(*) FROM {name}")) for name in before}  # noqa: S608
        if engine.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    assert after == before
    with Session(engine) as session:
        flags = {one.id: (one.danger, one.child, one.unsafe) for one in session.scalars(select(Referral))}
        assert flags == {OPEN: (True, True, False), HELD: (False, False, True), CLOSED: (False, False, False)}
        shelves = {one.id: (one.shelf, one.said, one.said_end) for one in session.scalars(select(Referral))}
        assert shelves == {
            OPEN: ("open", "AAAABBB1", "BBB1"),
            HELD: ("held", "AAAABBB2", "BBB2"),
            CLOSED: ("closed", "AAAABBB3", "BBB3"),
        }
        for one in session.scalars(select(Referral)):
            assert (one.past_due_at, one.warned_days, one.kept_until, one.kept_because) == (None, None, None, None)
    engine.dispose()


def test_a_referral_moves_by_itself_and_its_events_outlive_it(empty_url: str) -> None:
    to_step(empty_url, "0003")
    engine = engine_for(empty_url)
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        fill(connection)
    to_newest(empty_url)
    with Session(engine.execution_options(**{WRITES: True})) as session:
        session.get_one(Referral, OPEN).held = True
        session.commit()
        assert session.get_one(Referral, OPEN).shelf == "held"
        for table in ("message", "transfer", "sealed_note"):
            session.execute(text(f"DELETE FROM {table} WHERE referral_id = :of"), {"of": OPEN})  # noqa: S608
        session.delete(session.get_one(Referral, OPEN))
        session.commit()
        assert session.get(SealedNote, OPEN) is None
        assert session.scalars(select(Event.seq).where(Event.referral_id == OPEN)).all() == [1]
    engine.dispose()


def test_a_step_that_fails_half_way_leaves_nothing(empty_url: str) -> None:
    to_step(empty_url, "0003")
    engine = engine_for(empty_url)
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        before = fill(connection)
        # The last index that the step makes is in the way: everything else is made before it fails.
        connection.execute(text("CREATE INDEX ix_message_team_id_direction_read_at ON message (team_id)"))
    with pytest.raises(DatabaseRefused):
        to_newest(empty_url)
    with engine.connect() as connection:
        assert {name: connection.scalar(text(f"SELECT count(*) FROM {name}")) for name in before} == before  # noqa: S608
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "0003"
        there = inspect(connection)
        assert not NEW_TABLES & set(there.get_table_names())
        assert not {"danger", "shelf", "kept_until"} & {column["name"] for column in there.get_columns("referral")}
        assert "ix_message_team_id" in {index["name"] for index in there.get_indexes("message")}
        assert [key["referred_table"] for key in there.get_foreign_keys("event")].count("referral") == 1
    engine.dispose()
