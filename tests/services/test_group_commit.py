"""What is handed over together is committed together, told afterwards, and no deed takes another one along."""

import gc
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as WaitedTooLong

from server.database import engine_for
from server.services import group_commit
from server.services.group_commit import Deed, GroupCommit, TakenBack, writer_of
from server.services.writers_place import writers_place

WAIT = 30.0


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = engine_for(f"sqlite:///{tmp_path / 'heed.db'}")
    with made.begin() as connection:
        connection.execute(text("CREATE TABLE kept (name TEXT PRIMARY KEY, body BLOB)"))
    yield made
    made.dispose()


def keep(name: str, body: bytes = b"") -> Deed:
    def deed(connection: Connection) -> str:
        connection.execute(text("INSERT INTO kept VALUES (:name, :body)"), {"name": name, "body": body})
        return name

    return deed


def kept(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return set(connection.scalars(text("SELECT name FROM kept")))


def while_the_place_is_taken(engine: Engine, writer: GroupCommit, deeds: list[Deed]) -> list[Any]:
    """Hands each deed over from a thread of its own while nobody can commit. Out: what each gave or raised."""

    def hand_over(deed: Deed) -> Any:
        handed.release()
        try:
            return writer.done([deed])[0]
        except Exception as fault:
            return fault

    handed = threading.Semaphore(0)
    with ThreadPoolExecutor(len(deeds)) as threads:
        with writers_place(engine):
            waiting = [threads.submit(hand_over, deed) for deed in deeds]
            for _ in deeds:
                assert handed.acquire(timeout=WAIT)
            # One is in the writer's hands; the others wait in its queue or are on their way there.
            assert not any(one.done() for one in waiting)
        return [one.result(WAIT) for one in waiting]


def test_what_waits_shares_a_transaction_and_is_told_after_its_commit(engine: Engine) -> None:
    order: list[str] = []
    event.listen(engine, "begin", lambda _connection: order.append("begin"))
    event.listen(engine, "commit", lambda _connection: order.append("commit"))
    writer = GroupCommit(engine)
    names = [str(number) for number in range(24)]
    told = while_the_place_is_taken(engine, writer, [keep(name) for name in names])
    assert told == names
    assert kept(engine) == set(names)
    writing = order[: order.index("commit") + 1]
    assert writing == ["begin", "commit"]
    # Far fewer commits than deeds; how many exactly, the threads decide.
    assert order.count("commit") <= len(names) // 2


def test_a_deed_that_fails_takes_no_neighbour_along(engine: Engine) -> None:
    def wrong(connection: Connection) -> None:
        keep("wrong")(connection)
        raise KeyError("wrong")

    def refused(connection: Connection) -> None:
        keep("refused")(connection)
        raise TakenBack("no")

    with engine.begin() as connection:
        keep("there")(connection)
    told = while_the_place_is_taken(
        engine, GroupCommit(engine), [keep("a"), wrong, keep("b"), refused, keep("there"), keep("c")]
    )
    assert [told[0], told[2], told[3], told[5]] == ["a", "b", "no", "c"]
    assert isinstance(told[1], KeyError)
    assert "UNIQUE" in str(told[4])
    assert kept(engine) == {"a", "b", "c", "there"}


@pytest.mark.parametrize("fault", [TakenBack("no"), ValueError("wrong")])
def test_a_deed_that_fails_alone_leaves_nothing(engine: Engine, fault: Exception) -> None:
    def half_way(connection: Connection) -> None:
        keep("half")(connection)
        raise fault

    writer = GroupCommit(engine)
    if isinstance(fault, TakenBack):
        assert writer.done([half_way]) == ["no"]
    else:
        with pytest.raises(ValueError, match="wrong"):
            writer.done([half_way])
    assert kept(engine) == set()
    # And the writer goes on.
    assert writer.done([keep("next")]) == ["next"]
    assert kept(engine) == {"next"}


def test_with_a_full_disk_exactly_what_was_told_is_there(engine: Engine) -> None:
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("PRAGMA max_page_count = 12"))
    deeds = [keep("small"), keep("large", bytes(400_000)), keep("another")]
    told = while_the_place_is_taken(engine, GroupCommit(engine), deeds)
    assert isinstance(told[1], OperationalError)
    assert "full" in str(told[1])
    assert kept(engine) == {one for one in told if isinstance(one, str)}


def test_nobody_waits_for_ever_and_what_was_given_up_is_not_done_later(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(group_commit, "PATIENCE", 0.2)
    writer = GroupCommit(engine)
    with writers_place(engine):
        with ThreadPoolExecutor(1) as thread:
            # This one is in the writer's hands, and may still be done; the next ones only wait.
            first = thread.submit(writer.done, [keep("in hand")])
            with pytest.raises(WaitedTooLong):
                first.result(WAIT)
        with pytest.raises(WaitedTooLong):
            writer.done([keep("given up")])
    monkeypatch.setattr(group_commit, "PATIENCE", WAIT)
    assert writer.done([keep("after")]) == ["after"]
    assert kept(engine) == {"in hand", "after"}


def test_what_a_deed_raises_is_raised_and_each_is_told_in_its_place(engine: Engine) -> None:
    def wrong(connection: Connection) -> None:
        keep("wrong")(connection)
        raise KeyError("wrong")

    def refused(connection: Connection) -> None:
        keep("refused")(connection)
        raise TakenBack("no")

    writer = GroupCommit(engine)
    with pytest.raises(KeyError, match="wrong"):
        writer.done([keep("a"), wrong, keep("b")])
    assert writer.done([keep("c"), refused, keep("d")]) == ["c", "no", "d"]
    assert kept(engine) == {"a", "b", "c", "d"}


def test_the_writer_s_place_is_taken_before_the_first_deed(engine: Engine) -> None:
    def deed(_connection: Connection) -> None:
        other = sqlite3.connect(str(engine.url.database), timeout=0)
        try:
            other.execute("BEGIN IMMEDIATE")
        finally:
            other.close()

    with pytest.raises(sqlite3.OperationalError, match="locked"):
        GroupCommit(engine).done([deed])


def test_a_database_that_was_put_away_is_told(engine: Engine, tmp_path: Path) -> None:
    gone = engine_for(f"sqlite:///{tmp_path / 'heed.db'}")
    writer = GroupCommit(gone)
    gone.dispose()
    del gone
    gc.collect()
    with pytest.raises(WaitedTooLong):
        writer.done([keep("lost")])


def test_a_database_has_one_writer(engine: Engine, tmp_path: Path) -> None:
    other = engine_for(f"sqlite:///{tmp_path / 'other.db'}")
    assert writer_of(engine) is writer_of(engine)
    assert writer_of(engine) is not writer_of(other)
    other.dispose()
