"""Sealing on the phone and unlocking in the inbox, in Chromium, as it is and on a processor slowed down four times."""

from playwright.sync_api import CDPSession, Page

from tests.load.bench_page import SLOWER, bench_page, slow_down, taken
from tests.load.figures import Figure, table

# (name, how often, what it is held against, aim at the slow speed in ms)
_DEEDS = (
    ("seal a note for one team", 30, "bare: one X25519 exchange with a new key", 60),
    ("unlock with seven words", 5, "bare: scrypt, N = 2^16", 2_000),
    ("unlock with a passkey", 10, None, None),
    ("take up the unlocked key on the next page", 30, None, None),
    ("open a note", 30, "bare: one X25519 exchange with a new key", None),
)


def run() -> str:
    """Both tables."""
    with bench_page("sealing") as (page, devtools):
        # Once, not counted: what is compiled and prepared on first use is nobody's figure.
        for name, *_rest in _DEEDS:
            taken(page, name, 1)
        return "\n\n".join(_at(page, devtools, rate) for rate in (1, SLOWER))


def _at(page: Page, devtools: CDPSession, rate: int) -> str:
    slow_down(devtools, rate)
    bare: dict[str, Figure] = {}
    figures: list[Figure] = []
    for name, times, beside, aim in _DEEDS:
        if beside and beside not in bare:
            bare[beside] = Figure(beside, taken(page, beside, times))
            figures.append(bare[beside])
        held = bare.get(beside or "")
        figures.append(Figure(name, taken(page, name, times), held, aim if rate == SLOWER else None))
    return table(
        f"Sealing in Chromium, processor {rate} x slower (ms)" if rate > 1 else "Sealing in Chromium (ms)", figures
    )
