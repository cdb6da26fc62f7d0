"""The databases of a bench: SQLite on this disk, and a PostgreSQL of its own that waits for the disk as it must."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from server.config import from_environment
from server.migrations.running import to_newest
from tests import postgres
from tests.conftest import application
from tests.partnership import Partnership, found
from tests.served import Served

ENGINES = ("SQLite", "PostgreSQL")


@dataclass(frozen=True)
class Machine:
    """An engine with a migrated database, in which two teams were founded. `folder` is on the same disk."""

    engine: str
    url: str
    folder: Path
    partnership: Partnership

    @contextmanager
    def served(self, **settings: str) -> Iterator[Served]:
        """`heed serve` on it, ended at the end."""
        server = Served(self.url, self.folder / "server.log", settings=settings)
        server.start()
        try:
            yield server
        finally:
            server.end()


@contextmanager
def machine(engine: str) -> Iterator[Machine]:
    """One of `ENGINES`. Raises RuntimeError when this machine has no PostgreSQL."""
    with TemporaryDirectory(prefix="heed-bench-") as name:
        folder = Path(name)
        if engine == "SQLite":
            yield _founded(engine, f"sqlite:///{folder / 'heed.db'}", folder)
            return
        programs = postgres.server_programs()
        if programs is None:
            raise RuntimeError("there is no PostgreSQL on this machine")
        with postgres.running(programs) as server:
            url = server.make("heed")
            postgres.wait_for_the_disk(url)
            yield _founded(engine, url, folder)


def _founded(engine: str, url: str, folder: Path) -> Machine:
    configured = from_environment({"HEED_DATABASE_URL": url}).database_url
    to_newest(configured)
    with application(configured) as app, app.app_context():
        return Machine(engine, configured, folder, found())
