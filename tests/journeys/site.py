"""What is served for a journey: a server with nobody in it yet, or the demo partnership with its throw-away secrets."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from tests.served import HEED, Served


class EmptySite(Served):
    """A server on a database with nobody in it yet."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"sqlite:///{folder}/heed.db", folder / "server.log")
        self.folder = folder

    def set_up(self, *more: str) -> str:
        """`heed setup`. Out: the one-time link that it prints."""
        command = [*HEED, "setup", *more]
        done = subprocess.run(command, env=self.environment, check=True, capture_output=True, text=True)
        return next(word for word in done.stdout.split() if "/welcome#" in word)

    @property
    def field_origin(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def inbox_origin(self) -> str:
        return f"http://inbox.localhost:{self.port}"


class Site(EmptySite):
    """The demo partnership, copied from the folder of another (`made`) where one is given: its keys are stretched on
    purpose, which costs each run seconds once and not each journey.

    `kill` ends the server's whole process group, which is what offline means here; `start` brings it back.
    """

    def __init__(self, folder: Path, made: "Site | None" = None) -> None:
        super().__init__(folder)
        if made is None:
            self.renew()
            return
        # All of it: what SQLite left beside the database belongs to it.
        shutil.copytree(made.folder, folder, dirs_exist_ok=True)
        told = folder / "demo.json"
        # Links name the port of the server that they were made for.
        told.write_text(told.read_text("utf-8").replace(f"localhost:{made.port}", f"localhost:{self.port}"), "utf-8")

    def renew(self) -> None:
        """`heed demo`, the first time and again: makes the partnership, or new invitations where they are due."""
        subprocess.run([*HEED, "demo"], env=self.environment, check=True, capture_output=True)

    @property
    def demo(self) -> dict[str, Any]:
        """What `heed demo` left: {invitation, inbox, members: [{organisation, sign_in_name, ...}]}."""
        told: dict[str, Any] = json.loads((self.folder / "demo.json").read_text("utf-8"))
        return told

    def coordinator(self, name: str) -> dict[str, str]:
        """The demo's member of this sign-in name."""
        return next(member for member in self.demo["members"] if member["sign_in_name"] == name)
