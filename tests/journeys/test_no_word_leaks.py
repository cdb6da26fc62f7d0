"""A marker in each note field: the server, its files, its log and the wire hold none. A planted one is found."""

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import PHONE
from tests.journeys.coordinator import Coordinator
from tests.journeys.markers import Recorder, plant, stored, traces
from tests.journeys.site import Site
from tests.journeys.words import inbox_says, phone_says
from tests.journeys.worker import Worker

pytestmark = pytest.mark.journey

MARKERS = {
    "where": "ZephyrWhereQuayside",
    "safe_contact": "ZephyrContactLantern",
    "words_used": "ZephyrWordsمصباح",
    "reach_me": "ZephyrReachHarbour",
}


def test_no_word_of_the_note_is_on_the_wire_or_on_the_server(site: Site, browser: Browser) -> None:
    council = site.coordinator("council")
    context = browser.new_context(viewport=PHONE, locale="en-GB")
    recorder = Recorder(context)
    worker = Worker(context.new_page(), phone_says("en"))
    worker.join(council["invitation"])
    worker.first_look()
    reference = worker.write_and_send(MARKERS, "Clyde Valley social work")
    expect(worker.heading("Sent")).to_be_visible()

    desk = Coordinator(context.new_page(), inbox_says("en"), council)
    desk.sign_in(site.inbox_origin, "en")
    desk.open(reference)
    assert desk.open_note(council["passphrase"]) == MARKERS
    desk.claim()
    context.close()

    sent = [name for name in recorder.requests if "POST" in name and "/api/v1/referrals" in name]
    assert sent, "the recorder saw no referral: this test would prove nothing"
    assert traces([*MARKERS.values(), council["passphrase"]], recorder.requests) == []
    assert traces(MARKERS.values(), stored(site.folder)) == []

    # The same search finds a planted marker, in the database and in an address.
    plant(site.folder / "heed.db", MARKERS["where"])
    assert traces(MARKERS.values(), stored(site.folder))
    assert traces(MARKERS.values(), {"address": f"/api?q={MARKERS['reach_me']}".encode()})
