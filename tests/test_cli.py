"""The `heed` command in processes of its own: what cannot be done is one clear line and exit code 1."""

import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from server import serving
from server.config import Config
from tests.served import HEED, Served, free_port, need_build

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def site(tmp_path: Path) -> Served:
    return Served(f"sqlite:///{tmp_path}/var/heed.db", tmp_path / "server.log")


@pytest.fixture
def heed(site: Served) -> Run:
    def run(*arguments: str, **changes: str) -> "subprocess.CompletedProcess[str]":
        environment = {**site.environment, **changes}
        return subprocess.run(
            [*HEED, *arguments], env=environment, capture_output=True, text=True, timeout=120, check=False
        )

    return run


def _one_line(done: "subprocess.CompletedProcess[str]") -> str:
    assert done.returncode == 1, done.stdout + done.stderr
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


def test_the_demonstration_is_made_served_and_ended(heed: Run, site: Served) -> None:
    need_build()
    made = heed("demo")
    assert made.returncode == 0, made.stderr
    again = heed("demo")
    join = next(line for line in made.stdout.splitlines() if line.startswith("Join"))
    assert join in again.stdout
    refused = heed("serve", HEED_BIND=f"0.0.0.0:{free_port()}")
    assert "this machine only" in _one_line(refused)
    site.start()
    said = site.log.read_text("utf-8")
    assert join in said
    assert "translations/README.md" in said
    assert "already in use" in _one_line(heed("serve"))
    assert site.end() == 0
    assert "Traceback" not in site.log.read_text("utf-8")


def test_without_a_database_nothing_is_served(heed: Run, tmp_path: Path) -> None:
    need_build()
    said = _one_line(heed("serve"))
    assert "heed setup" in said
    assert "heed demo" in said
    assert not (tmp_path / "var").exists()


def test_a_database_of_another_release_is_not_served(heed: Run, tmp_path: Path) -> None:
    need_build()
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "heed.db").write_text("this is no database at all, it only has the name of one")
    assert "HEED_DATABASE_URL" in _one_line(heed("serve"))
    assert "HEED_DATABASE_URL" in _one_line(heed("migrate"))


def test_a_port_in_use_is_named(heed: Run, site: Served) -> None:
    need_build()
    with socket.create_server(("127.0.0.1", site.port)):
        assert f"127.0.0.1:{site.port}" in _one_line(heed("serve"))


def test_without_a_build_nothing_is_served(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(serving, "PHONE_FILES", tmp_path)
    with pytest.raises(serving.CannotServe, match="make build"):
        serving.serve(Config())


def test_a_wrong_setting_is_named(heed: Run) -> None:
    assert "HEED_BIND" in _one_line(heed("serve", HEED_BIND="8000"))
    assert "this machine only" in _one_line(heed("demo", HEED_BIND="0.0.0.0:8000"))


@pytest.mark.parametrize("name", ["checklists/ours.yaml", "ours.txt"])
@pytest.mark.parametrize("command", [["demo"], ["words", "check"]])
def test_content_of_ones_own_that_cannot_be_read_is_one_line(
    heed: Run, tmp_path: Path, command: list[str], name: str
) -> None:
    """Whichever command needed it: `heed demo` reads content only on its way to something else."""
    file = tmp_path / "own" / name
    file.parent.mkdir(parents=True)
    file.write_text("id: [ours")
    said = _one_line(heed(*command, HEED_CONTENT=str(tmp_path / "own")))
    assert said.startswith("Error: ")
    assert file.name in said
