"""`heed setup` in a process of its own: one block with one link, and nothing of it in what the server prints."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import application
from tests.databases import as_configured
from tests.partnership import found
from tests.served import HEED, Served, need_build

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def site(tmp_path: Path) -> Served:
    return Served(f"sqlite:///{tmp_path}/var/heed.db", tmp_path / "server.log")


@pytest.fixture
def heed(site: Served) -> Run:
    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [*HEED, *arguments], env=site.environment, capture_output=True, text=True, timeout=120, check=False
        )

    return run


def _secret(done: "subprocess.CompletedProcess[str]", site: Served) -> str:
    assert done.returncode == 0, done.stderr
    [secret] = re.findall(rf"http://inbox\.localhost:{site.port}/welcome#([\w-]{{43}})\b", done.stdout)
    assert secret not in done.stderr
    return secret  # type: ignore[no-any-return]


def _one_line(done: "subprocess.CompletedProcess[str]") -> str:
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


def test_the_link_is_printed_and_the_server_waits_for_it(heed: Run, site: Served) -> None:
    need_build()
    first = _secret(heed("setup"), site)
    site.start()
    said = site.log.read_text("utf-8")
    assert "Not set up yet: run `heed setup` in another window" in said
    second = _secret(heed("setup"), site)
    assert first != second
    assert site.end() == 0
    log = site.log.read_text("utf-8")
    assert first not in log
    assert second not in log


def test_where_there_is_an_administrator_it_offers_the_way_back(heed: Run, site: Served, tmp_path: Path) -> None:
    assert heed("migrate").returncode == 0
    with application(as_configured(site.database_url)) as app, app.app_context():
        found()
    assert "heed setup --way-back NAME" in _one_line(heed("setup"))
    assert "welcome#" in heed("setup", "--way-back", "home").stdout
    assert "nobody" in _one_line(heed("setup", "--way-back", "nobody"))


def test_a_demonstration_is_left_alone(heed: Run) -> None:
    assert heed("demo").returncode == 0
    assert "HEED_DATABASE_URL" in _one_line(heed("setup"))
    assert "HEED_DATABASE_URL" in _one_line(heed("setup", "--way-back", "council"))
