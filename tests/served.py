"""A real `heed serve` in a process group of its own, on a port nobody uses, ended as roughly as a test
likes."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from server.hosts import INBOX_FILES, PHONE_FILES
from tests.postgres import wait_for_the_disk

HEED = [sys.executable, "-m", "server.cli"]


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def need_build() -> None:
    """Without the built app `heed serve` rightly refuses: skip, and fail where everything should be there."""
    if not (PHONE_FILES / "index.html").is_file() or not (INBOX_FILES / ".vite" / "manifest.json").is_file():
        say = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        say("the phone app is not built: run `make build`")


@dataclass
class Served:
    """One server for one database. `log` gets what it prints, `settings` say what differs from a test's usual ones."""

    database_url: str
    log: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    settings: dict[str, str] = field(default_factory=dict)
    # What stands in front of the command (slow_disk.py).
    in_front: list[str] = field(default_factory=list)
    # Where it runs: off SQLite, what it keeps in files lies in var/ there.
    runs_in: Path | None = None

    @property
    def environment(self) -> dict[str, str]:
        """The settings of this server."""
        return {
            **os.environ,
            "HEED_FIELD_ORIGIN": f"http://localhost:{self.port}",
            "HEED_INBOX_ORIGIN": f"http://inbox.localhost:{self.port}",
            "HEED_BIND": f"127.0.0.1:{self.port}",
            "HEED_DATABASE_URL": self.database_url,
            "HEED_DEVICE_CEILING": "1000000",
            **self.settings,
        }

    def start(self) -> None:
        """Start it and wait until it answers."""
        if self.database_url.startswith("postgresql"):
            wait_for_the_disk(self.database_url)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*self.in_front, *HEED, "serve"],
                cwd=self.runs_in,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        for _ in range(300):
            if self.process.poll() is not None:
                break
            try:
                if self.ask("GET", "/api/v1/health")[0] == 200:
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError(f"the server did not answer:\n{self.log.read_text('utf-8', 'replace')}")

    def ask(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> tuple[int, Any]:
        """One request on a connection of its own. Out: status and JSON. Raises OSError when the server is
        gone."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        sent = {"Host": f"localhost:{self.port}", "Content-Type": "application/json", **(headers or {})}
        try:
            connection.request(method, path, None if body is None else json.dumps(body), sent)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        except (http.client.HTTPException, json.JSONDecodeError) as error:
            raise ConnectionError(str(error)) from error
        finally:
            connection.close()

    def kill(self) -> None:
        """SIGKILL to the whole process group: nothing gets to clean up."""
        self._signal(signal.SIGKILL)

    def end(self) -> int:
        """SIGTERM, as an operator or a service manager does it. Out: the exit code."""
        return self._signal(signal.SIGTERM)

    def _signal(self, number: signal.Signals) -> int:
        if self.process is None:
            return 0
        try:
            if self.process.poll() is None:
                os.killpg(self.process.pid, number)
            return self.process.wait(timeout=60)
        finally:
            self.process = None
