"""The main job, end to end: a check on a phone without a server becomes a referral in the inbox, and comes back."""

import pytest
from playwright.sync_api import Browser, Error, expect

from tests.journeys.conftest import DESK, Pocket
from tests.journeys.coordinator import Coordinator
from tests.journeys.site import Site
from tests.journeys.words import inbox_says, phone_says
from tests.journeys.worker import Worker

pytestmark = pytest.mark.journey

NOTE = {
    "where": "Behind the old mill, blue door",
    "safe_contact": "Tuesdays at the clinic",
    "words_used": "“He keeps my papers” · يحتفظ بأوراقي",
    "reach_me": "Extension 4411 until five",
}


@pytest.mark.every_language
def test_a_check_without_a_server_becomes_a_referral_and_is_answered(
    site: Site, pocket: Pocket, browser: Browser, locale: str
) -> None:
    council = site.coordinator("council")
    team = "Clyde Valley social work"

    # The worker joins while there is a signal; then the server is ended and the phone switched off and on.
    worker = Worker(pocket.on().pages[0], phone_says(locale))
    worker.join(council["invitation"])
    worker.ready_without_signal()
    pocket.off()
    site.kill()

    worker = Worker(pocket.on().pages[0], phone_says(locale))
    worker.open_home(site.field_origin)
    worker.first_look()
    reference = worker.write_and_send(NOTE, team)
    expect(worker.heading("Kept, and not sent yet")).to_be_visible()
    worker.button("Sent and waiting").click()
    expect(worker.page.get_by_text(worker.say("Not sent yet. It is on this phone only."))).to_be_visible()

    # The server comes back: the referral goes by itself or at a tap, and arrives once.
    site.start()
    worker.hurry()
    expect(worker.page.get_by_text(worker.say("Stored. No person has read it yet."))).to_be_visible(timeout=30_000)
    expect(worker.page.get_by_text(worker.say("Not sent yet. It is on this phone only."))).to_be_hidden()

    context = browser.new_context(viewport=DESK)
    desk = Coordinator(context.new_page(), inbox_says(locale), council)
    desk.sign_in(site.inbox_origin, locale)
    expect(desk.page.locator("html")).to_have_attribute("lang", locale)
    expect(desk.rows).to_have_count(1)
    desk.open(reference)
    worker.sees_status("A person has read it.")

    assert desk.open_note(council["passphrase"]) == NOTE
    desk.claim()
    worker.sees_status("Someone is acting on it.")
    desk.close("acted_support")
    worker.sees_status("Support was offered.")
    context.close()


def test_without_a_service_worker_there_is_no_app_when_the_server_is_gone(site: Site, pocket: Pocket) -> None:
    """The control: what the journey above shows is the worker's doing, and not a cache's."""
    page = pocket.on(service_workers="block").pages[0]
    page.goto(site.field_origin)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    pocket.off()
    site.kill()
    page = pocket.on(service_workers="block").pages[0]
    with pytest.raises(Error, match="ERR_CONNECTION_REFUSED"):
        page.goto(site.field_origin)
