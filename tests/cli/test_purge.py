"""`heed purge` in processes of its own: counts, and one line where it cannot be done."""

import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from server import clock
from server.extensions import db
from server.models import Referral, Tombstone
from tests.partnership import Partnership
from tests.served import HEED, Served
from tests.services.sending import send

Purge = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def purge(database_url: str, tmp_path: Path) -> Purge:
    """Run `heed purge …` on the database of the test, with what is typed."""
    site = Served(database_url, tmp_path / "server.log")

    def run(*arguments: str, typed: str = "") -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [*HEED, "purge", *arguments],
            env=site.environment, input=typed, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip

    return run


def test_it_deletes_what_is_due_and_counts(app: Flask, partnership: Partnership, purge: Purge) -> None:
    with app.app_context():
        old = send(partnership.home, clock.now() - timedelta(days=91)).id
        new = send(partnership.home, clock.now()).id
    done = purge()
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "Referrals deleted: 1",
        "Events of the record deleted: 0",
        "Sessions and links that were over, deleted: 0",
    ]
    with app.app_context():
        assert db.session.get_one(Tombstone, old).why == "age"
        assert db.session.get(Referral, new) is not None
    assert purge("--rewrite").stdout.startswith("Referrals deleted: 0\n")


def test_it_deletes_what_is_named_when_it_is_meant(app: Flask, partnership: Partnership, purge: Purge) -> None:
    with app.app_context():
        one, two = (send(partnership.home, clock.now()) for _ in range(2))
    kept = purge("--reference", one.reference, typed="n\n")
    assert kept.returncode == 0
    assert kept.stdout.endswith("Referrals deleted: 0\n")
    assert f"Delete {one.reference} (The home team, came on " in kept.stdout
    slip = purge("--reference", one.reference, "--reference", "HD-0000-0000", "--yes")
    assert slip.returncode == 1
    assert slip.stderr.splitlines() == [
        "Error: There is no referral HD-0000-0000: it is another reference, or deleted already."
    ]
    done = purge("--reference", one.reference, "--yes")
    assert (done.returncode, done.stdout) == (0, "Referrals deleted: 1\n")
    with app.app_context():
        assert db.session.get_one(Tombstone, one.id).why == "operator"
        assert db.session.get(Referral, one.id) is None
        assert db.session.get(Referral, two.id) is not None


def test_where_there_is_no_database_it_is_one_line(tmp_path: Path) -> None:
    site = Served(f"sqlite:///{tmp_path}/none/heed.db", tmp_path / "server.log")
    done = subprocess.run(
        [*HEED, "purge"], env=site.environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert "There is no database" in line
