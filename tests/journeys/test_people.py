"""A colleague comes, loses a phone, comes back, and leaves: by links that only they read."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import DESK, PHONE, spoken
from tests.journeys.coordinator import Coordinator
from tests.journeys.keyboard import Keyboard
from tests.journeys.newcomer import Newcomer
from tests.journeys.passkeys import VirtualAuthenticator
from tests.journeys.site import Site
from tests.journeys.words import Say, inbox_says, phone_says
from tests.journeys.worker import Worker

pytestmark = pytest.mark.journey

ROLE = "Coordinator, second desk"
PASSWORD = "harbour lantern seven tides"


def _invite(lead: Coordinator, origin: str) -> str:
    lead.page.goto(f"{origin}/team")
    lead.page.get_by_role("link", name=lead.say("Invite somebody"), exact=True).click()
    lead.page.locator("#display_name").fill(ROLE)
    lead.page.locator('input[name="roles"][value="coordinator"]').check()
    lead.button("Make the link").click()
    return lead.page.locator("#link").input_value()


def _member(browser: Browser, link: str, locale: str) -> tuple[BrowserContext, Coordinator, list[str]]:
    context = browser.new_context(viewport=DESK, locale=spoken(locale))
    newcomer = Newcomer(context.new_page(), inbox_says(locale))
    newcomer.open(link, locale)
    newcomer.name_self("second-desk")
    secret, codes = newcomer.with_password(PASSWORD)
    newcomer.go_on()
    account = {"sign_in_name": "second-desk", "password": PASSWORD, "totp_secret": secret}
    return context, Coordinator(newcomer.page, newcomer.say, account), codes


def test_a_colleague_is_invited_signs_in_loses_the_phone_and_leaves(
    site: Site, browser: Browser, lead: Coordinator, locale: str
) -> None:
    say = inbox_says(locale)
    reference = _a_referral(site, browser, locale)
    context, desk, codes = _member(browser, _invite(lead, site.inbox_origin), locale)

    # In by the link; out; in by password and code; each code of the app works once.
    desk.button("Sign out").click()
    desk.sign_in(site.inbox_origin, locale)
    desk.open(reference)
    desk.claim()
    desk.button("Sign out").click()

    # The phone with the code app is lost: a recovery code opens, once.
    _recover(desk.page, say, site.inbox_origin, locale, codes[0])
    expect(desk.page.get_by_text(say("You are in, with a recovery code."))).to_be_visible()
    expect(desk.page.get_by_text(say("%(left)s of 10 left.", left=9))).to_be_visible()
    desk.button("Sign out").click()
    _recover(desk.page, say, site.inbox_origin, locale, codes[0])
    expect(desk.page.get_by_text(say("That did not work."))).to_be_visible()
    _recover(desk.page, say, site.inbox_origin, locale, codes[1])
    # In their own account they add a passkey, and sign in with it from then on.
    device = VirtualAuthenticator(desk.page)
    desk.page.get_by_role("link", name=say("Add a passkey"), exact=True).click()
    desk.button("Make a passkey").click()
    expect(desk.page.get_by_text(say("The passkey was added."))).to_be_visible()
    assert len(device.credentials()) == 1
    desk.button("Sign out").click()
    desk.button("Sign in with a passkey").click()
    expect(desk.rows).to_have_count(1)

    # They leave: one action of the lead ends it, also in the window that is open.
    lead.page.goto(f"{site.inbox_origin}/team")
    lead.page.get_by_role("link", name=ROLE).click()
    lead.page.get_by_role("link", name=say("They leave the team"), exact=True).click()
    lead.page.locator("#hand_to").select_option(label="Coordinator, Clyde Valley Council")
    lead.button("End the account").click()
    expect(lead.heading("The account is ended")).to_be_visible()
    expect(lead.heading("Next: the team’s key", level=2)).to_be_visible()
    desk.page.goto(site.inbox_origin)
    expect(desk.page).to_have_url(f"{site.inbox_origin}/sign-in")
    desk.button("Sign in with a passkey").click()
    expect(desk.page.get_by_text(say("That passkey was not accepted."))).to_be_visible()
    lead.page.goto(f"{site.inbox_origin}/?show=mine")
    expect(lead.rows.filter(has_text=reference)).to_have_count(1)
    context.close()


def test_what_was_typed_outlives_the_sign_in(site: Site, browser: Browser, lead: Coordinator, locale: str) -> None:
    lead.page.goto(f"{site.inbox_origin}/teams/1/people/invite")
    lead.page.locator("#display_name").fill("Coordinator, night desk")
    lead.page.locator('input[name="roles"][value="coordinator"]').check()
    # Another window of the same browser signs out meanwhile.
    other = lead.page.context.new_page()
    other.goto(site.inbox_origin)
    other.get_by_role("button", name=lead.say("Sign out"), exact=True).click()
    lead.button("Make the link").click()
    expect(lead.page.get_by_text(lead.say("You are signed out. What you typed is kept."))).to_be_visible()
    lead.fill_sign_in()
    expect(lead.heading("You were about to send this")).to_be_visible()
    expect(lead.page.get_by_text("Coordinator, night desk")).to_be_visible()
    lead.button("Send it now").click()
    expect(lead.page.locator("#link")).to_have_value(re.compile("/welcome#"))


def test_a_colleague_is_invited_with_the_keyboard_alone(site: Site, lead: Coordinator, locale: str) -> None:
    keys = Keyboard(lead.page)
    lead.page.goto(site.inbox_origin)
    keys.enter(lead.page.locator("nav.team").get_by_role("link", name=lead.say("Team"), exact=True))
    keys.enter(lead.page.get_by_role("link", name=lead.say("Invite somebody"), exact=True))
    keys.type_into(lead.page.locator("#display_name"), "Coordinator, keys only")
    keys.toggle(lead.page.locator('input[name="roles"][value="lead"]'))
    keys.enter(lead.button("Make the link"))
    expect(lead.page.locator("#link")).to_be_visible()
    keys.enter(lead.page.get_by_role("link", name=lead.say("To the team"), exact=True))
    expect(lead.page.get_by_text("Coordinator, keys only")).to_be_visible()
    keys.enter(lead.button("Sign out"))
    expect(lead.heading("Sign in")).to_be_visible()


def _recover(page: Page, say: Say, origin: str, locale: str, code: str) -> None:
    page.goto(f"{origin}/sign-in/recovery?language={locale}")
    page.locator("#name").fill("second-desk")
    page.locator("#password").fill(PASSWORD)
    page.locator("#code").fill(code)
    page.get_by_role("button", name=say("Sign in"), exact=True).click()


def _a_referral(site: Site, browser: Browser, locale: str) -> str:
    context = browser.new_context(viewport=PHONE, locale=spoken(locale))
    worker = Worker(context.new_page(), phone_says(locale))
    worker.join(site.demo["invitation"])
    worker.first_look()
    reference = worker.write_and_send({"where": "by the mill", "reach_me": "ext. 12"}, "Clyde Valley social work")
    expect(worker.heading("Sent")).to_be_visible()
    context.close()
    return reference
