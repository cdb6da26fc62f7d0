"""What `heed serve` becomes, and what it starts beside itself."""

import os
import sys
from typing import Any

import pytest

from server import serving
from server.config import Config


class _Became(Exception):
    """The process is another program now."""


@pytest.fixture
def became(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What was started and what it became, instead of doing so."""
    told: dict[str, Any] = {"order": []}

    def start(command: list[str], **options: Any) -> None:
        told["order"].append("clock")
        told["clock"], told["options"] = command, options

    def become(_program: str, command: list[str]) -> None:
        told["order"].append("server")
        told["server"], told["secret"] = command, os.environ["HEED_SECRET"]
        raise _Became

    for check in ("_check_build", "_check_port", "_check_database", "migrate"):
        monkeypatch.setattr(serving, check, lambda *_: None)
    monkeypatch.setattr(serving, "_look_into", lambda _config: [])
    monkeypatch.setattr(serving.subprocess, "Popen", start)
    monkeypatch.setattr(serving.os, "execv", become)
    monkeypatch.setenv("HEED_SECRET", "")
    return told


def test_the_clock_is_started_before_there_is_anything_to_inherit(became: dict[str, Any]) -> None:
    with pytest.raises(_Became):
        serving.serve(Config())
    assert became["order"] == ["clock", "server"]
    assert became["clock"] == [sys.executable, "-m", "server.cli", "clock", "--with-server", str(os.getpid())]
    # Files and sockets are closed by default.
    assert "close_fds" not in became["options"]
    assert "pass_fds" not in became["options"]


@pytest.mark.parametrize("workers", [1, 4])
def test_as_many_processes_serve_as_are_set_and_all_share_one_secret(became: dict[str, Any], workers: int) -> None:
    config = Config(workers=workers)
    with pytest.raises(_Became):
        serving.serve(config)
    command = became["server"]
    assert command[command.index("--workers") + 1] == str(workers)
    # Otherwise each would make one of its own, and refuse the forms of the others.
    assert became["secret"] == config.secret
