"""A disk of a test's own, in memory, which can be filled to the last byte."""

import errno
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class CannotMount(Exception):
    """This machine does not let us mount anything; the message is what it said."""


class SmallDisk:
    """A mounted disk. `path` is where."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._ballast = path / "ballast"

    def fill(self) -> None:
        """Leave no room at all."""
        with self._ballast.open("ab", buffering=0) as ballast:
            for size in (1 << 20, 1 << 12):
                try:
                    while ballast.write(bytes(size)):
                        pass
                except OSError as error:
                    if error.errno != errno.ENOSPC:
                        raise

    def make_room(self) -> None:
        """Take away what was filled in."""
        self._ballast.unlink()


@contextmanager
def small_disk(megabytes: int) -> Iterator[SmallDisk]:
    """Mount a disk of this size. Raises CannotMount."""
    # Not in pytest's own folder, which is closed to the account that PostgreSQL runs as.
    path = Path(tempfile.mkdtemp(prefix="heed-disk-", dir="/tmp"))
    try:
        _mount(path, megabytes)
        try:
            yield SmallDisk(path)
        finally:
            # Also while somebody still has a file of it open.
            subprocess.run(["umount", "--lazy", str(path)], check=False)
    finally:
        path.rmdir()


def _mount(path: Path, megabytes: int) -> None:
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "heed-tests", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        raise CannotMount(error.strerror) from None
    if done.returncode:
        raise CannotMount(done.stderr.strip())
