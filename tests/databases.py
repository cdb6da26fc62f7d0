"""Makes databases for tests on one engine, and takes them away again: fresh ones, empty ones, copies of others."""

import shutil
import uuid
from abc import ABC, abstractmethod
from pathlib import Path

from sqlalchemy import make_url

from server import create_app
from server.config import Config, from_environment
from server.extensions import db
from server.migrations.running import to_newest
from tests.postgres import Postgres


class Databases(ABC):
    """Of one engine. `migrated` copies a template that was migrated once, which is made at the first use."""

    def __init__(self) -> None:
        self._template: str | None = None

    @abstractmethod
    def empty(self, folder: Path) -> str:
        """The address of a database without any table. What there is of it on disk may lie in `folder`."""

    @abstractmethod
    def copied(self, url: str, folder: Path) -> str:
        """The address of a copy of a database that nobody is connected to."""

    @abstractmethod
    def drop(self, url: str) -> None:
        """Take a database away, whoever is still connected."""

    def migrated(self, folder: Path) -> str:
        """The address of a fresh database of this release."""
        if self._template is None:
            template = self.empty(self._place())
            to_newest(template)
            # With the definitions of this release, which each application would write down itself.
            app = create_app(Config(database_url=template))
            with app.app_context():
                db.engine.dispose()
            self._template = template
        return self.copied(self._template, folder)

    @abstractmethod
    def _place(self) -> Path:
        """Where the template may lie."""


class SqliteDatabases(Databases):
    """Files named heed.db, each in the folder it is asked for."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def empty(self, folder: Path) -> str:
        return as_configured(f"sqlite:///{folder}/heed.db")

    def copied(self, url: str, folder: Path) -> str:
        made = self.empty(folder)
        # With what lies beside it: what SQLite left there belongs to it.
        for path in _file(url).parent.glob("heed.db*"):
            shutil.copy(path, folder / path.name)
        return made

    def drop(self, url: str) -> None:
        """Nothing: the file goes with its folder."""

    def _place(self) -> Path:
        return self._folder


class PostgresDatabases(Databases):
    """Databases of a server of the tests' own."""

    def __init__(self, server: Postgres) -> None:
        super().__init__()
        self._server = server

    def empty(self, folder: Path) -> str:
        return as_configured(self._server.make(_name()))

    def copied(self, url: str, folder: Path) -> str:
        return as_configured(self._server.make(_name(), template=make_url(url).database or ""))

    def drop(self, url: str) -> None:
        self._server.drop(make_url(url).database or "")

    def _place(self) -> Path:
        return self._server.socket


def as_configured(url: str) -> str:
    """The address as the settings give it to the program."""
    return from_environment({"HEED_DATABASE_URL": url}).database_url


def _name() -> str:
    return f"heed_{uuid.uuid4().hex[:12]}"


def _file(url: str) -> Path:
    return Path(make_url(url).database or "")
