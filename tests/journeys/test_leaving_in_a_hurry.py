"""The way out: by the button, by three times Shift, by the first link; with a server or without; and not by typing."""

from contextlib import suppress

import pytest
from playwright.sync_api import Error, Page, expect

from tests.journeys.at_rest import Resting
from tests.journeys.conftest import Pocket
from tests.journeys.site import Site
from tests.journeys.words import phone_says

pytestmark = pytest.mark.journey


def _gone(worker: Resting, to: str) -> None:
    """Away from the app, on a page that tells nothing; neither Back nor Forward brings the check up."""
    page = worker.page
    page.wait_for_url(to)
    assert page.locator("body").inner_text().strip() == ""
    assert "heed" not in page.title().lower()
    _is_plain(page)
    for move in (page.go_back, page.go_forward, page.go_forward):
        # Going away again in the middle of it is what is wanted, and an error to the one who asked.
        with suppress(Error):
            move(timeout=2_000)
        page.wait_for_timeout(500)
        assert page.locator("main, nav, h1").count() == 0


def test_leaving_in_a_hurry(site: Site, pocket: Pocket, locale: str) -> None:
    say = phone_says(locale)
    worker = Resting(pocket.on().pages[0], say)
    worker.open_home(site.field_origin)
    worker.ready_without_signal()
    worker.begin_first_look()
    worker.three_facts()
    worker.button("Exit").click()
    _gone(worker, f"{site.field_origin}/page.html")

    # Opened anew it is as it was; without a server it leaves as well.
    site.kill()
    worker = Resting(worker.page.context.new_page(), say)
    worker.open_home(site.field_origin)
    worker.begin_first_look()
    worker.three_facts()
    for _ in range(3):
        worker.page.keyboard.press("Shift")
    _gone(worker, f"{site.field_origin}/page.html")

    # The first thing that a screen reader comes to.
    worker = Resting(worker.page.context.new_page(), say)
    worker.open_home(site.field_origin)
    first = worker.page.locator("a, button, input, select, textarea").first
    expect(first).to_have_text(say("Leave this app now"))
    first.press("Enter")
    _gone(worker, f"{site.field_origin}/page.html")


def _is_plain(page: Page) -> None:
    """The neutral page has no script, and a policy of its own that would let none run."""
    assert page.locator("script").count() == 0
    policy = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
    assert str(policy).startswith("default-src 'none'")


def test_shift_while_typing_leaves_nothing(site: Site, pocket: Pocket, locale: str) -> None:
    worker = Resting(pocket.on().pages[0], phone_says(locale))
    worker.join(site.coordinator("council")["invitation"])
    worker.first_look()
    worker.button("Send").click()
    field = worker.page.locator("textarea#where")
    field.click()
    for _ in range(4):
        worker.page.keyboard.press("Shift")
    worker.page.keyboard.type("A B C D")
    expect(field).to_have_value("A B C D")
    worker.page.locator("h1").focus()
    for key in ("Shift+Tab", "Shift+Tab", "Shift+Tab", "Shift+Tab"):
        worker.page.keyboard.press(key)
    expect(worker.heading("Send")).to_be_visible()
