"""Every list can be found, and a whole check of a list with a part arrives with its setting, screened alike on both
sides."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.journeys.conftest import DESK, PHONE, Pocket, spoken
from tests.journeys.coordinator import Coordinator
from tests.journeys.looking import assert_good
from tests.journeys.site import Site
from tests.journeys.words import checklist, inbox_says, phone_says
from tests.journeys.worker import Worker

pytestmark = pytest.mark.journey

TEAM = "Clyde Valley social work"


@dataclass(frozen=True)
class Check:
    """One check: by which list and part, for which route, looked for by a setting or not."""

    name: str
    part: str
    route: str
    looked_for: str = ""

    @property
    def title(self) -> str:
        """The English title of the part."""
        return str(checklist(self.name)["parts"][self.part]["title"])


CHECKS = (
    Check("workplace", "car-wash", "adult", looked_for="car-wash"),
    Check("child", "came-alone", "child_or_unsure"),
    Check("place", "security", "place"),
)


def test_checks_with_a_part_arrive_with_their_setting(
    site: Site, pocket: Pocket, browser: Browser, locale: str
) -> None:
    council = site.coordinator("council")
    worker = Worker(pocket.on().pages[0], phone_says(locale))
    worker.join(council["invitation"])
    worker.ready_without_signal()
    sent = {}
    for check in CHECKS:
        _begin(worker, check)
        _tell_the_facts(worker, check)
        _answer(worker, check)
        sent[worker.write_and_send({"reach_me": "Extension 4411"}, TEAM)] = check
        worker.button("Done").click()
        expect(worker.heading("Start a check")).to_be_visible()

    desk_says = inbox_says(locale)
    desk = Coordinator(browser.new_context(viewport=DESK).new_page(), desk_says, council)
    desk.sign_in(site.inbox_origin, locale)
    expect(desk.rows).to_have_count(len(CHECKS))
    for reference, check in sent.items():
        row = desk.rows.filter(has_text=reference)
        expect(row).to_contain_text(worker.say(check.title))
        # What the two sides say of the same answers is spoken of only where it is not the same.
        expect(row).not_to_contain_text(desk_says("Phone and server differ"))
        expect(row).not_to_contain_text(desk_says("Not scored again here"))
        desk.open(reference)
        expect(desk.page.locator("dl.facts")).to_contain_text(worker.say(check.title))
        desk.page.go_back()
    desk.page.context.close()


def test_lists_that_have_not_come_yet_are_said(site: Site, browser: Browser, locale: str) -> None:
    context = browser.new_context(viewport=PHONE, locale=spoken(locale), service_workers="block")
    later = _url_of_the_rest(site)
    context.route(f"**/{later}", lambda route: route.abort())
    worker = Worker(context.new_page(), phone_says(locale))
    worker.open_home(site.field_origin)
    worker.button("All lists").click()
    expect(_heading(worker, "More lists are on their way")).to_be_visible()
    expect(worker.page.locator("main .row")).to_have_count(1)
    assert_good(worker.page, "lists still to come", locale)
    context.unroute(f"**/{later}")
    worker.button("Try again").click()
    expect(_heading(worker, "For trained staff")).to_be_visible()
    expect(_heading(worker, "More lists are on their way")).to_be_hidden()
    assert_good(worker.page, "all lists", locale)
    context.close()


def _begin(worker: Worker, check: Check) -> None:
    worker.button("All lists").click()
    expect(worker.heading("All lists")).to_be_visible()
    if check.looked_for:
        worker.page.locator("#setting").select_option(check.looked_for)
    title = worker.page.get_by_text(worker.say(checklist(check.name)["title"]), exact=True)
    worker.page.locator("main .row", has=title).click()
    worker.button("Begin").click()


def _tell_the_facts(worker: Worker, check: Check) -> None:
    if check.route == "adult":
        worker.button("An adult").click()
    if not check.looked_for:
        expect(worker.heading("Does one of these fit?")).to_be_visible()
        worker.button(check.title).click()
    expect(worker.heading("Is someone in danger?")).to_be_visible()
    worker.button("Not that I know").click()
    if check.route != "place":
        worker.button("Yes, in person").click()


def _answer(worker: Worker, check: Check) -> None:
    """Yes to every third sign and to the last one of the part, no to the others."""
    body = checklist(check.name)
    base = body["routes"][check.route]["items"]
    items = body["parts"][check.part]["routes"][check.route]["items"]
    own = [sign for sign in items if sign not in base]
    for at, sign in enumerate(items):
        expect(worker.page.get_by_role("heading", level=1)).to_have_text(
            worker.say(body["indicators"][sign]["question"])
        )
        if at % 3 and sign != own[-1]:
            worker.button("No").click()
            continue
        worker.button("Yes").click()
        worker.button("Next").click()
        carry_on = worker.button("Then carry on")
        going_on = worker.page.locator(".meter i.now, .pillars")
        expect(carry_on.or_(going_on).first).to_be_visible()
        if carry_on.is_visible():
            carry_on.click()
    expect(worker.page.locator(".pillars")).to_be_visible()


def _heading(worker: Worker, english: str) -> Locator:
    return worker.page.get_by_role("heading", name=worker.say(english), exact=True)


def _url_of_the_rest(site: Site) -> str:
    _status, index = site.ask("GET", "/api/v1/content")
    return next(str(bundle["url"]) for bundle in index["bundles"] if not bundle.get("nation"))
