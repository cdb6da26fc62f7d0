"""The databases of a bench: SQLite on this disk, and a PostgreSQL of its own that waits for the disk as it must."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from server.config import from_environment
from server.migrations.running import to_newest
from tests import postgres, slow_disk
from tests.conftest import application
from tests.partnership import Partnership, found
from tests.served import Served

ENGINES = ("SQLite", "PostgreSQL")


@dataclass(frozen=True)
class Machine:
    """An engine with a migrated database, in which two teams were founded. `folder` is on the same disk, whose fsync
    comes back `late` milliseconds later than it does here."""

    engine: str
    url: str
    folder: Path
    partnership: Partnership
    late: float = 0

    @contextmanager
    def served(self, **settings: str) -> Iterator[Served]:
        """`heed serve` on it, ended at the end."""
        in_front = slow_disk.in_front(self.late if self.engine == "SQLite" else 0)
        server = Served(self.url, self.folder / "server.log", settings=settings, in_front=in_front)
        server.start()
        try:
            yield server
        finally:
            server.end()


@contextmanager
def machine(engine: str, late: float = 0) -> Iterator[Machine]:
    """One of `ENGINES`, on this disk or on one that is so many milliseconds slower. Raises RuntimeError when this
    machine has no PostgreSQL."""
    with TemporaryDirectory(prefix="heed-bench-") as name:
        folder = Path(name)
        if engine == "SQLite":
            yield _founded(engine, f"sqlite:///{folder / 'heed.db'}", folder, late)
            return
        programs = postgres.server_programs()
        if programs is None:
            raise RuntimeError("there is no PostgreSQL on this machine")
        with postgres.running(programs, slow_disk.in_front(late)) as server:
            url = server.make("heed")
            postgres.wait_for_the_disk(url)
            yield _founded(engine, url, folder, late)


def _founded(engine: str, url: str, folder: Path, late: float) -> Machine:
    configured = from_environment({"HEED_DATABASE_URL": url}).database_url
    to_newest(configured)
    with application(configured) as app, app.app_context():
        return Machine(engine, configured, folder, found(), late)
