"""What an assertion found: codes, numbers and names of teams. Its words are for the page to say; it must never hold the
name of a person."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

# WRONG: something does not work. LOOK: somebody should see to it. UNSEEN: it could not be found out from here.
WRONG, LOOK, UNSEEN, GOOD = STATES = ("wrong", "look", "unseen", "good")

# Why an assertion says UNSEEN: something went wrong while it looked.
FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Place:
    """A team that a finding is about (or an organisation, without a team), and how many people when that is what
    counts."""

    team: str
    organisation: str
    people: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """`about` is the assertion, `found` which of its sentences is true, `facts` what stands in that sentence: moments,
    numbers, this server's own origins."""

    about: str
    state: str
    found: str
    facts: Mapping[str, int | str | datetime] = field(default_factory=dict)
    places: tuple[Place, ...] = ()


def of_places(about: str, wrong: tuple[Place, ...], look: tuple[Place, ...] = ()) -> Finding:
    """The finding of an assertion that every team must meet. In: where it does not hold, and where it barely does."""
    if wrong:
        return Finding(about, WRONG, "wrong", places=wrong + look)
    return Finding(about, LOOK, "look", places=look) if look else Finding(about, GOOD, "good")


def of_few(about: str, few: list[Place]) -> Finding:
    """The same where people are counted: nobody is wrong, somebody but too few is worth a look."""
    return of_places(about, tuple(one for one in few if not one.people), tuple(one for one in few if one.people))
