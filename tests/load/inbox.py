"""The pages that a coordinator opens most, with ten thousand referrals of the team and with a million: the list, a page
further on, a search, and the counts alone. On both engines, through the server as a browser asks it."""

import os
import time
from collections.abc import Iterator
from datetime import datetime

from server import clock
from server.extensions import db
from server.inbox.browser_session import COOKIE
from server.models import Member
from server.services.accounts.sessions import open_session
from server.services.list_counts import counts
from server.services.listing import listed
from server.services.retention.periods import Periods
from server.services.transaction import writing
from tests.conftest import application
from tests.load.clients import Request, Round, sent
from tests.load.filled import fill
from tests.load.machines import ENGINES, Machine, machine

# A million takes some minutes to put there and about 6 GB; HEED_BENCH_ROWS says another number.
FEW, MANY = 10_000, int(os.environ.get("HEED_BENCH_ROWS", "1000000"))
TIMES = 100
AIMS = f"aims: p95 of the list <= 30 ms with {MANY:,}, and <= 1.5 x its time with {FEW:,}"


def run() -> str:
    """The tables of both engines."""
    return "\n\n".join(["\n".join(_table(engine)) for engine in ENGINES] + [AIMS])


def _table(engine: str) -> Iterator[str]:
    with machine(engine) as on:
        now = clock.now()
        fill(on, FEW, now)
        few = _times(on, now)
        fill(on, MANY - FEW, now)
        many = _times(on, now)
    yield f"The inbox on {engine}: milliseconds with {FEW:,} and with {MANY:,} referrals of one team"
    yield f"{'':<28}{'p50':>8}{'p95':>8}{'p50':>10}{'p95':>8}{'x p95':>8}"
    for name, (middle, most) in few.items():
        later_middle, later_most = many[name]
        yield f"{name:<28}{middle:>8.1f}{most:>8.1f}{later_middle:>10.1f}{later_most:>8.1f}{later_most / most:>8.2f}"


def _times(on: Machine, now: datetime) -> dict[str, tuple[float, float]]:
    """Median and 95th percentile of each page, and of the counts alone, in milliseconds."""
    with application(on.url) as app, app.app_context():
        token, place, reference = _browser(on, now)
        found = {"the counts alone, in Python": _percentiles(_counting(on, now))}
    with on.served() as server:
        headers = {"Host": f"inbox.localhost:{server.port}", "Cookie": f"{COOKIE}={token}"}
        pages = {
            "the list": "/",
            "the list, a page further on": f"/?after={place}",
            "the list of danger": "/?show=danger",
            "the closed ones": "/?show=closed",
            "a search, 4 characters": f"/?q={reference[3:7]}",
            "a search, the end": f"/?q={reference[8:]}",
        }
        for name, path in pages.items():
            request: Request = ("GET", path, None, headers)
            # Not counted: what is prepared on first use is nobody's figure.
            sent(server, 1, [request] * 10)
            round_ = sent(server, 1, [request] * TIMES)
            found[name] = (round_.at(0.5), round_.at(0.95))
    return found


def _browser(on: Machine, now: datetime) -> tuple[str, str, str]:
    """A session's token, the place where the first page ends, and a reference that is there."""
    with writing() as session:
        member = session.get_one(Member, on.partnership.home.member_id)
        token = open_session(session, member, "password", now).token
    page = listed(db.session.get_one(Member, on.partnership.home.member_id), "to-act", now, Periods())
    return token, page.more, page.rows[0].reference


def _counting(on: Machine, now: datetime) -> list[float]:
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        counts(db.session.get_one(Member, on.partnership.home.member_id), now, Periods())
        took.append((time.perf_counter() - began) * 1000)
        db.session.rollback()
    return took


def _percentiles(took: list[float]) -> tuple[float, float]:
    held = Round(1, 0, tuple(sorted(took)), 0)
    return held.at(0.5), held.at(0.95)
