"""`heed backup` and `heed restore` in processes of their own: one line each way, and 1 when it could not be done."""

import os
import subprocess
import time
from pathlib import Path

import pyrage
import pytest

from tests.served import HEED


def _heed(*arguments: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, **settings}
    return subprocess.run(
        [*HEED, *arguments], env=environment, capture_output=True, text=True, timeout=120, check=False
    )


def test_there_and_back(sqlite_url: str, tmp_path: Path) -> None:
    identity = pyrage.x25519.Identity.generate()
    key = tmp_path / "key.txt"
    key.write_text(f"{identity}\n")
    recipient = str(identity.to_public())
    to = tmp_path / "to"
    made = _heed("backup", "--to", str(to), HEED_DATABASE_URL=sqlite_url, HEED_BACKUP_RECIPIENT=recipient)
    assert (made.returncode, made.stderr) == (0, "")
    [file] = to.iterdir()
    assert made.stdout == f"{file}: {file.stat().st_size:,} bytes, sealed to {recipient}.\n"
    new = {"HEED_DATABASE_URL": f"sqlite:///{tmp_path}/new/heed.db"}
    back = _heed("restore", str(file), "--identity", str(key), **new)
    assert (back.returncode, back.stderr) == (0, "")
    assert "begins it anew under Keys" in back.stdout
    again = _heed("restore", str(file), "--identity", str(key), **new)
    assert again.returncode == 1
    assert again.stderr.splitlines() == [
        f"Error: {tmp_path}/new/heed.db is there already: a backup is put back onto an empty machine only."
    ]


@pytest.mark.parametrize("recipient", ["", "AGE-SECRET-KEY-1QQQQ", "age1short"])
def test_without_a_recipient_it_is_one_line(sqlite_url: str, tmp_path: Path, recipient: str) -> None:
    done = _heed("backup", "--to", str(tmp_path / "to"), HEED_DATABASE_URL=sqlite_url, HEED_BACKUP_RECIPIENT=recipient)
    assert (done.returncode, done.stdout) == (1, "")
    [line] = done.stderr.splitlines()
    assert "HEED_BACKUP_RECIPIENT" in line
    assert "SECRET-KEY-1QQQQ" not in line
    assert not (tmp_path / "to").exists()


def test_told_to_stop_it_leaves_nothing(tmp_path: Path) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "pg_dump").write_text(f"#!/bin/sh\necho $$ > {tmp_path}/pid\nprintf PGDMP\nexec sleep 100\n")
    (programs / "pg_dump").chmod(0o700)
    settings = {
        "PATH": f"{programs}:{os.environ['PATH']}",
        "HEED_DATABASE_URL": "postgresql://heed@/heed?host=/nowhere",
        "HEED_BACKUP_RECIPIENT": str(pyrage.x25519.Identity.generate().to_public()),
    }
    process = subprocess.Popen([*HEED, "backup", "--to", str(tmp_path / "to")], env={**os.environ, **settings})
    pid = tmp_path / "pid"
    for _ in range(600):
        if pid.is_file() and pid.read_text().strip():
            break
        time.sleep(0.05)
    process.terminate()
    assert process.wait(60) != 0
    assert list((tmp_path / "to").iterdir()) == []
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)


def test_no_backup_is_kept_longer_than_what_it_holds(sqlite_url: str) -> None:
    done = _heed("backup", "--keep-days", "91", HEED_DATABASE_URL=sqlite_url)
    assert done.returncode == 2
    assert "1<=x<=90" in done.stderr
