"""Deeds in one transaction of their own: what is taken back leaves nothing, what is wrong keeps nothing at all, and
each is told in its place. On both engines."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, text

from server.database import WRITES, engine_for
from server.services.group_commit import Deed, TakenBack, one_after_the_other


@pytest.fixture
def engine(empty_url: str) -> Iterator[Engine]:
    made = engine_for(empty_url)
    with made.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        connection.execute(text("CREATE TABLE kept (name TEXT PRIMARY KEY)"))
    yield made
    made.dispose()


def keep(name: str, fault: Exception | None = None) -> Deed:
    def deed(connection: Connection) -> str:
        connection.execute(text("INSERT INTO kept VALUES (:name)"), {"name": name})
        if fault is not None:
            raise fault
        return name

    return deed


def kept(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.scalars(text("SELECT name FROM kept ORDER BY name")))


def test_what_is_taken_back_leaves_nothing_and_the_others_stay(engine: Engine) -> None:
    deeds = [keep("a"), keep("b", TakenBack("no")), keep("c"), keep("d", TakenBack("never")), keep("e")]
    assert one_after_the_other(engine, deeds) == ["a", "no", "c", "never", "e"]
    assert kept(engine) == ["a", "c", "e"]


def test_one_alone_is_taken_back_whole(engine: Engine) -> None:
    assert one_after_the_other(engine, [keep("a", TakenBack("no"))]) == ["no"]
    assert kept(engine) == []
    assert one_after_the_other(engine, [keep("b")]) == ["b"]
    assert kept(engine) == ["b"]


@pytest.mark.parametrize("others", [[], [keep("a"), keep("b", TakenBack("no"))]])
def test_of_what_is_wrong_nothing_is_kept(engine: Engine, others: list[Deed]) -> None:
    with pytest.raises(KeyError, match="wrong"):
        one_after_the_other(engine, [*others, keep("c", KeyError("wrong"))])
    assert kept(engine) == []
    # And the connection that is given back is good for the next.
    assert one_after_the_other(engine, [keep("c"), keep("d")]) == ["c", "d"]
    assert kept(engine) == ["c", "d"]
