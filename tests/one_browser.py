"""The one browser of a run, for every test that drives one: Playwright cannot be started twice in a process."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.browser import ARGUMENTS, chromium


@pytest.fixture(scope="session")
def automation() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def executable() -> str:
    """A Chromium of this machine; without one journeys are skipped, and fail where everything should be there."""
    found = chromium()
    if found is None:
        say = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        say("no Chromium on this machine: install one, or run `make test`, which tries to")
    return found


@pytest.fixture(scope="session")
def browser(automation: Playwright, executable: str) -> Iterator[Browser]:
    running = automation.chromium.launch(executable_path=executable, args=ARGUMENTS)
    yield running
    running.close()


@pytest.fixture(autouse=True)
def no_page_left_open(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a test opened is closed after it: pages that nobody looks at any more would slow all later tests down."""
    running: Browser | None = request.getfixturevalue("browser") if "browser" in request.fixturenames else None
    yield
    for context in running.contexts if running else []:
        context.close()
