"""How deep the suite digs: one place for the numbers of `make test` and of `make test-full`.

The run prints the numbers it used, so that a green line always says how much it stands for.
"""

import os
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Depth:
    """Counts, never times: how many cases each kind of test draws."""

    name: str
    #: languages that each journey is made in; with one, journeys take turns (journeys/languages.py)
    languages: int
    #: hypothesis examples a property
    examples: int
    #: random answer sets put through both screening engines
    mirror_cases: int
    #: moments at which the server's process group is killed, per engine
    kill_points: int
    #: submissions sent around each kill
    kill_submissions: int
    #: moments at which PostgreSQL itself is killed while phones send
    database_kills: int
    #: times that another program takes the database for itself while phones send, per engine
    lockings: int
    #: random bodies sent to each route that takes one
    fuzz_cases: int
    #: random forms, queries and numbers sent to each address of the inbox, per engine
    form_cases: int
    #: moments of answering, sealing and sending at which the phone's page is killed
    page_kills: int
    #: statements after which a change of the database is stopped, per engine and step it begins at
    half_ways: int


QUICK = Depth(
    "quick",
    languages=1,
    examples=60,
    mirror_cases=2_000,
    kill_points=3,
    kill_submissions=24,
    database_kills=2,
    lockings=2,
    fuzz_cases=60,
    form_cases=5,
    page_kills=6,
    half_ways=8,
)
FULL = Depth(
    "full",
    languages=2,
    examples=1_000,
    mirror_cases=10_000,
    kill_points=25,
    kill_submissions=60,
    database_kills=12,
    lockings=8,
    fuzz_cases=1_000,
    form_cases=60,
    page_kills=50,
    half_ways=60,
)

DEPTH = FULL if os.environ.get("HEED_DEPTH") == "full" else QUICK


def described() -> str:
    """One line for the head of a test run: the depth's name and all its numbers."""
    numbers = ", ".join(f"{key}={value}" for key, value in asdict(DEPTH).items() if key != "name")
    return f"depth: {DEPTH.name} ({numbers})"
