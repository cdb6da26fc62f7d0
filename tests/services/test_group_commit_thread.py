"""The thread that commits: there is one while there is something to do, nothing comes to lie where no thread looks, and
who waits hears in time that it has not come."""

import re
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest
from sqlalchemy import Engine

from server import serving
from server.database import engine_for
from server.services import group_commit, writers_place
from server.services.group_commit import GroupCommit

WAIT = 30.0
ASKING = Path(__file__).parents[2] / "frontend" / "src" / "sending" / "asking.ts"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = engine_for(f"sqlite:///{tmp_path / 'heed.db'}")
    yield made
    made.dispose()


def nothing(_connection: object) -> str:
    return "done"


def idle(writer: GroupCommit) -> None:
    """Wait until its thread is over."""
    thread = writer._thread
    if thread is not None:
        thread.join(WAIT)
        assert not thread.is_alive()


def test_the_thread_ends_when_idle_and_begins_again(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(group_commit, "IDLE", 0.05)
    writer = GroupCommit(engine)
    for _ in range(3):
        assert writer.done([nothing]) == ["done"]
        idle(writer)
        assert writer._thread is None


def test_nothing_is_handed_over_between_the_last_look_and_the_end_of_the_thread(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would lie there, and nobody would look."""
    monkeypatch.setattr(group_commit, "IDLE", 0.05)
    writer = GroupCommit(engine)
    alone: list[tuple[str, bool]] = []

    class Watched(SimpleQueue[Any]):
        def put(self, *handed: Any, **options: Any) -> None:
            alone.append(("handed over", writer._starting.locked()))
            super().put(*handed, **options)

        def empty(self) -> bool:
            alone.append(("looked", writer._starting.locked()))
            return super().empty()

    writer._waiting = Watched()
    assert writer.done([nothing, nothing]) == ["done", "done"]
    idle(writer)
    assert alone == [("handed over", True), ("handed over", True), ("looked", True)]


def test_what_came_at_the_last_look_is_still_done(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(group_commit, "IDLE", 0.05)
    writer = GroupCommit(engine)
    last = group_commit._Handed(nothing)

    class Late(SimpleQueue[Any]):
        def empty(self) -> bool:
            # It came after the waiting was over, and before the look.
            if not last.future.done():
                self.put(last)
            return super().empty()

    writer._waiting = Late()
    writer.done([nothing])
    assert last.future.result(WAIT) == "done"
    idle(writer)


def test_a_thread_that_broke_is_replaced(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = GroupCommit(engine)
    broken = threading.Thread(target=lambda: None)
    broken.start()
    broken.join()
    writer._thread = broken
    monkeypatch.setattr(group_commit, "PATIENCE", WAIT)
    assert writer.done([nothing]) == ["done"]


def test_who_waits_hears_before_anybody_gives_up_on_the_server() -> None:
    [said] = re.findall(r"^export const REQUEST_MS = ([\d_]+);$", ASKING.read_text("utf-8"), re.MULTILINE)
    phones = int(said.replace("_", "")) / 1000
    # After the one before has waited for the writer's place; before its phone, or a stop of the server, ends it.
    assert writers_place._SECONDS < group_commit.PATIENCE < min(phones, serving._STOP_SECONDS)
