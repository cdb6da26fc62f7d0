"""In which languages a run makes each journey: in every one at full depth, else in one, half of the journeys from left
to right and half from right to left. What looks at pages for their own sake is marked `every_language`."""

import zlib
from collections.abc import Iterable

import pytest

from tests.depth import DEPTH

LANGUAGES = ("en", "ar")


def in_this_run(items: Iterable[pytest.Item]) -> tuple[list[pytest.Item], list[pytest.Item]]:
    """What this run makes, and the journeys that it makes in another language."""
    made: list[pytest.Item] = []
    elsewhere: list[pytest.Item] = []
    for item in items:
        (made if _locale(item) in (None, *_made_in(item)) else elsewhere).append(item)
    return made, elsewhere


def _locale(item: pytest.Item) -> str | None:
    of = getattr(item, "callspec", None)
    is_journey = item.get_closest_marker("journey") is not None
    return of.params.get("locale") if of and is_journey else None


def _made_in(item: pytest.Item) -> tuple[str, ...]:
    if item.get_closest_marker("every_language") or len(LANGUAGES) <= DEPTH.languages:
        return LANGUAGES
    # By its name, so that a journey stays in its language however few are chosen.
    turn = zlib.crc32(getattr(item, "originalname", item.name).encode()) % len(LANGUAGES)
    return (LANGUAGES[turn],)
