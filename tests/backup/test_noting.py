"""What `heed backup` and `heed restore` write down, on both engines; a database that cannot take it undoes neither."""

import os
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from server import clock
from server.backup.noting import NotNoted, note
from server.config import Config
from server.database import engine_for
from server.models import Milestone
from server.models.milestone import BACKUP_MADE, BACKUP_PUT_BACK
from tests.backup.conftest import OperatorKey
from tests.served import HEED

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def milestones(database_url: str) -> dict[str, datetime]:
    engine = engine_for(database_url)
    with Session(engine) as session:
        found = {one.name: one.at for one in session.scalars(select(Milestone))}
    engine.dispose()
    return found


def say(database_url: str, statement: str) -> None:
    engine = engine_for(database_url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def heed(config: Config, *arguments: str) -> "subprocess.CompletedProcess[str]":
    settings = {"HEED_DATABASE_URL": config.database_url, "HEED_BACKUP_RECIPIENT": config.backup_recipient}
    return subprocess.run(
        [*HEED, *arguments], env={**os.environ, **settings}, capture_output=True, text=True, timeout=120, check=False
    )


def test_a_milestone_is_moved(config: Config) -> None:
    for at in (NOW, NOW + timedelta(days=1)):
        note(config, BACKUP_MADE, at)
        assert milestones(config.database_url) == {BACKUP_MADE: at}


def test_there_and_back_is_written_down(config: Config, elsewhere: Config, key: OperatorKey, tmp_path: Path) -> None:
    before = clock.now()
    assert heed(config, "backup", "--to", str(tmp_path / "to")).stderr == ""
    [file] = (tmp_path / "to").iterdir()
    assert milestones(config.database_url).keys() == {BACKUP_MADE}
    assert milestones(config.database_url)[BACKUP_MADE] >= before
    assert heed(elsewhere, "restore", str(file), "--identity", str(key.file)).stderr == ""
    # Written down after it was made: the copy does not know of itself.
    assert milestones(elsewhere.database_url).keys() == {BACKUP_PUT_BACK}
    assert milestones(config.database_url).keys() == {BACKUP_MADE}


def test_a_backup_that_was_not_made_is_not_written_down(config: Config, tmp_path: Path) -> None:
    (tmp_path / "to").write_text("no folder")
    assert heed(config, "backup", "--to", str(tmp_path / "to")).returncode
    assert milestones(config.database_url) == {}


def test_a_database_of_an_older_release_undoes_nothing(config: Config, tmp_path: Path) -> None:
    say(config.database_url, "DROP TABLE milestone")
    with pytest.raises(NotNoted, match="/checkup will not know"):
        note(config, BACKUP_MADE, NOW)
    made = heed(config, "backup", "--to", str(tmp_path / "to"))
    assert made.returncode == 0
    assert "could not be written into the database" in made.stderr
    assert len(list((tmp_path / "to").iterdir())) == 1
