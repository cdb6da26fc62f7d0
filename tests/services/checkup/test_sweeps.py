"""The sweeps' milestones and what lies overdue, on both engines."""

from datetime import timedelta

import pytest

from server.config import Config
from server.models import Referral
from server.services.checkup import sweeps
from server.services.checkup.finding import GOOD, LOOK, WRONG
from server.services.transaction import writing
from tests.partnership import Partnership
from tests.services.checkup.conftest import NOW, reach
from tests.services.sending import send

CASES = [(0, GOOD), (1, GOOD), (1.01, LOOK), (3, LOOK), (3.01, WRONG)]


@pytest.mark.parametrize("name", sweeps.SWEEPS)
def test_a_sweep_ran_not_long_ago(teams: Partnership, name: str) -> None:
    never = sweeps.sweep(name, NOW)
    assert (never.about, never.state, never.found) == (f"sweep_{name}", WRONG, "never")
    for turns, state in CASES:
        at = NOW - turns * sweeps.SWEEPS[name]
        reach(f"sweep:{name}", at)
        found = sweeps.sweep(name, NOW)
        assert (found.state, found.facts) == (state, {"at": at}), turns


def test_nothing_lies_overdue_by_a_day(teams: Partnership) -> None:
    config = Config(keep_closed_days=10, keep_days=20)
    assert sweeps.overdue(config, NOW).state == GOOD
    send(teams.home, NOW - timedelta(days=20, hours=23))
    assert sweeps.overdue(config, NOW).state == GOOD, "the sweep has a day"
    late = send(teams.home, NOW - timedelta(days=21)).id
    found = sweeps.overdue(config, NOW)
    assert (found.state, found.facts) == (WRONG, {"num": 1})
    with writing() as session:
        session.get_one(Referral, late).kept_until = NOW
    assert sweeps.overdue(config, NOW).state == GOOD
