"""The browser of the journeys, and what every journey starts with: a served partnership and a language."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, expect

from tests.browser import ARGUMENTS
from tests.databases import Databases
from tests.journeys import one_time
from tests.journeys.coordinator import Coordinator
from tests.journeys.languages import LANGUAGES
from tests.journeys.site import EmptySite, Site
from tests.journeys.words import inbox_says
from tests.served import need_build

# A bound that ends a journey which hangs; a busy machine must not turn it red. No journey measures time.
expect.set_options(timeout=40_000)

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


def spoken(locale: str) -> str:
    """What a browser of this language says of itself."""
    return {"en": "en-GB"}.get(locale, locale)


@pytest.fixture(params=LANGUAGES)
def locale(request: pytest.FixtureRequest) -> str:
    """Both directions of writing (languages.py says which a run takes)."""
    return str(request.param)


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory, databases: Databases) -> Site:
    """A demo partnership that is never served: each journey gets a copy, with whatever it does to it for itself."""
    need_build()
    return Site(tmp_path_factory.mktemp("demonstration"), databases)


@pytest.fixture
def site(tmp_path: Path, databases: Databases, demonstration: Site) -> Iterator[Site]:
    """A demo partnership, served. The journey may kill and start it as it likes."""
    one_time.forget()
    own = Site(tmp_path, databases, demonstration)
    own.start()
    yield own
    own.kill()
    databases.drop(own.database_url)


@pytest.fixture
def empty_site(tmp_path: Path, databases: Databases) -> Iterator[EmptySite]:
    """A server with nobody in it yet, for a journey that begins with `set_up` and `start`."""
    need_build()
    made = EmptySite(tmp_path, databases.empty(tmp_path))
    yield made
    made.kill()
    databases.drop(made.database_url)


@pytest.fixture
def desk(lead: Coordinator) -> Coordinator:
    """The same, where a journey needs nobody else."""
    return lead


@pytest.fixture
def lead(site: Site, browser: Browser, locale: str) -> Coordinator:
    """The demo's lead, signed in."""
    context = browser.new_context(viewport=DESK, locale=spoken(locale))
    desk = Coordinator(context.new_page(), inbox_says(locale), site.coordinator("council"))
    desk.sign_in(site.inbox_origin, locale)
    return desk


class Pocket:
    """One phone with its own profile on disk: switching it off and on again keeps what a real one would keep."""

    def __init__(self, running: Playwright, executable: str, profile: Path, locale: str) -> None:
        self._open = lambda **more: running.chromium.launch_persistent_context(
            profile,
            executable_path=executable,
            args=ARGUMENTS,
            viewport=PHONE,
            locale=spoken(locale),
            **more,
        )
        self.context: BrowserContext | None = None

    def on(self, **more: Any) -> BrowserContext:
        self.context = self._open(**more)
        return self.context

    def off(self) -> None:
        if self.context is not None:
            with suppress(Exception):  # A context whose pages are gone is closed already.
                self.context.close()
            self.context = None


@pytest.fixture
def pocket(automation: Playwright, executable: str, tmp_path: Path, locale: str) -> Iterator[Pocket]:
    phone = Pocket(automation, executable, tmp_path / "profile", locale)
    yield phone
    phone.off()


@pytest.fixture
def tamper(site: Site) -> Callable[..., None]:
    """What an operator can do to the database."""

    def _tamper(statement: str, *values: object) -> None:
        with site.database() as rows:
            assert rows.execute(statement, values).rowcount > 0

    return _tamper
