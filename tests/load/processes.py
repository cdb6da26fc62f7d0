"""What the processes of a server used: processor time and memory, as the system counts them."""

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


def serving(pid: int) -> list[int]:
    """The processes of a server that answer requests, and the one that watches over them: all that it started, without
    the clock beside it, which has work of its own."""
    return [each for each in _family(pid) if b"clock" not in Path(f"/proc/{each}/cmdline").read_bytes().split(b"\0")]


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in _family(int(child)))]


def processor_seconds(pids: list[int]) -> float:
    """Seconds of processor time that they used up to now, their own and the system's for them."""
    return sum(sum(map(int, _stat(pid)[11:13])) for pid in pids) / _TICKS


def largest_mb(pids: list[int]) -> float:
    """The memory that the largest of them holds now, in MB (10^6 bytes)."""
    return max(int(_stat(pid)[21]) for pid in pids) * _PAGE / 1e6


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat after the name, which may hold spaces: man 5 proc."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
