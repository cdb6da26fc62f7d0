"""Runs inside every Python of a server that a test starts with this folder on its path: sets its clock, or kills it at
a commit. It does nothing without the settings that ask for it, and it is no part of the program."""

import os
import signal
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

# A file with the number of seconds by which the clock is wrong; it may change while the server runs.
_CLOCK = os.environ.get("HEED_TEST_CLOCK")
# before or after, a number: die before or after that commit of a referral.
_COMMIT = os.environ.get("HEED_TEST_COMMIT")


def _set_clock(file: Path) -> None:
    from server import clock

    right = clock.now

    def now() -> datetime:
        return right() + timedelta(seconds=int(file.read_text()))

    clock.now = now


def _die_at(side: str, number: int) -> None:
    from sqlalchemy import Connection, Engine, event
    from sqlalchemy.engine.default import DefaultDialect

    commit = DefaultDialect.do_commit
    left, inserted = number, False

    def noted(_connection: Connection, _cursor: Any, statement: str, *_more: Any) -> None:
        nonlocal inserted
        inserted = inserted or statement.startswith("INSERT INTO referral ")

    def counted(dialect: DefaultDialect, connection: Any) -> None:
        nonlocal left, inserted
        left, inserted = left - inserted, False
        if left == 0 and side == "before":
            os.killpg(0, signal.SIGKILL)
        commit(dialect, connection)
        if left == 0:
            os.killpg(0, signal.SIGKILL)

    event.listen(Engine, "after_cursor_execute", noted)
    DefaultDialect.do_commit = counted  # type: ignore[method-assign]


if _CLOCK:
    _set_clock(Path(_CLOCK))
if _COMMIT:
    _die_at(_COMMIT.split()[0], int(_COMMIT.split()[1]))
