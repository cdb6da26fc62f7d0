"""The fourth step with rows in it, on both engines: nothing is lost, what is drawn is right for old rows and new ones,
events outlive their referral."""

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from server.database import WRITES
from server.migrations.running import to_newest
from server.models import Event, Referral, SealedNote
from tests.migrations.before_0004 import CLOSED, HELD, OPEN, fill
from tests.migrations.stepping import at_step, counted


def test_every_row_of_before_is_there_after(empty_url: str) -> None:
    engine, before = at_step(empty_url, "0003", fill)
    to_newest(empty_url)
    after = counted(engine, before)
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
    engine, _ = at_step(empty_url, "0003", fill)
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
