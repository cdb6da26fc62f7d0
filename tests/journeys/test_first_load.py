"""What the first visit costs, as budgeted in experience.md: sizes and counts, never times."""

import brotli
import pytest
from playwright.sync_api import Browser, Request

from tests.journeys.conftest import PHONE
from tests.journeys.site import Site
from tests.journeys.words import phone_says
from tests.journeys.worker import Worker

pytestmark = [pytest.mark.journey, pytest.mark.every_language]

FIRST_BYTES = 60 * 1000
FIRST_REQUESTS = 8
REST_BYTES = 150 * 1000


def test_the_first_load_and_everything_offline_stay_within_their_budgets(
    site: Site, browser: Browser, locale: str
) -> None:
    context = browser.new_context(viewport=PHONE, locale={"en": "en-GB"}.get(locale, locale))
    asked: list[Request] = []
    first_ends_at: list[int] = []
    needed = _needed_first(site, locale)

    def finished(request: Request) -> None:
        needed.discard(request.url)
        if not needed and not first_ends_at:
            first_ends_at.append(len(asked))

    context.on("request", lambda request: asked.append(request))
    context.on("requestfinished", finished)
    worker = Worker(context.new_page(), phone_says(locale))
    worker.open_home(site.field_origin)
    worker.ready_without_signal()

    assert all(request.url.startswith(site.field_origin) for request in asked), "another host was asked"
    # What was asked for before the last needed part had come is the first load; the rest follows quietly.
    first = asked[: first_ends_at[0]]
    assert len(first) <= FIRST_REQUESTS, [request.url for request in first]
    spent = {request.url: _on_the_wire(request) for request in first}
    assert sum(spent.values()) <= FIRST_BYTES, spent
    rest = {request.url: _on_the_wire(request) for request in asked if request.url not in spent}
    assert sum(rest.values()) <= REST_BYTES, rest
    print(f"first load, {locale}: {len(first)} requests, {sum(spent.values())} bytes; then {sum(rest.values())} bytes")
    context.close()


def _needed_first(site: Site, locale: str) -> set[str]:
    """The files without which the first screen is not whole: the first bundle, and the words of the language."""
    _status, index = site.ask("GET", "/api/v1/content")
    paths = [bundle["url"] for bundle in index["bundles"] if bundle.get("nation") == "GB-SCT"]
    # English stands for itself: its words (plural forms) come with the rest.
    paths += [words["url"] for words in index["words"] if words["locale"] == locale != "en"]
    return {f"{site.field_origin}/api/v1/{path}" for path in paths}


def _on_the_wire(request: Request) -> int:
    """Bytes of the body as it travels: brotli, as every browser of today asks for it."""
    answer = request.response()
    if answer is None or answer.status == 304:
        return 0
    return len(brotli.compress(answer.body(), quality=11))
