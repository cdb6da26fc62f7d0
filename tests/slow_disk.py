"""A disk that takes its time: strace lets each fsync of a process, and of all that it starts, come back so much later.
What commits waits for the disk as on a slow one; nothing else of the process is slowed down."""

import shutil

_CALLS = "fsync,fdatasync"


def is_here() -> bool:
    """Whether this machine has strace."""
    return shutil.which("strace") is not None


def in_front(milliseconds: float) -> list[str]:
    """What stands in front of a command so that it has such a disk; nothing for 0."""
    if not milliseconds:
        return []
    inject = f"inject={_CALLS}:delay_exit={round(milliseconds * 1000)}"
    # The command stays our own child, and is seen by strace only where it waits for the disk.
    return ["strace", "-D", "-f", "--seccomp-bpf", "-qqq", "-o", "/dev/null", "-e", f"trace={_CALLS}", "-e", inject]
