"""Before a release changes a database that holds referrals there is a backup, or a word from whoever answers for it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyrage import decrypt, x25519
from sqlalchemy import text

from server.cli import main
from server.database import WRITES, engine_for
from tests.migrations.before_0003 import fill
from tests.migrations.stepping import to_step

_BEFORE = "0002"

Migrate = Callable[..., Result]


@pytest.fixture
def migrate(empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Migrate:
    """`heed migrate` in this process."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, recipient: str = "") -> Result:
        environment = {"HEED_DATABASE_URL": empty_url, "HEED_BACKUP_RECIPIENT": recipient}
        return CliRunner().invoke(main, ["migrate", *arguments], env=environment)

    return run


def _say(url: str, *statements: str) -> None:
    engine = engine_for(url)
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def _filled(url: str) -> None:
    to_step(url, _BEFORE)
    engine = engine_for(url)
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        fill(connection)
    engine.dispose()


def _step(url: str) -> str:
    engine = engine_for(url)
    with engine.connect() as connection:
        step = connection.scalar(text("SELECT version_num FROM alembic_version"))
    engine.dispose()
    return str(step)


def _folder(url: str, tmp_path: Path) -> Path:
    return tmp_path / "backups" if url.startswith("sqlite") else tmp_path / "var" / "backups"


def test_a_database_with_nothing_in_it_needs_no_backup(empty_url: str, migrate: Migrate, tmp_path: Path) -> None:
    recipient = str(x25519.Identity.generate().to_public())
    for _ in range(2):
        done = migrate(recipient=recipient)
        assert (done.exit_code, done.output) == (0, "")
    assert not _folder(empty_url, tmp_path).exists()


def test_the_backup_holds_what_was_before(empty_url: str, migrate: Migrate, tmp_path: Path) -> None:
    key = x25519.Identity.generate()
    _filled(empty_url)
    done = migrate(recipient=str(key.to_public()))
    assert done.exit_code == 0, done.output
    assert "a backup from before this release" in done.output
    assert _step(empty_url) > _BEFORE
    [backup] = _folder(empty_url, tmp_path).iterdir()
    clear = decrypt(backup.read_bytes(), [key])
    if empty_url.startswith("sqlite"):
        (tmp_path / "before.db").write_bytes(clear)
        assert _step(f"sqlite:///{tmp_path}/before.db") == _BEFORE
    else:
        assert clear.startswith(b"PGDMP")
        assert b"tombstone" not in clear


def test_without_a_recipient_referrals_are_left_as_they_are(empty_url: str, migrate: Migrate) -> None:
    _filled(empty_url)
    done = migrate()
    assert done.exit_code == 1
    assert "HEED_BACKUP_RECIPIENT" in done.output
    assert "heed migrate --without-backup" in done.output
    assert done.output.count("\n") == 1
    assert _step(empty_url) == _BEFORE
    done = migrate("--without-backup")
    assert (done.exit_code, done.output) == (0, "")
    assert _step(empty_url) > _BEFORE


def test_a_backup_that_fails_leaves_the_database_as_it_is(empty_url: str, migrate: Migrate, tmp_path: Path) -> None:
    _filled(empty_url)
    folder = _folder(empty_url, tmp_path)
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("in the way")
    done = migrate(recipient=str(x25519.Identity.generate().to_public()))
    assert done.exit_code == 1
    assert "The database was not changed" in done.output
    assert _step(empty_url) == _BEFORE


@pytest.mark.parametrize("what", ["demonstration", "no referral"])
def test_what_nobody_would_miss_is_changed_and_it_is_said(empty_url: str, migrate: Migrate, what: str) -> None:
    if what == "demonstration":
        _filled(empty_url)
        _say(
            empty_url,
            "DELETE FROM installation",
            "INSERT INTO installation (id, is_demo, made_at) VALUES (1, true, '2026-11-22 10:00:00')",
        )
    else:
        to_step(empty_url, _BEFORE)
    done = migrate()
    assert (done.exit_code, done.output.count("\n")) == (0, 1)
    assert "No backup was made first" in done.output
    assert _step(empty_url) > _BEFORE


def test_what_cannot_be_asked_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "heed.db").write_text("no database at all")
    for url in (f"sqlite:///{tmp_path}/heed.db", "postgresql://nobody@/none?host=/nowhere"):
        done = CliRunner().invoke(main, ["migrate"], env={"HEED_DATABASE_URL": url})
        assert done.exit_code == 1
        assert done.output.count("\n") == 1
        assert "check HEED_DATABASE_URL" in done.output
