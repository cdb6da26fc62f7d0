"""Debian's nginx with the configuration that operators copy, cut to this machine: http, a port on 127.0.0.1, a folder
of its own. Every request goes to any server at random, on a connection of its own."""

import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.served import free_port

EXAMPLE = Path(__file__).parents[2] / "deploy" / "nginx.conf"
_WHERE = "/usr/local/sbin:/usr/sbin:/sbin"
# Which server answered, for the test's eyes.
ANSWERED_BY = "Answered-By"


def nginx() -> str | None:
    """Where nginx is: PATH first, then where Debian keeps what only root is meant to run."""
    return shutil.which("nginx") or shutil.which("nginx", path=_WHERE)


def need_nginx() -> str:
    """Without one the test is skipped, and fails where everything should be there."""
    found = nginx()
    if found is None:
        say = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        say("no nginx on this machine: install one, or run `make test`, which tries to")
    return found


class Balancer:
    """One nginx. `port` is where the world asks; the servers are ports of this machine."""

    def __init__(self, folder: Path, port: int | None = None) -> None:
        self.folder = folder
        self.port = port or free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, servers: list[int]) -> None:
        """Begin to hand requests on to these ports."""
        self.folder.mkdir(exist_ok=True)
        whole = self.folder / "whole.conf"
        whole.write_text(self._configuration(servers), "utf-8")
        command = [need_nginx(), "-p", str(self.folder), "-e", str(self.folder / "errors"), "-c", str(whole)]
        with (self.folder / "said").open("wb") as said:
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True
            )
        for _ in range(300):
            if self._process.poll() is not None:
                break
            if (self.folder / "pid").is_file():
                return
            time.sleep(0.02)
        raise AssertionError(f"nginx did not start:\n{(self.folder / 'errors').read_text()}")

    def end(self) -> None:
        """End it and its workers."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGTERM)
            self._process.wait(timeout=30)
            self._process = None

    def _configuration(self, servers: list[int]) -> str:
        temporary = "".join(
            f"{kind}_temp_path {self.folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        # Its workers must reach the folder of the test, which belongs to whoever runs it.
        user = "user root;\n" if os.geteuid() == 0 else ""
        return (
            f"{user}daemon off;\npid {self.folder}/pid;\nworker_processes 2;\nevents {{}}\n"
            f"http {{\n{temporary}{self._example(servers)}\n}}\n"
        )

    def _example(self, servers: list[int]) -> str:
        """The operators' example with its lines for several hosts."""
        said = EXAMPLE.read_text("utf-8").replace("/var/log/nginx", str(self.folder))
        said = re.sub(r"server \{\s+listen 80;.*?\n\}\n", "", said, count=1, flags=re.DOTALL)
        said = re.sub(r"^\s*(listen \[::\]|ssl_(?!reject)).*\n", "", said, flags=re.MULTILINE)
        said = said.replace("ssl_reject_handshake on;", "return 444;")
        said = said.replace("listen 443 ssl", f"listen 127.0.0.1:{self.port}").replace("heed.example", "localhost")
        rule = re.search(r"^ +# +server 10\.0\.0\.11:8000( .+;)\n", said, re.MULTILINE)
        assert rule, "the example has no line for one of several hosts"
        lines = "".join(f"    server 127.0.0.1:{port}{rule[1]}\n" for port in servers)
        said, replaced = re.subn(r"^ +server 127\.0\.0\.1:8000;\n", f"    random;\n{lines}", said, flags=re.MULTILINE)
        assert replaced == 1
        said = re.sub(r"^ +keepalive.*\n", "", said, flags=re.MULTILINE)
        return said.replace(
            "    add_header Strict", f"    add_header {ANSWERED_BY} $upstream_addr always;\n    add_header Strict"
        )
