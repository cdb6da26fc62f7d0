"""A change of the database that stops half-way, after whichever statement, leaves it as it was: its catalog, each row,
the step that it is at. On both engines; only then can the same command be given again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, Engine, event

from server.database import engine_for
from server.migrations.running import DatabaseRefused, to_newest
from server.migrations.state import is_newest
from tests.depth import DEPTH
from tests.migrations import before_0002, before_0003, before_0004
from tests.migrations.picture import picture
from tests.migrations.stepping import at_step

# Where a database may stand, and the rows that the release of then would have left.
STARTS: dict[str, Callable[[Connection], object] | None] = {
    "nothing": None,
    "0001": before_0002.fill,
    "0002": before_0003.fill,
    "0003": before_0004.fill,
    "0004": before_0004.fill,
}
# There are hundreds of statements: of them that many, as far apart as can be; at full depth all.
MOMENTS = DEPTH.half_ways


class Stopped(OSError):
    """No error of the database: reading the catalog, SQLAlchemy passes over those and asks in another way."""


@pytest.mark.parametrize("start", STARTS)
def test_after_whichever_statement_it_stops_all_is_as_before(empty_url: str, start: str) -> None:
    _bring(empty_url, start)
    before = picture(empty_url)
    with _stopping(at_commit=True) as said:
        with pytest.raises(DatabaseRefused):
            to_newest(empty_url)
        assert picture(empty_url) == before, "it was done, and stopped before it counted"
    assert len(said) > 5, "it saw too little: this test would prove nothing"
    for moment in _spread(len(said)):
        with _stopping(after=moment), pytest.raises(DatabaseRefused):
            to_newest(empty_url)
        assert picture(empty_url) == before, f"after statement {moment} of {len(said)}: {said[moment - 1]}"
    to_newest(empty_url)
    assert picture(empty_url) != before
    engine = engine_for(empty_url)
    assert is_newest(engine)
    engine.dispose()


def _bring(url: str, start: str) -> None:
    fill = STARTS[start]
    if fill is not None:
        engine, _ = at_step(url, start, fill)
        engine.dispose()


def _spread(count: int) -> list[int]:
    """Statements from the first to the last, counted from one."""
    moments = min(count, MOMENTS)
    return sorted({1 + round(at * (count - 1) / (moments - 1)) for at in range(moments)})


@contextmanager
def _stopping(after: int = 0, *, at_commit: bool = False) -> Iterator[list[str]]:
    """The database fails after this statement, or when all of them are to count. Out: the statements, as they come."""
    said: list[str] = []

    def executed(_connection: Connection, _cursor: object, statement: str, *_more: object) -> None:
        said.append(statement)
        if len(said) == after:
            raise Stopped

    def committing(_connection: Connection) -> None:
        if at_commit:
            raise Stopped

    event.listen(Engine, "after_cursor_execute", executed)
    event.listen(Engine, "commit", committing)
    try:
        yield said
    finally:
        event.remove(Engine, "after_cursor_execute", executed)
        event.remove(Engine, "commit", committing)
