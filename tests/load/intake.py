"""What handing over a referral costs: submissions a second, how long each waits, the processor time of each.

Beside bare commits on the same disk and a bare route of the same server, in one run, on both engines; on this disk and
on one that takes some milliseconds to keep what is written, as many rented machines have.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.load.bare import Bare, commits
from tests.load.clients import NOTE, Round, sent, submissions
from tests.load.machines import ENGINES, Machine, machine
from tests.referrals import bearer

CLIENTS = (1, 8, 16, 64)
# Bounded, so that the bench ends by itself: submissions for each number of clients, and bare commits.
SUBMISSIONS = 1_500
COMMITS = 600
# Milliseconds that fsync takes longer than here.
LATE = (0, 5)
# Processes on PostgreSQL: one for each processor core of a small server.
WORKERS = 2
_BARE_ROUTE = ("GET", "/api/v1/health/live", None, {"Host": "localhost"})
_WIDTHS = (8, 10, 11, 9, 9, 9, 9, 8)
AIMS = (
    "aims: SQLite >= 0.6 of bare commits at 16 clients, > 1.0 at 64; PostgreSQL >= 0.6; p99 <= 60 ms at 8 clients; "
    "processor time <= 4.0 x (bare route + bare commit)"
)


@dataclass(frozen=True)
class Taken:
    """All that was measured on one engine. `bare` was taken before and after the rounds."""

    engine: str
    late: float
    bare: tuple[Bare, Bare]
    route: Round
    rounds: list[Round]

    @property
    def commits(self) -> float:
        """Bare commits a second: the mean of before and after, because the disk's pace drifts."""
        return sum(one.rate for one in self.bare) / 2

    @property
    def bare_cpu_ms(self) -> float:
        """The bare route and a bare commit together."""
        return self.route.cpu_ms + sum(one.cpu_ms for one in self.bare) / 2


def run() -> str:
    """The tables of both engines, on either disk."""
    return "\n\n".join(["\n".join(_table(_taken(engine, late))) for engine in ENGINES for late in LATE] + [AIMS])


def _taken(engine: str, late: float) -> Taken:
    with machine(engine, late) as on:
        phone = bearer(on.partnership.home.device_token)
        with on.served(HEED_WORKERS=str(WORKERS if engine == "PostgreSQL" else 1)) as server:
            route = (*_BARE_ROUTE[:3], {"Host": f"localhost:{server.port}"})
            phone["Host"] = f"localhost:{server.port}"
            # Not counted: what is prepared on first use is nobody's figure.
            sent(server, 8, submissions(phone, 200))
            before = _commits(on)
            rounds = [sent(server, clients, submissions(phone, SUBMISSIONS)) for clients in CLIENTS]
            bare = sent(server, 8, [route] * SUBMISSIONS)
            return Taken(engine, late, (before, _commits(on)), bare, rounds)


def _commits(on: Machine) -> Bare:
    # As much as a referral and its note: the coded part is about as long as the note.
    return commits(on, len(NOTE) * 2, COMMITS)


def _table(taken: Taken) -> Iterator[str]:
    before, after = taken.bare
    disk = f"a disk whose fsync takes {taken.late:.0f} ms longer" if taken.late else "this disk"
    yield f"Intake on {taken.engine}, {disk} (it and both processors shared by clients, server and database)"
    yield f"bare commits, one connection: {before.rate:.0f} a second before, {after.rate:.0f} after"
    yield (
        f"processor time: bare route {taken.route.cpu_ms:.2f} ms, with a bare commit {taken.bare_cpu_ms:.2f} ms; "
        f"bare route, 8 clients: {taken.route.rate:.0f} a second"
    )
    heads = zip(
        ("clients", "a second", "x commits", "p50 ms", "p95 ms", "p99 ms", "cpu ms", "x bare"), _WIDTHS, strict=True
    )
    yield "".join(head.rjust(width) for head, width in heads)
    for one in taken.rounds:
        yield (
            f"{one.clients:>8}{one.rate:>10.0f}{one.rate / taken.commits:>11.2f}"
            f"{one.at(0.5):>9.1f}{one.at(0.95):>9.1f}{one.at(0.99):>9.1f}"
            f"{one.cpu_ms:>9.2f}{one.cpu_ms / taken.bare_cpu_ms:>8.1f}"
        )
