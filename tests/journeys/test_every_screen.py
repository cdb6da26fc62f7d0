"""Every screen of the phone and every page of the inbox, in both languages and both lights, at the narrowest width."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.journeys.conftest import DESK
from tests.journeys.coordinator import Coordinator
from tests.journeys.looking import assert_good
from tests.journeys.site import Site
from tests.journeys.words import inbox_says, phone_says
from tests.journeys.worker import Worker

pytestmark = [pytest.mark.journey, pytest.mark.every_language]

NARROW = {"width": 320, "height": 640}


@pytest.fixture(params=["light", "dark"])
def narrow(request: pytest.FixtureRequest, browser: Browser, locale: str) -> Iterator[BrowserContext]:
    language = {"en": "en-GB"}.get(locale, locale)
    context = browser.new_context(viewport=NARROW, color_scheme=request.param, locale=language)
    yield context
    context.close()


def test_every_screen_is_good_in_the_narrowest_window(site: Site, narrow: BrowserContext, locale: str) -> None:
    council = site.coordinator("council")
    worker = Worker(narrow.new_page(), phone_says(locale))

    def good(screen: str) -> None:
        assert_good(worker.page, screen, locale)

    worker.open_home(site.field_origin)
    expect(worker.page.locator("html")).to_have_attribute("lang", locale)
    good("home, first use")
    worker.page.goto(council["invitation"])
    expect(worker.heading("Join this team?")).to_be_visible()
    good("join")
    worker.button("Join").click()
    expect(worker.heading("You have joined")).to_be_visible()
    good("joined")
    worker.button("Go on").click()
    worker.button("Help now").click()
    expect(worker.heading("Help now")).to_be_visible()
    good("help now")
    worker.page.locator("nav.tabs button").last.click()
    expect(worker.heading("Sent and waiting")).to_be_visible()
    good("nothing sent")
    worker.page.locator("header.bar button").first.click()
    expect(worker.page.get_by_role("heading", level=1)).to_be_visible()
    good("settings")
    worker.page.locator("header.bar button").first.click()
    worker.page.locator("nav.tabs button").first.click()

    worker.button("All lists").click()
    expect(worker.heading("All lists")).to_be_visible()
    good("all lists")
    worker.page.go_back()
    worker.open_checklist("place")
    good("before you look")
    worker.button("Begin").click()
    expect(worker.heading("Does one of these fit?")).to_be_visible()
    good("a part for the setting")
    worker.button("None of these").click()
    worker.button("Not that I know").click()
    expect(worker.button("I don’t know")).to_be_visible()
    good("a sign of a place")
    worker.keep_for_later()

    worker.begin_first_look()
    worker.three_facts(who="Someone who may be under 18", danger="Not that I know")
    for _ in range(2):
        worker.button("Yes").click()
        worker.button("Next").click()
        if worker.heading("Do this now").is_visible():
            good("do this now, a child")
            worker.button("Then carry on").click()
    worker.button("Stop here").click()
    expect(worker.page.locator(".pillars")).to_be_visible()
    good("result, a child")
    worker.keep_for_later()
    good("home, begun checks")

    worker.open_checklist("first-look")
    good("before you ask")
    worker.button("Begin").click()
    good("who")
    worker.button("An adult").click()
    worker.button("Yes, now").click()
    good("danger now")
    worker.button("Carry on").click()
    good("met")
    worker.button("Yes, in person").click()
    worker.button("Yes").click()
    good("a dangerous sign")
    worker.button("Next").click()
    expect(worker.heading("Do this now")).to_be_visible()
    good("do this first")
    worker.button("Then carry on").click()
    worker.button("All answers").click()
    good("overview")
    worker.page.go_back()
    worker.button("Stop here").click()
    expect(worker.heading("Strong signs")).to_be_visible()
    good("result")
    worker.button("Send").click()
    expect(worker.heading("Send")).to_be_visible()
    good("send")
    worker.page.go_back()
    expect(worker.heading("Strong signs")).to_be_visible()
    reference = worker.write_and_send({"where": "by the mill", "reach_me": "ext. 12"}, "Clyde Valley social work")
    expect(worker.heading("Sent")).to_be_visible()
    good("sent")
    worker.button("Sent and waiting").click()
    expect(worker.button("Look for news")).to_be_visible()
    good("sent and waiting")
    # The next day, by the phone's own clock, and nobody has read it.
    worker.page = narrow.new_page()
    worker.page.clock.set_fixed_time(datetime.now(UTC) + timedelta(days=1))
    worker.open_home(site.field_origin)
    overdue = worker.say("Nobody has read it in time: {reference}.", reference=reference)
    expect(worker.page.get_by_text(overdue)).to_be_visible()
    good("unread past its due time")

    _every_page_of_the_inbox(site, narrow, locale, reference)


def _every_page_of_the_inbox(site: Site, context: BrowserContext, locale: str, reference: str) -> None:
    council = site.coordinator("council")
    desk = Coordinator(context.new_page(), inbox_says(locale), council)

    def good(page: str) -> None:
        for window in (NARROW, DESK):
            desk.page.set_viewport_size(window)
            assert_good(desk.page, f"{page}, {window['width']} wide", locale)

    desk.page.goto(f"{site.inbox_origin}/sign-in?language={locale}")
    good("sign in")
    desk.sign_in(site.inbox_origin, locale)
    good("list")
    desk.open(reference)
    good("referral")
    desk.open_note(council["passphrase"])
    good("referral, note open")
    # A second window, opened before the claim: what it does then comes too late.
    late = context.new_page()
    late.goto(desk.page.url)
    desk.claim()
    desk.page.locator("details.close > summary").click()
    good("referral, closing")
    early, desk.page = desk.page, late
    late.locator("form[action$=claim] button").click()
    expect(late.get_by_role("heading", level=1)).to_contain_text(desk.say("Someone changed this"))
    good("someone changed this")
    desk.page = early
    desk.page.reload()
    desk.close("not_enough")
    good("referral, closed")
    desk.page.goto(f"{site.inbox_origin}/?show=closed")
    good("closed ones")
    desk.page.goto(f"{site.inbox_origin}/?show=mine")
    good("an empty list")
    desk.page.goto(f"{site.inbox_origin}/keys")
    good("keys")
    desk.page.goto(f"{site.inbox_origin}/nowhere")
    good("not found")
