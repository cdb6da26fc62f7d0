"""The clock: one in an installation, told apart from a clock that jumped, and silent about people."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, event, make_url, text

from server import clock
from server.config import Config
from server.extensions import db
from server.services import milestones
from server.services.retention.periods import Periods
from server.sweeping import clockwork, sweeps
from server.sweeping.only_one import OnlyOne, _SessionLock, beside, only_one
from server.sweeping.sweeps import Sweep, all_sweeps, make
from server.sweeping.trust import Trust
from tests.conftest import application
from tests.faults.phones import wait_for
from tests.partnership import found
from tests.services.sending import send

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
_MARK = b"only-in-this-note" * 40
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@contextmanager
def _locks(engine_url: str, number: int) -> Iterator[list[OnlyOne]]:
    made = [only_one(Config(database_url=engine_url)) for _ in range(number)]
    try:
        yield made
    finally:
        for lock in made:
            lock.give_up()


def test_only_one_has_the_lock_and_it_can_be_handed_on(engine_url: str) -> None:
    with _locks(engine_url, 3) as (first, second, third):
        assert first.take()
        assert first.held()
        assert [second.take(), second.held(), third.take()] == [False, False, False]
        first.give_up()
        assert not first.held()
        # PostgreSQL ends a session that was given up a moment later.
        wait_for(third.take)
        assert not second.take()


def test_a_session_that_is_gone_takes_the_lock_along(engine_url: str) -> None:
    if engine_url.startswith("sqlite"):
        pytest.skip("a lock on a file goes with its process only: tests/test_killed_sweeps.py")
    with _locks(engine_url, 2) as (first, second):
        assert first.take()
        holder = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
        engine = create_engine(engine_url)
        with engine.connect() as connection:
            connection.execute(text(holder))
        engine.dispose()
        assert not first.held()
        wait_for(second.take)
        # The first comes back to the end of the queue, and not with the lock that it had.
        assert not first.take()


def test_a_host_that_says_no_goodbye_is_given_up_by_both_ends(engine_url: str) -> None:
    if engine_url.startswith("sqlite"):
        pytest.skip("a file has one end only")
    said: list[str] = []
    with _locks(engine_url, 1) as [lock]:
        assert isinstance(lock, _SessionLock)
        event.listen(lock._engine, "before_cursor_execute", lambda *given: said.append(given[2]))
        assert lock.take()
        assert lock._session is not None
        ours = lock._session.connection.dbapi_connection.info.get_parameters()  # type: ignore[union-attr]
    # PostgreSQL's half can be asked for over TCP only, and the tests have a socket.
    names = ("keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout")
    assert [ours.get(name) for name in names] == ["15", "5", "3", "30000"]
    assert [f"SET tcp_{name} = {ours[name]}" for name in names[:3]] == [one for one in said if "tcp_" in one]


def test_a_database_that_is_away_gives_no_lock(tmp_path: Path) -> None:
    nobody = only_one(Config(database_url=f"postgresql+psycopg://heed@/heed?host={tmp_path}"))
    assert not nobody.take()
    assert not nobody.held()


def test_a_clock_that_goes_on_is_believed() -> None:
    trust = Trust()
    assert trust.in_clock(NOW, None, 0)
    assert trust.in_clock(NOW, NOW - 7 * DAY, 0)
    assert trust.in_clock(NOW, NOW - HOUR, 0)
    # Set back: less is due than before, so nothing can go too early.
    assert trust.in_clock(NOW, NOW + DAY, 0)


def test_after_a_jump_an_hour_of_a_clock_that_goes_on_is_waited_for() -> None:
    trust, last = Trust(), NOW - 365 * DAY
    assert not Trust().in_clock(NOW, NOW - 7 * DAY - timedelta(seconds=1), 1000)
    assert not trust.in_clock(NOW, last, 1000)
    assert not trust.in_clock(NOW + HOUR - timedelta(seconds=1), last, 1000 + 3599)
    assert trust.in_clock(NOW + HOUR, last, 1000 + 3600)


def test_a_clock_that_is_set_meanwhile_begins_to_be_watched_anew() -> None:
    trust, last = Trust(), NOW - 365 * DAY
    assert not trust.in_clock(NOW, last, 0)
    # Half an hour later it is set by a month more: the hour begins again.
    assert not trust.in_clock(NOW + 30 * DAY, last, 1800)
    assert not trust.in_clock(NOW + 30 * DAY + HOUR / 2, last, 3600)
    assert trust.in_clock(NOW + 30 * DAY + HOUR, last, 5400)


def test_a_clock_that_was_set_right_is_believed_at_once_and_the_next_jump_waits_again() -> None:
    trust, last = Trust(), NOW
    assert not trust.in_clock(NOW + 365 * DAY, last, 0)
    assert trust.in_clock(NOW + HOUR, last, 3600)
    # Back at the very time that it jumped to: it did not go on as it should meanwhile.
    assert not trust.in_clock(NOW + 365 * DAY + 2 * HOUR, last, 7200)


def _sweep(made: list[datetime], fault: Exception | None = None) -> Sweep:
    def does(now: datetime, _periods: Periods) -> None:
        made.append(now)
        if fault:
            raise fault

    return Sweep("counts", 60, does)


def test_a_sweep_that_ended_well_is_written_down(engine_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[datetime] = []
    monkeypatch.setattr(clock, "now", lambda: NOW)
    make(engine_app, _sweep(made))
    assert made == [NOW]
    with engine_app.app_context():
        assert milestones.last("sweep:counts") == NOW


def test_a_fault_is_told_without_its_words_and_nothing_is_written_down(
    engine_app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        make(engine_app, _sweep([], ValueError("somebody, +441414960000")))
    assert "sweep counts: ValueError at test_sweeping.py:" in caplog.text
    assert "somebody" not in caplog.text
    with engine_app.app_context():
        assert milestones.last("sweep:counts") is None


def test_a_clock_set_forward_by_a_year_sweeps_nothing(engine_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[datetime] = []
    sweep = _sweep(made)
    for moment in (NOW, NOW + 365 * DAY, NOW + 366 * DAY, NOW + HOUR, NOW - DAY):
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        make(engine_app, sweep)
    assert made == [NOW, NOW + HOUR, NOW - DAY]
    with engine_app.app_context():
        assert milestones.last("sweep:counts") == NOW - DAY


def test_a_sweep_is_due_at_once_and_then_by_its_own_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    ticking = 1000.0
    monkeypatch.setattr(clockwork.time, "monotonic", lambda: ticking)
    due = {sweep.name: clockwork._every(sweep) for sweep in all_sweeps()}
    asked: dict[str, list[int]] = {name: [] for name in due}
    for minute in range(125):
        for name, is_due in due.items():
            # What huey says is the time of the wall, which nobody believes here.
            if is_due(NOW):
                asked[name].append(minute)
        ticking += 60.0 + (0.4 if minute % 2 else -0.4)
    assert asked["deadlines"] == list(range(125))
    assert asked["notices"] == asked["retention"] == asked["counts"] == [0, 60, 120]


def test_what_huey_keeps_is_a_name_and_no_code(engine_url: str) -> None:
    huey = clockwork._kept_beside(Config(database_url=engine_url))
    # What a job gives is kept nowhere either.
    huey.periodic_task(lambda _now: True, name="retention")(lambda: "somebody")
    [task] = huey.read_periodic(NOW)
    huey.enqueue(task)
    [kept] = huey.storage.enqueued_items()
    assert bytes(kept).decode() == f"{task.id} {__name__}.retention"
    back = huey.dequeue()
    assert (back.id, type(back)) == (task.id, type(task))
    # Nothing goes along, and what failed is not tried again: the next sweep is.
    assert (back.args, back.kwargs, back.retries) == ((), {}, 0)
    huey.execute(back)
    assert huey.storage.result_store_size() == 0
    huey.storage.close()


def test_what_huey_logs_holds_no_words_of_a_fault(caplog: pytest.LogCaptureFixture) -> None:
    log = logging.getLogger("heed.test_sweeping")
    log.filters = [clockwork._Plain()]
    try:
        raise ValueError("somebody, +441414960000")
    except ValueError:
        log.exception("Error reading %s", "the queue")
    assert "Error reading the queue: ValueError at test_sweeping.py:" in caplog.text
    assert "somebody" not in caplog.text
    assert "Traceback" not in caplog.text


def _raises() -> None:
    raise ValueError("somebody, +441414960000")


def test_wound_up_it_forgets_what_waited_and_logs_no_words(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    config = app.config["HEED"]
    before = clockwork._kept_beside(config)
    before.periodic_task(lambda _now: True, name="retention")(lambda: None)
    before.enqueue(before.read_periodic(NOW)[0])
    consumer = clockwork.wound_up(app, config)
    huey = consumer.huey
    assert huey.storage.queue_size() == 0
    task = huey.periodic_task(lambda _now: True, name="broken")(_raises)
    huey.execute(task.s())
    for of in (consumer, consumer._create_scheduler(), consumer._create_worker()):
        try:
            _raises()
        except ValueError:
            of._logger.exception("Error reading the queue")
    assert caplog.text.count("ValueError at test_sweeping.py:") == 4
    assert "somebody" not in caplog.text
    before.storage.close()
    huey.storage.close()


def test_files_of_the_clock_lie_beside_the_database() -> None:
    assert beside("/var/lib/heed/heed.db", ".lock") == Path("/var/lib/heed/heed-clock.lock")


def test_every_sweep_has_its_own_name_and_its_own_trust_and_tells_before_it_deletes() -> None:
    made = sweeps.all_sweeps()
    assert [sweep.name for sweep in made] == ["deadlines", "notices", "retention", "counts"]
    # With one memory for all, whichever went well would make the others forget that they wait.
    assert len({id(sweep.trust) for sweep in made}) == len(made)


def test_every_sweep_does_its_own_work_by_the_settings(engine_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[tuple[object, ...]] = []
    monkeypatch.setattr(clock, "now", lambda: NOW)
    for module in (sweeps.deadlines, sweeps.notices, sweeps.counts):
        told = lambda *given, name=module.__name__: done.append((name.rpartition(".")[2], *given))  # noqa: E731
        monkeypatch.setattr(module, "sweep", told)
    with application(engine_url, keep_closed_days=5, keep_days=20, keep_record_months=7) as app:
        for sweep in all_sweeps():
            make(app, sweep)
    periods = Periods(closed_days=5, most_days=20, record_months=7)
    assert done == [("deadlines", NOW), ("notices", NOW, periods), ("counts", NOW, periods)]


@pytest.mark.parametrize("gone", [0, 1])
def test_retention_deletes_cuts_the_record_and_clears_what_is_left_over(
    engine_app: Flask, monkeypatch: pytest.MonkeyPatch, gone: int
) -> None:
    done: list[str] = []
    parts = ((sweeps.deleting, "sweep", 0), (sweeps.record, "cut", gone), (sweeps.leftovers, "clear", 0))
    for module, name, number in (*parts, (sweeps.files, "bring_down", 0)):
        told = lambda *_given, name=name, number=number, **_more: done.append(name) or number  # noqa: E731
        monkeypatch.setattr(module, name, told)
    [retention] = [sweep for sweep in all_sweeps() if sweep.name == "retention"]
    make(engine_app, retention)
    on_file = engine_app.config["HEED"].database_url.startswith("sqlite")
    assert done == ["sweep", "cut", "clear", *(["bring_down"] if gone and on_file else [])]


def test_what_the_clock_deleted_is_gone_from_the_file_and_its_log(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On SQLite, without an operator's hand; the room in PostgreSQL's tables is its own affair (docs/retention.md)."""
    database = Path(make_url(sqlite_url).database or "")
    files = (database, database.with_name(f"{database.name}-wal"))
    retention = next(sweep for sweep in all_sweeps() if sweep.name == "retention")
    with application(sqlite_url) as app:
        with app.app_context():
            send(found().home, NOW - 91 * DAY, file=_MARK)
            db.session.remove()
        assert any(_MARK in file.read_bytes() for file in files)
        monkeypatch.setattr(clock, "now", lambda: NOW)
        make(app, retention)
        assert not any(_MARK in file.read_bytes() for file in files)
