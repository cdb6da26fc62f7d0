"""A disk that takes its time: each fsync of a process, and of all that it starts, comes back so much later. What
commits waits as on a slow disk; nothing else of the process is slowed down."""

import functools
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

_SOURCE = Path(__file__).with_suffix(".c")
_LIBRARY = "slow_disk.so"


def is_here() -> bool:
    """Whether this machine has a C compiler, which makes the few lines that this takes."""
    return shutil.which("cc") is not None


def in_front(milliseconds: float) -> list[str]:
    """What stands in front of a command so that it has such a disk; nothing for 0."""
    if not milliseconds:
        return []
    return ["env", f"LD_PRELOAD={_made().name}/{_LIBRARY}", f"HEED_SLOW_DISK={round(milliseconds * 1000)}"]


@functools.cache
def _made() -> TemporaryDirectory[str]:
    """The folder with the library. It is kept here, because it is deleted when nobody holds it any more."""
    folder = TemporaryDirectory(prefix="heed-slow-disk-")
    # PostgreSQL reads it from an account of its own.
    Path(folder.name).chmod(0o755)
    command = ["cc", "-O2", "-shared", "-fPIC", "-o", _LIBRARY, str(_SOURCE), "-ldl"]
    subprocess.run(command, cwd=folder.name, check=True)
    return folder
