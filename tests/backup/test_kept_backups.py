"""Old backups go after a good one, by the time in their names; nothing else in the folder is touched."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from server.backup.kept_backups import MOST_DAYS, delete_old, name_of

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def test_only_backups_that_are_too_old_go(tmp_path: Path) -> None:
    old = [name_of(NOW - timedelta(days=MOST_DAYS, seconds=1)), f"{name_of(NOW - timedelta(days=200))}.part"]
    kept = [
        name_of(NOW),
        name_of(NOW - timedelta(days=MOST_DAYS)),
        name_of(NOW + timedelta(days=1)),
        "heed-20261399T000000Z.age",
        "heed-20200101T000000Z.age.copy",
        "notes.txt",
    ]
    for name in old + kept:
        (tmp_path / name).touch()
    assert delete_old(tmp_path, MOST_DAYS, NOW) == len(old)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(kept)


def test_a_name_says_the_time_in_utc() -> None:
    assert name_of(NOW) == "heed-20261122T093000Z.age"
