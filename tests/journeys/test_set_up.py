"""From nothing to a team that can be sent sealed notes: `heed setup`, one link, one passkey. No secret travels."""

import base64

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import DESK, spoken
from tests.journeys.coordinator import Coordinator
from tests.journeys.markers import Recorder, traces
from tests.journeys.newcomer import Newcomer
from tests.journeys.passkeys import VirtualAuthenticator
from tests.journeys.sealed_secrets import secrets_of
from tests.journeys.site import EmptySite
from tests.journeys.words import Say, inbox_says

pytestmark = pytest.mark.journey

NAME = "first-desk"


def test_set_up_with_a_passkey_and_no_secret_on_the_way(empty_site: EmptySite, browser: Browser, locale: str) -> None:
    link = empty_site.set_up()
    empty_site.start()
    say = inbox_says(locale)
    context = browser.new_context(viewport=DESK, locale=spoken(locale))
    recorder = Recorder(context)
    page = context.new_page()
    device = VirtualAuthenticator(page)

    newcomer = Newcomer(page, say)
    newcomer.open(link, locale)
    newcomer.found("Forth Council", "GB-SCT.council", "Forth social work", "0131 496 0101")
    newcomer.name_self(NAME, "Coordinator, Forth")
    codes = newcomer.with_passkey()
    assert len(set(codes)) == 10
    newcomer.go_on()
    expect(page).to_have_url(f"{empty_site.inbox_origin}/keys")
    desk = Coordinator(page, say, {"sign_in_name": NAME})
    words = desk.make_first_keys(empty_site.inbox_origin)

    desk.button("Sign out").click()
    _sign_in_with_passkey(page, say, f"{empty_site.inbox_origin}/sign-in?language={locale}")
    expect(page.locator(".empty")).to_be_visible()

    secrets = secrets_of(empty_site, NAME, words)
    # The device's own key as well: it never leaves the device.
    secrets += [base64.b64decode(one["privateKey"]) for one in device.credentials()]
    assert len(secrets) == 7
    posts = [name for name in recorder.requests if " POST " in name]
    assert len(posts) > 6, "the recorder saw too little: this test would prove nothing"
    assert traces(secrets, recorder.requests) == []
    assert traces(secrets, empty_site.kept()) == []
    # No extension's result is sent along with an answer: one day it would hold what unlocks the keys.
    assert traces(["clientExtensionResults"], recorder.requests) == []
    # The same search finds what is planted, in each spelling.
    for secret in secrets:
        raw = secret.encode() if isinstance(secret, str) else secret
        for planted in (raw, raw.hex().encode(), base64.b64encode(raw), base64.urlsafe_b64encode(b"ab" + raw)):
            assert traces([secret], {"planted": b"to=/&kept=" + planted + b"&x"})
    # The link is good once.
    page.goto("about:blank")
    context.clear_cookies()
    newcomer.open(link, locale)
    expect(newcomer.heading("This link was used already")).to_be_visible()
    context.close()


def test_a_device_that_does_not_know_its_holder_opens_nothing(
    empty_site: EmptySite, browser: Browser, locale: str
) -> None:
    link = empty_site.set_up()
    empty_site.start()
    say = inbox_says(locale)
    context = browser.new_context(viewport=DESK, locale=spoken(locale))
    page = context.new_page()
    device = VirtualAuthenticator(page)
    newcomer = Newcomer(page, say)
    newcomer.open(link, locale)
    newcomer.found("Forth Council", "GB-SCT.council", "Forth social work", "0131 496 0101")
    newcomer.name_self(NAME, "Coordinator, Forth")
    newcomer.with_passkey()
    context.clear_cookies()
    device.refuse()
    _sign_in_with_passkey(page, say, f"{empty_site.inbox_origin}/sign-in?language={locale}")
    said = say("Nothing happened: it was cancelled, or it took too long. Try again when you are ready.")
    expect(page.get_by_text(said)).to_be_visible()
    expect(page).to_have_url(f"{empty_site.inbox_origin}/sign-in?language={locale}")
    context.close()


def _sign_in_with_passkey(page: Page, say: Say, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name=say("Sign in with a passkey"), exact=True).click()
