"""A program of Debian's in front of Heed, with the configuration that operators copy: where it is, and one that
runs."""

import os
import shutil
import signal
import subprocess
import time
from abc import ABC, abstractmethod
from pathlib import Path

import pytest

from tests.served import free_port

# Where Debian keeps what only root is meant to run, after PATH.
_WHERE = "/usr/local/sbin:/usr/sbin:/usr/bin:/sbin"


def program(name: str) -> str | None:
    """Where it is on this machine."""
    return shutil.which(name) or shutil.which(name, path=_WHERE)


def need(name: str) -> str:
    """Without it the test is skipped, and fails where everything should be there."""
    found = program(name)
    if found is None:
        say = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        say(f"no {name} on this machine: install one, or run `make test`, which tries to")
    return found


class InFront(ABC):
    """One that runs in a folder of its own. `port` is where the world asks; what it asks are ports of this machine."""

    name: str

    def __init__(self, folder: Path, port: int | None = None) -> None:
        self.folder = folder
        self.port = port or free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, servers: list[int]) -> None:
        """Begin to hand requests on to these ports."""
        self.folder.mkdir(exist_ok=True)
        whole = self.folder / "whole.conf"
        whole.write_text(self.configuration(servers), "utf-8")
        home = {name: str(self.folder) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
        with (self.folder / "said").open("wb") as said:
            self._process = subprocess.Popen(
                [need(self.name), *self.arguments(whole)],
                cwd=self.folder,
                env={**os.environ, **home},
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        for _ in range(500):
            if self._process.poll() is not None:
                break
            if self.is_ready():
                return
            time.sleep(0.02)
        raise AssertionError(f"{self.name} did not start:\n{self.said()}")

    def end(self) -> None:
        """End it and its workers."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGTERM)
            self._process.wait(timeout=30)
            self._process = None

    def said(self) -> str:
        """All that it wrote, wherever it wrote it."""
        files = [path for path in sorted(self.folder.rglob("*")) if path.is_file() and path.name != "whole.conf"]
        return "\n".join(path.read_text("utf-8", "replace") for path in files)

    @abstractmethod
    def configuration(self, servers: list[int]) -> str:
        """The operators' example, cut to this machine: http, a port on 127.0.0.1."""

    @abstractmethod
    def arguments(self, whole: Path) -> list[str]:
        """How it is called with this file."""

    @abstractmethod
    def is_ready(self) -> bool:
        """Whether it takes requests."""
