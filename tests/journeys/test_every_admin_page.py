"""Every page about people, teams, phones and accounts, and every step of becoming a member: in both languages and both
lights, narrow and wide."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from server.services import triage
from tests.journeys.conftest import DESK, spoken
from tests.journeys.coordinator import Coordinator
from tests.journeys.looking import assert_good, sticks_out
from tests.journeys.newcomer import Newcomer
from tests.journeys.rows import opened
from tests.journeys.site import EmptySite, Site
from tests.journeys.words import inbox_says

pytestmark = [pytest.mark.journey, pytest.mark.every_language]

NARROW = {"width": 320, "height": 640}
STRANGERS = ("/sign-in/help", "/sign-in/recovery", "/welcome")
MEMBERS = (
    "/teams/1",
    "/teams/1/settings",
    "/teams/1/hours",
    "/teams/1/rota",
    "/teams/1/people/invite",
    "/people/1",
    "/people/1/leave",
    "/teams/1/phones",
    "/organisation",
    "/partners",
    "/roles",
    "/audit",
    "/checkup",
    "/account",
    "/account/passkey",
    "/account/password",
    "/account/code-app",
    "/account/recovery-codes",
)


@pytest.fixture(params=["light", "dark"])
def context(request: pytest.FixtureRequest, browser: Browser, locale: str) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport=NARROW, color_scheme=request.param, locale=spoken(locale))
    yield made
    made.close()


def _look(page: Page, name: str, locale: str) -> None:
    page.set_viewport_size(DESK)
    assert sticks_out(page) <= 0, f"{name} is too wide at {DESK['width']}"
    page.set_viewport_size(NARROW)
    assert_good(page, f"{name}, {NARROW['width']} wide", locale)


def _months(site: Site) -> None:
    """A month of every outcome, as the page of the organisation counts them."""
    with opened(site.database_url) as rows:
        for what in ("arrived", *triage.OUTCOMES):
            rows.execute("INSERT INTO month_count (team_id, month, what, number) VALUES (1, '2026-10', ?, 12)", (what,))


def test_every_admin_page_is_good(site: Site, context: BrowserContext, locale: str) -> None:
    desk = Coordinator(context.new_page(), inbox_says(locale), site.coordinator("council"))
    _months(site)

    def good(name: str) -> None:
        _look(desk.page, name, locale)

    for path in STRANGERS:
        desk.page.goto(f"{site.inbox_origin}{path}?language={locale}")
        good(path)
    desk.sign_in(site.inbox_origin, locale)
    for path in MEMBERS:
        desk.page.goto(f"{site.inbox_origin}{path}")
        good(path)
    # What is shown once, and what a wrong answer looks like.
    desk.page.goto(f"{site.inbox_origin}/teams/1/people/invite")
    desk.page.locator("#display_name").fill("Coordinator, north")
    desk.page.locator('input[name="roles"][value="coordinator"]').uncheck()
    desk.button("Make the link").click()
    expect(desk.page.locator("#roles-error")).to_be_visible()
    good("an invitation refused: no role")
    desk.page.locator('input[name="roles"][value="coordinator"]').check()
    desk.button("Make the link").click()
    expect(desk.page.locator("#link")).to_be_visible()
    good("a link, shown once")
    desk.invite_phones(site.inbox_origin, 5, [2, 3])
    good("an invitation for phones, shown once")
    desk.page.goto(f"{site.inbox_origin}/teams/1/settings")
    desk.page.locator("#urgent_number").fill("12")
    desk.page.locator("form.panel button.main, form button.main").last.click()
    expect(desk.page.locator("#urgent_number-error")).to_be_visible()
    good("settings refused")
    desk.page.goto(f"{site.inbox_origin}/account/recovery-codes")
    desk.button("Make ten new codes").click()
    expect(desk.page.locator("ol.codes")).to_be_visible()
    good("recovery codes, shown once")


def test_every_step_of_a_welcome_is_good(empty_site: EmptySite, context: BrowserContext, locale: str) -> None:
    link = empty_site.set_up()
    empty_site.start()
    newcomer = Newcomer(context.new_page(), inbox_says(locale))
    page = newcomer.page

    def good(name: str, *shown: str) -> None:
        for one in shown:
            expect(page.locator(one)).to_be_visible()
        _look(page, f"welcome: {name}", locale)

    newcomer.open(link, locale)
    good("the organisation", "#organisation_name", "#kind")
    newcomer.found("Forth Council", "GB-SCT.council", "Forth social work", "12")
    good("the organisation, refused", "#urgent_number-error")
    newcomer.name_team("Forth social work", "0131 496 0101")
    good("the name", "#name", "#role")
    newcomer.name_self("two words", "Coordinator, Forth")
    good("the name, refused", "#name-error")
    newcomer.name_self("first-desk", "Coordinator, Forth")
    good("how to sign in", "#password_new", "figure.qr", "[data-passkey-button]")
    page.locator("#password_new").fill("harbour lantern seven tides")
    page.locator("#code").fill("000000")
    page.locator("#code").press("Enter")
    good("how to sign in, refused", "#code-error")
    newcomer.with_password("harbour lantern seven tides")
    good("the codes", "ol.codes", "[data-copy]")
    newcomer.open(link, locale)
    expect(newcomer.heading("This link was used already")).to_be_visible()
    good("a link that was used")
