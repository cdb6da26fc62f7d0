"""What cannot be backed up or put back is said in one line, and nothing is written, moved or deleted for it."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pyrage
import pytest
from sqlalchemy import inspect, make_url, text

from server import clock
from server.backup import BackupRefused, postgres_dump, sqlite_copy
from server.backup.making import Made, make
from server.backup.restoring import restore
from server.config import Config
from server.database import engine_for
from tests.backup.conftest import OperatorKey
from tests.migrations.stepping import to_step

NOW = clock.now()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def made(config: Config, folder: Path) -> Made:
    return make(config, folder, NOW)


def _refused(deed: Callable[[], object]) -> str:
    with pytest.raises(BackupRefused) as refused:
        deed()
    said = str(refused.value)
    assert "\n" not in said
    return said


def _is_empty(config: Config) -> bool:
    """Whether there is neither a database nor what might be the beginning of one."""
    url = make_url(config.database_url)
    if url.get_backend_name() == "sqlite":
        place = Path(url.database or "").parent
        return not place.exists() or not list(place.iterdir())
    engine = engine_for(config.database_url)
    try:
        return inspect(engine).get_table_names() == []
    finally:
        engine.dispose()


def test_without_somebody_to_seal_to_nothing_is_written(config: Config, folder: Path) -> None:
    bare = replace(config, backup_recipient="")
    assert "HEED_BACKUP_RECIPIENT" in _refused(lambda: make(bare, folder, NOW))
    # One letter changed: age's check digits find it.
    letter = "q" if config.backup_recipient[-1] != "q" else "p"
    wrong = replace(config, backup_recipient=config.backup_recipient[:-1] + letter)
    assert "letter wrong" in _refused(lambda: make(wrong, folder, NOW))
    assert not folder.exists()


@pytest.mark.parametrize("place", ["header", "middle", "end"])
def test_one_changed_bit_is_found_before_anything_is_put_back(
    made: Made, elsewhere: Config, key: OperatorKey, place: str
) -> None:
    sealed = bytearray(made.path.read_bytes())
    sealed[{"header": 60, "middle": len(sealed) // 2, "end": -1}[place]] ^= 1
    made.path.write_bytes(sealed)
    said = _refused(lambda: restore(elsewhere, made.path, key.file))
    assert "use another one" in said or "another key" in said
    assert _is_empty(elsewhere)


def test_a_backup_that_is_cut_short_is_found(made: Made, elsewhere: Config, key: OperatorKey) -> None:
    sealed = made.path.read_bytes()
    for length in (0, 90, len(sealed) // 2, len(sealed) - 1):
        made.path.write_bytes(sealed[:length])
        assert str(made.path) in _refused(lambda: restore(elsewhere, made.path, key.file))
    assert _is_empty(elsewhere)


def test_half_a_copy_is_found_also_when_its_seal_is_whole(
    config: Config, made: Made, elsewhere: Config, key: OperatorKey
) -> None:
    secret = pyrage.x25519.Identity.from_str(key.file.read_text().splitlines()[1])
    clear = pyrage.decrypt(made.path.read_bytes(), [secret])
    # The end of the last table's rows, or the last page.
    end = 60 if clear.startswith(postgres_dump.FIRST_BYTES) else 5000
    for some in (clear[: len(clear) * 2 // 3], clear[:-end], b"no database of anything"):
        made.path.write_bytes(pyrage.encrypt(some, [secret.to_public()]))
        _refused(lambda: restore(elsewhere, made.path, key.file))
        assert _is_empty(elsewhere)


def test_a_file_that_is_not_sound_is_not_put_in_place(sqlite_url: str, key: OperatorKey, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "heed.db")) as file, file:
        file.execute("PRAGMA foreign_keys = OFF")
        file.execute("INSERT INTO team_wrap (team_id, member_id, file) VALUES (77, 78, x'00')")
    sealed = tmp_path / "sealed.age"
    to = [pyrage.x25519.Recipient.from_str(key.recipient)]
    sealed.write_bytes(pyrage.encrypt((tmp_path / "heed.db").read_bytes(), to))
    target = Config(database_url=f"sqlite:///{tmp_path}/new/heed.db")
    assert "damaged" in _refused(lambda: restore(target, sealed, key.file))
    assert _is_empty(target)


def test_another_key_opens_nothing(made: Made, elsewhere: Config, other_key: OperatorKey, tmp_path: Path) -> None:
    assert "another key" in _refused(lambda: restore(elsewhere, made.path, other_key.file))
    no_key = tmp_path / "no-key.txt"
    no_key.write_text("AGE-SECRET-KEY-1MISTYPED\n")
    said = _refused(lambda: restore(elsewhere, made.path, no_key))
    assert "no key file" in said
    assert "MISTYPED" not in said
    assert _is_empty(elsewhere)


def test_a_database_that_is_there_is_left_alone(config: Config, made: Made, key: OperatorKey) -> None:
    engine = engine_for(config.database_url)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM alembic_version"))
    engine.dispose()
    assert "empty machine only" in _refused(lambda: restore(config, made.path, key.file))
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM alembic_version")) == 0
    engine.dispose()


def test_a_backup_of_an_older_release_is_brought_to_this_one(
    empty_url: str, elsewhere_of_empty: Config, key: OperatorKey, folder: Path
) -> None:
    to_step(empty_url, "0002")
    made = make(Config(database_url=empty_url, backup_recipient=key.recipient), folder, NOW)
    restore(elsewhere_of_empty, made.path, key.file)
    engine = engine_for(elsewhere_of_empty.database_url)
    assert inspect(engine).has_table("team_roster")
    engine.dispose()


def test_a_backup_of_a_newer_release_is_refused(
    config: Config, elsewhere: Config, key: OperatorKey, folder: Path
) -> None:
    engine = engine_for(config.database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    made = make(config, folder, NOW)
    assert "another release" in _refused(lambda: restore(elsewhere, made.path, key.file))


def test_a_damaged_database_makes_no_backup_and_takes_none_away(
    sqlite_url: str, key: OperatorKey, folder: Path, tmp_path: Path
) -> None:
    config = Config(database_url=sqlite_url, backup_recipient=key.recipient)
    old = make(config, folder, NOW - timedelta(days=200)).path
    with closing(sqlite3.connect(tmp_path / "heed.db")) as file, file:
        file.execute("PRAGMA foreign_keys = OFF")
        file.execute("INSERT INTO team_wrap (team_id, member_id, file) VALUES (77, 78, x'00')")
    assert "damaged" in _refused(lambda: make(config, folder, NOW))
    (tmp_path / "heed.db").write_bytes(b"no database at all" * 400)
    assert "keep the backups" in _refused(lambda: make(config, folder, NOW))
    assert list(folder.iterdir()) == [old]
    assert sorted(path.name for path in tmp_path.iterdir() if "clear" in path.name) == []


def test_the_clear_copy_is_overwritten(sqlite_url: str) -> None:
    with sqlite_copy.copied(Path(make_url(sqlite_url).database or "")) as clear:
        assert clear.read(16) == sqlite_copy.FIRST_BYTES
        still = os.dup(clear.fileno())
    with open(still, "rb") as left:
        left.seek(0)
        assert not left.read().strip(b"\0")


def test_what_a_killed_run_left_in_clear_goes_with_the_next(sqlite_url: str, key: OperatorKey, folder: Path) -> None:
    config = Config(database_url=sqlite_url, backup_recipient=key.recipient)
    beside = Path(make_url(sqlite_url).database or "").parent
    with sqlite_copy.clear_folder(beside) as clear:
        assert "Another backup" in _refused(lambda: make(config, folder, NOW))
    clear.mkdir()
    (clear / "heed.db").write_bytes(b"clear")
    make(config, folder, NOW)
    assert not clear.exists()


def test_a_journal_without_its_database_is_not_played_into_another(
    sqlite_url: str, key: OperatorKey, folder: Path, tmp_path: Path
) -> None:
    made = make(Config(database_url=sqlite_url, backup_recipient=key.recipient), folder, NOW)
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "heed.db-wal").write_bytes(b"of another")
    target = Config(database_url=f"sqlite:///{tmp_path}/new/heed.db")
    assert "heed.db-wal" in _refused(lambda: restore(target, made.path, key.file))


def test_the_backup_of_one_engine_is_not_for_the_other(
    sqlite_url: str, elsewhere_of_postgres: Config, key: OperatorKey, folder: Path, tmp_path: Path
) -> None:
    of_file = make(Config(database_url=sqlite_url, backup_recipient=key.recipient), folder, NOW)
    assert "backup of SQLite" in _refused(lambda: restore(elsewhere_of_postgres, of_file.path, key.file))
    other = Config(database_url=elsewhere_of_postgres.database_url, backup_recipient=key.recipient)
    of_server = make(other, folder, NOW + timedelta(seconds=1))
    target = Config(database_url=f"sqlite:///{tmp_path}/new/heed.db")
    assert "backup of PostgreSQL" in _refused(lambda: restore(target, of_server.path, key.file))
    assert _is_empty(target)


def test_programs_of_postgresql_that_are_missing_or_fail(
    elsewhere_of_postgres: Config, key: OperatorKey, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    config = replace(elsewhere_of_postgres, backup_recipient=key.recipient)
    gone = replace(config, database_url=f"{config.database_url}".replace("/heed_", "/not_there_"))
    assert "pg_dump could not read" in _refused(lambda: make(gone, folder, NOW))
    assert list(folder.iterdir()) == []
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "docs/backup.md" in _refused(lambda: make(config, folder, NOW))
    assert list(folder.iterdir()) == []


def test_a_password_reaches_the_programs_by_the_environment_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEED_SECRET", "of the server")
    url = make_url("postgresql+psycopg://heed:very-secret@db.example/heed?sslmode=verify-full")
    told = postgres_dump._environment(url)
    assert {name: told.get(name) for name in ("PGHOST", "PGUSER", "PGPASSWORD", "PGDATABASE", "PGSSLMODE")} == {
        "PGHOST": "db.example",
        "PGUSER": "heed",
        "PGPASSWORD": "very-secret",
        "PGDATABASE": "heed",
        "PGSSLMODE": "verify-full",
    }
    assert "HEED_SECRET" not in told
