"""Brings what the tests need from outside Python: a Chromium, a PostgreSQL, an nginx, a Caddy, a C compiler. Says in
one line each what it did.

Run by `make test` before pytest. Nothing here may fail the run: where a part cannot be had, the tests
that need it say so and are skipped, or fail when CI=true.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import slow_disk
from tests.balanced.in_front import program
from tests.browser import chromium
from tests.postgres import server_programs

_POLICY = Path("/usr/sbin/policy-rc.d")


def main() -> None:
    if chromium() is None:
        _debian("chromium") or _playwright()
    print(f"browser: {chromium() or 'none, the journeys will be skipped'}")
    if server_programs() is None:
        _debian("postgresql")
    print(f"postgresql: {server_programs() or 'none, its tests will be skipped'}")
    for name, package in (("nginx", "nginx-light"), ("caddy", "caddy")):
        if program(name) is None:
            _debian(package)
        print(f"{name}: {program(name) or 'none, its tests will be skipped'}")
    if not slow_disk.is_here():
        # With what it compiles against.
        _debian("libc6-dev")
        _debian("gcc")
    print(f"C compiler: {'here' if slow_disk.is_here() else 'none, a slow disk will not be tested'}")


def _debian(package: str) -> bool:
    """Installs a Debian package when that is ours to do (root, apt-get here). True when it worked."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    print(f"installing Debian's {package} ...", flush=True)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "stdin": subprocess.DEVNULL}
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update"], env=environment, **quiet, check=False)
    install = ["apt-get", "install", "--yes", "--no-install-recommends", package]
    with _nothing_started():
        return subprocess.run(install, env=environment, **quiet, check=False).returncode == 0


@contextmanager
def _nothing_started() -> Iterator[None]:
    """A test starts what it needs, on a port of its own. Debian asks this file before it starts a service."""
    if _POLICY.exists():
        yield
        return
    _POLICY.write_text("#!/bin/sh\nexit 101\n", "utf-8")
    _POLICY.chmod(0o755)
    try:
        yield
    finally:
        _POLICY.unlink()


def _playwright() -> bool:
    print("fetching playwright's Chromium ...", flush=True)
    fetch = [sys.executable, "-m", "playwright", "install", "chromium"]
    return subprocess.run(fetch, stdout=subprocess.DEVNULL, check=False).returncode == 0


if __name__ == "__main__":
    main()
