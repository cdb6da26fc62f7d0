"""What is served for a journey: a server with nobody in it yet, or the demo partnership with its throw-away secrets."""

import json
import subprocess
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from server.config import Config
from server.demo import secrets_file
from tests.databases import Databases
from tests.journeys.rows import Rows, copied, files, opened
from tests.served import HEED, Served


class EmptySite(Served):
    """A server on a database with nobody in it yet. All that it keeps in files of its own lies in `folder`."""

    def __init__(self, folder: Path, database_url: str) -> None:
        super().__init__(database_url, folder / "server.log", runs_in=folder)
        self.folder = folder

    def set_up(self, *more: str) -> str:
        """`heed setup`. Out: the one-time link that it prints."""
        return next(word for word in self._run("setup", *more).split() if "/welcome#" in word)

    def database(self) -> AbstractContextManager[Rows]:
        """The rows, as whoever runs the database has them."""
        return opened(self.database_url)

    def files_of_database(self) -> dict[str, bytes]:
        """Where this server's rows lie on the disk, as bytes."""
        return files(self.database_url)

    def kept(self) -> dict[str, bytes]:
        """Everything that this server has on the disk, as bytes: database and log, in files and as a copy."""
        beside = {path.name: path.read_bytes() for path in self.folder.iterdir() if path.is_file()}
        return {**beside, **self.files_of_database(), **self.copy()}

    def copy(self) -> dict[str, bytes]:
        """A copy of the database, made while the server runs."""
        return copied(self.database_url, self.folder)

    def _run(self, *command: str) -> str:
        done = subprocess.run(
            [*HEED, *command], cwd=self.folder, env=self.environment, check=True, capture_output=True, text=True
        )
        return done.stdout

    @property
    def field_origin(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def inbox_origin(self) -> str:
        return f"http://inbox.localhost:{self.port}"


class Site(EmptySite):
    """The demo partnership, copied from another (`made`) that was never served: its keys are stretched on purpose,
    which costs each run seconds once and not each journey.

    `kill` ends the server's whole process group, which is what offline means here; `start` brings it back.
    """

    def __init__(self, folder: Path, databases: Databases, made: "Site | None" = None) -> None:
        if made is None:
            super().__init__(folder, databases.empty(folder))
            self.renew()
            return
        super().__init__(folder, databases.copied(made.database_url, folder))
        self._told.parent.mkdir(exist_ok=True)
        # Links name the port of the server that they were made for.
        told = made._told.read_text("utf-8").replace(f"localhost:{made.port}", f"localhost:{self.port}")
        self._told.write_text(told, "utf-8")

    def renew(self) -> None:
        """`heed demo`, the first time and again: makes the partnership, or new invitations where they are due."""
        self._run("demo")

    @property
    def demo(self) -> dict[str, Any]:
        """What `heed demo` left: {invitation, inbox, members: [{organisation, sign_in_name, ...}]}."""
        told: dict[str, Any] = json.loads(self._told.read_text("utf-8"))
        return told

    def coordinator(self, name: str) -> dict[str, str]:
        """The demo's member of this sign-in name."""
        return next(member for member in self.demo["members"] if member["sign_in_name"] == name)

    @property
    def _told(self) -> Path:
        return self.folder / secrets_file.path(Config(database_url=self.database_url))
