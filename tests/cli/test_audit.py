"""`heed audit` in processes of its own: one line an organisation, 0 when all holds, 1 when something does not."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, text

from tests.partnership import Partnership
from tests.served import HEED, Served

Audit = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def audit(database_url: str, tmp_path: Path) -> Audit:
    """Run `heed audit …` on the database of the test."""
    return _audit_of(database_url, tmp_path)


def _audit_of(url: str, folder: Path) -> Audit:
    site = Served(url, folder / "server.log")

    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        command = [*HEED, "audit", *arguments]
        return subprocess.run(command, env=site.environment, capture_output=True, text=True, timeout=120, check=False)

    return run


@pytest.fixture
def changed(database_url: str) -> Callable[[str], None]:
    """Run SQL on the database, as who holds it can."""

    def run(statement: str) -> None:
        engine = create_engine(database_url)
        with engine.begin() as connection:
            connection.execute(text(statement))
        engine.dispose()

    return run


def test_a_whole_record_and_a_changed_one(
    partnership: Partnership, audit: Audit, changed: Callable[[str], None]
) -> None:
    whole = audit("verify")
    assert (whole.returncode, whole.stderr) == (0, "")
    assert [line.partition(";")[0] for line in whole.stdout.splitlines()] == [
        "1 The home council: holds",
        "2 The other council: holds",
    ]
    changed("UPDATE event SET kind = 'read' WHERE organisation_id = 2 AND seq = 1")
    broken = audit("verify")
    assert broken.returncode == 1
    assert broken.stdout.splitlines()[1] == ("2 The other council: DOES NOT HOLD: event 1 is not as it was written.")
    refused = audit("checkpoint")
    assert refused.returncode == 1
    assert "DOES NOT HOLD" in refused.stdout
    assert "No checkpoint was made" in refused.stderr


def test_a_file_kept_elsewhere_finds_what_the_database_hides(
    partnership: Partnership, audit: Audit, changed: Callable[[str], None], tmp_path: Path
) -> None:
    kept = tmp_path / "elsewhere.jsonl"
    for count in (1, 2):
        made = audit("checkpoint", "--out", str(kept))
        assert made.returncode == 0, made.stderr
        assert len(made.stdout.splitlines()) == 2
        assert len(kept.read_text().splitlines()) == 2 * count
    assert audit("verify", "--against", str(kept)).returncode == 0
    # The end is taken away with everything that tells of it.
    changed("DELETE FROM audit_checkpoint WHERE organisation_id = 1")
    changed("DELETE FROM event WHERE organisation_id = 1 AND kind = 'audit_checkpointed'")
    changed(
        "UPDATE audit_head SET (seq, hash) = (SELECT seq, hash FROM event WHERE organisation_id = 1 "
        "ORDER BY seq DESC LIMIT 1) WHERE organisation_id = 1"
    )
    assert audit("verify").returncode == 0
    found = audit("verify", "--against", str(kept))
    assert found.returncode == 1
    assert "the file goes on after the last event" in found.stdout.splitlines()[0]
    kept.write_text('{"v": 7}\n')
    unknown = audit("verify", "--against", str(kept))
    assert unknown.returncode == 1
    assert "line 1 is of a version" in unknown.stderr


def test_without_a_database_nothing_is_made(tmp_path: Path) -> None:
    for command in ("verify", "checkpoint"):
        done = _audit_of(f"sqlite:///{tmp_path}/heed.db", tmp_path)(command)
        assert (done.returncode, done.stdout) == (1, "")
        assert "There is no database" in done.stderr
    assert not (tmp_path / "heed.db").exists()


def test_a_file_that_cannot_be_written_is_said_before_anything_is_done(
    app: Flask, partnership: Partnership, audit: Audit, tmp_path: Path
) -> None:
    before = audit("verify").stdout
    done = audit("checkpoint", "--out", str(tmp_path / "none" / "file"))
    assert done.returncode == 1
    assert "No checkpoint was made" in done.stderr
    assert audit("verify").stdout == before


def test_a_database_without_organisations_says_so(app: Flask, audit: Audit) -> None:
    done = audit("verify")
    assert (done.returncode, done.stdout) == (0, "There is no organisation yet, so there is no record.\n")
