"""Every view of the Keys page, in both languages and lights, narrow and wide; and six words that a camera reads."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, expect

from tests.browser import ARGUMENTS
from tests.journeys.camera import seeing
from tests.journeys.conftest import DESK, spoken
from tests.journeys.coordinator import Coordinator
from tests.journeys.keyholder import Keyholder
from tests.journeys.keys_team import ROLE, joined, unlocked, wraps
from tests.journeys.looking import assert_good, sticks_out
from tests.journeys.site import Site
from tests.journeys.words import inbox_says

pytestmark = [pytest.mark.journey, pytest.mark.every_language]

NARROW = {"width": 320, "height": 640}


@pytest.fixture(params=["light", "dark"])
def context(request: pytest.FixtureRequest, browser: Browser, locale: str) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport=DESK, color_scheme=request.param, locale=spoken(locale))
    yield made
    made.close()


def test_every_view_is_good(site: Site, browser: Browser, context: BrowserContext, locale: str) -> None:
    page = context.new_page()
    keys = Keyholder(page, inbox_says(locale))

    def good(name: str) -> None:
        assert sticks_out(page) <= 0, f"{name} is too wide at {DESK['width']}"
        page.set_viewport_size(NARROW)
        assert_good(page, f"keys: {name}", locale)
        page.set_viewport_size(DESK)

    charity = Coordinator(page, keys.say, site.coordinator("charity"))
    charity.sign_in(site.inbox_origin, locale)
    keys.open(site.inbox_origin)
    good("first keys")
    keys.button("Make our keys").click()
    expect(page.locator("[data-words-list] li")).to_have_count(7, timeout=90_000)
    good("seven words")
    words = page.locator("[data-words-list] li").all_inner_texts()
    keys.button("I have written them down").click()
    keys.button("Go on").click()
    good("two of them")
    for number, check in zip(
        page.locator("[data-check-number]").all_inner_texts(), page.locator("[data-check]").all(), strict=True
    ):
        check.fill(words[int(number) - 1])
    keys.button("Go on").click()
    good("the sheet")
    keys.keep_sheet()
    keys.expect_notice("Your team has keys now.")
    good("the list")
    keys.compare("Clyde Valley social work")
    good("two teams compare")
    keys.button("Not the same").click()
    good("not the same")
    keys.button("Back").click()
    keys.button("Check the sheet").click()
    keys.give_sheet("not a key")
    good("the key of the sheet")
    keys.button("Back").click()
    keys.button("Make a new sheet").click()
    good("words once more")
    keys.button("Back").click()
    charity.button("Sign out").click()

    council = Coordinator(page, keys.say, site.coordinator("council"))
    council.sign_in(site.inbox_origin, locale)
    keys.open(site.inbox_origin)
    page.locator("details.more > summary:visible").first.click()
    good("locked")
    keys.button("Nobody has words or sheet").click()
    good("giving a key up")
    first = unlocked(site, council)
    second = joined(site, browser, locale, first)
    second.keys.make_own_key()
    assert_good(second.desk.page, "keys: waiting", locale)
    second.context.close()
    page.reload()
    keys.compare(ROLE)
    good("two colleagues compare")


def test_a_camera_compares_six_words(
    site: Site,
    automation: Playwright,
    executable: str,
    browser: Browser,
    lead: Coordinator,
    tmp_path: Path,
    locale: str,
) -> None:
    second = joined(site, browser, locale, unlocked(site, lead))
    second.keys.make_own_key()
    shown = "heed-words " + " ".join(second.keys.six("own"))
    for name, text in (("another", shown + "s"), ("theirs", shown)):
        running = automation.chromium.launch(
            executable_path=executable, args=[*ARGUMENTS, *seeing(text, tmp_path / f"{name}.y4m")]
        )
        context = running.new_context(viewport=DESK, locale=spoken(locale), permissions=["camera"])
        desk = Coordinator(context.new_page(), lead.say, lead.account)
        desk.sign_in(site.inbox_origin, locale)
        with_camera = unlocked(site, desk)
        with_camera.keys.compare(ROLE)
        with_camera.keys.button("Scan their screen").click()
        if name == "another":
            with_camera.keys.expect_heading("The words are not the same")
            assert wraps(site) == {"council"}
        else:
            with_camera.keys.confirm(lead.account["passphrase"])
            with_camera.keys.expect_notice("can open notes now.")
            assert wraps(site) == {"council", "second-desk"}
        expect(desk.page.locator("video:visible")).to_have_count(0)
        running.close()
    second.context.close()
