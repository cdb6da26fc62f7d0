"""Hosts that are started at the same moment on a database that is behind, as after an update or a power cut."""

import subprocess
from pathlib import Path

from tests.databases import Databases
from tests.served import HEED, Served

_HOSTS = 6


def test_all_of_them_bring_the_database_to_this_release(tmp_path: Path, postgres_databases: Databases) -> None:
    """One does it; the others wait, and find nothing left to do. Else all but one would not start."""
    url = postgres_databases.empty(tmp_path)
    environment = Served(url, tmp_path / "log").environment
    try:
        migrating = [
            subprocess.Popen([*HEED, "migrate"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            for _ in range(_HOSTS)
        ]
        said = [each.communicate(timeout=120)[0].decode() for each in migrating]
        assert [each.returncode for each in migrating] == [0] * _HOSTS, "\n".join(said)
    finally:
        postgres_databases.drop(url)
