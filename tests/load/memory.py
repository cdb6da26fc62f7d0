"""What memory a serving process holds after very many submissions: it should not grow with them. On both engines."""

import os
from collections.abc import Iterator

from tests.load.clients import sent, submissions
from tests.load.machines import ENGINES, machine
from tests.load.processes import largest_mb, serving
from tests.referrals import bearer

# As many as a nation may send in some months; HEED_BENCH_SUBMISSIONS says another number.
SUBMISSIONS = int(os.environ.get("HEED_BENCH_SUBMISSIONS", "100000"))
# Looked at so often while they come.
LOOKS = 10
CLIENTS = 16
AIMS = f"aim: <= 120 MB a process, flat over {SUBMISSIONS:,} submissions"


def run() -> str:
    """A line for each engine."""
    return "\n".join(["Memory of the largest process of the server, MB", *map(_line, ENGINES), AIMS])


def _line(engine: str) -> str:
    return f"{engine:<12}" + " ".join(f"{count:,}: {held:.0f}" for count, held in _held(engine))


def _held(engine: str) -> Iterator[tuple[int, float]]:
    with machine(engine) as on, on.served() as server:
        phone = {**bearer(on.partnership.home.device_token), "Host": f"localhost:{server.port}"}
        assert server.process is not None
        for look in range(1, LOOKS + 1):
            sent(server, CLIENTS, submissions(phone, SUBMISSIONS // LOOKS))
            yield look * (SUBMISSIONS // LOOKS), largest_mb(serving(server.process.pid))
