"""A team without a key: the answers go, the words wait; the browser makes the keys; the words follow and open."""

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import DESK, PHONE
from tests.journeys.coordinator import Coordinator
from tests.journeys.site import Site
from tests.journeys.words import inbox_says, phone_says
from tests.journeys.worker import Worker

pytestmark = pytest.mark.journey

NOTE = {"where": "The caravan by the burn", "safe_contact": "", "words_used": "", "reach_me": "Extension 12"}
WAITS = "The answers have arrived. The note is still on this phone only."


def test_words_wait_for_a_key_and_follow_when_the_browser_has_made_one(
    site: Site, browser: Browser, locale: str
) -> None:
    charity = site.coordinator("charity")
    phone = browser.new_context(viewport=PHONE, locale={"en": "en-GB"}.get(locale, locale))
    worker = Worker(phone.new_page(), phone_says(locale))
    worker.join(charity["invitation"])
    worker.first_look()
    reference = worker.write_and_send(NOTE, "Support")
    expect(worker.page.get_by_text(worker.say(WAITS))).to_be_visible()

    context = browser.new_context(viewport=DESK)
    desk = Coordinator(context.new_page(), inbox_says(locale), charity)
    desk.sign_in(site.inbox_origin, locale)
    desk.open(reference)
    expect(desk.page.get_by_text(desk.say("The note waits on the phone."))).to_be_visible()
    words = desk.make_first_keys(site.inbox_origin)
    site.renew()

    worker.join(site.coordinator("charity")["invitation"])
    worker.page.locator("nav.tabs button").last.click()
    expect(worker.button("Look for news")).to_be_visible()
    expect(worker.page.get_by_text(worker.say(WAITS))).to_be_hidden(timeout=30_000)
    # Whoever has just made the keys has them unlocked; another session asks for the words.
    desk.button("Sign out").click()
    desk.sign_in(site.inbox_origin, locale)
    desk.open(reference)
    expect(desk.page.locator("#passphrase")).to_be_visible()
    wrong = " ".join(reversed(words.split()))
    desk.page.locator("#passphrase").fill(wrong)
    desk.button("Open the note").click()
    said = desk.say("These are not your seven words. Check the spelling and the order.")
    expect(desk.page.get_by_text(said)).to_be_visible(timeout=60_000)
    # What is empty is not shown; what was written is there as it was typed.
    assert {name: text for name, text in desk.open_note(words).items() if text} == {
        name: text for name, text in NOTE.items() if text
    }
    context.close()
    phone.close()
